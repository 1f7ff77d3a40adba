import { afterEach, describe, expect, it } from 'vitest';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/credentials.js';
import { type Answer, codeOf, send, signed, unsigned } from './call.js';
import { REGION, Region } from './region.js';

const LIST = 'image/local-repositories';
const { iamUser, iamPassword, iamDomain, authToken } = SANDBOX_CREDENTIALS;

let region: Region;
afterEach(() => region.close());

interface Login {
  readonly user?: string;
  readonly password?: string;
  readonly domain?: string;
  readonly methods?: unknown;
  readonly scope?: unknown;
}

function logIn({ user = iamUser, password = iamPassword, domain = iamDomain, ...rest }: Login = {}): Promise<Answer> {
  const { methods = ['password'], scope = { project: { name: REGION } } } = rest;
  const identity = { methods, password: { user: { name: user, password, domain: { name: domain } } } };
  const data = { auth: { identity, scope } };
  return send(unsigned(region.sandbox.iamEndpoint, { method: 'POST', path: '/v3/auth/tokens', data }));
}

async function issued(login?: Login): Promise<string> {
  return String((await logIn(login)).headers['x-subject-token']);
}

function list(token: string): Promise<Answer> {
  return send(unsigned(region.origin, { path: region.path(LIST), headers: { 'X-Auth-Token': token } }));
}

describe('a token', () => {
  it('that is fixed is good for every region, and for ever', async () => {
    region = await Region.start();
    region.clock.ms += 365 * 86_400_000;
    expect((await list(authToken)).status).toBe(200);
    const path = `/v5/${region.sandbox.projectId('eu-west-101')}/${LIST}`;
    const elsewhere = unsigned(region.sandbox.hssEndpoint('eu-west-101'), {
      path,
      headers: { 'X-Auth-Token': authToken },
    });
    expect((await send(elsewhere)).status).toBe(200);
  });

  it('issued by IAM is good until it expires', async () => {
    region = await Region.start({ tokenSeconds: 600 });
    const token = await issued();
    region.clock.ms += 600_000 - 1;
    expect((await list(token)).status).toBe(200);
    region.clock.ms += 1;
    expect(codeOf(await list(token))).toBe('401 APIGW.0307');
  });

  it('stays good when a newer one is issued', async () => {
    region = await Region.start();
    const older = await issued();
    expect(await issued()).not.toBe(older);
    expect((await list(older)).status).toBe(200);
  });

  it.each([
    { what: 'of the project of another region', scope: { project: { name: 'eu-west-101' } } },
    { what: 'of no project', scope: { domain: { name: iamDomain } } },
  ])('$what is refused by HSS', async ({ scope }) => {
    region = await Region.start();
    expect(codeOf(await list(await issued({ scope })))).toBe('401 APIGW.0307');
  });

  it('that nobody issued is refused', async () => {
    region = await Region.start();
    expect(codeOf(await list('nonsense'))).toBe('401 APIGW.0301');
    expect((await list('nonsense')).text).toContain('decrypt token fail');
  });

  it('does not help a request with a wrong signature', async () => {
    region = await Region.start();
    const call = { path: region.path(LIST), headers: { 'X-Auth-Token': authToken } };
    expect(codeOf(await send(signed(region.origin, call, { clock: region.clock, sk: 'WRONG' })))).toBe(
      '401 APIGW.0301',
    );
  });
});

describe('KeystoneCreateUserTokenByPassword', () => {
  it.each([
    { by: 'name', scope: () => ({ project: { name: REGION } }) },
    { by: 'id', scope: () => ({ project: { id: region.sandbox.projectId(REGION) } }) },
  ])('answers 201 with the token in a header, scoped by $by', async ({ scope }) => {
    region = await Region.start({ tokenSeconds: 3600 });
    const answer = await logIn({ scope: scope() });
    expect(answer).toMatchObject({
      status: 201,
      headers: { 'x-iam-trace-id': expect.stringMatching(/^[0-9a-f]{32}$/) },
      body: {
        token: {
          methods: ['password'],
          issued_at: '2026-12-01T00:00:00.000Z',
          expires_at: '2026-12-01T01:00:00.000Z',
          project: { id: region.sandbox.projectId(REGION), name: REGION },
          user: { name: iamUser, domain: { name: iamDomain } },
        },
      },
    });
    const token = String(answer.headers['x-subject-token']);
    expect(token.length).toBeGreaterThan(1000);
    expect(answer.text).not.toContain(token);
    expect((await list(token)).status).toBe(200);
  });

  it.each([{ user: 'nobody' }, { password: 'wrong' }, { domain: 'another' }])('refuses %o', async (login) => {
    region = await Region.start();
    const answer = await logIn(login);
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 401, title: 'Unauthorized' } } });
    expect(answer.headers['x-subject-token']).toBeUndefined();
  });

  it.each([
    { scope: { project: { name: 'nowhere' } } },
    { scope: { project: { id: '0'.repeat(32) } } },
    { scope: { project: {} } },
    { methods: ['token'] },
    { methods: 'password' },
  ])('answers 400 to %o', async (login) => {
    region = await Region.start();
    expect(await logIn(login)).toMatchObject({ status: 400, body: { error: { code: 400, title: 'Bad Request' } } });
  });

  it('answers 400 to a body that is not JSON', async () => {
    region = await Region.start();
    const message = unsigned(region.sandbox.iamEndpoint, { method: 'POST', path: '/v3/auth/tokens' });
    expect((await send({ ...message, body: 'user=x' })).status).toBe(400);
  });
});

describe('KeystoneListProjects', () => {
  const projects = (query: Record<string, string> = {}) =>
    send(signed(region.sandbox.iamEndpoint, { path: '/v3/projects', query }, { clock: region.clock }));
  const namesIn = ({ body }: Answer) => (body as { projects: { name: string }[] }).projects.map(({ name }) => name);

  it('finds a project by its exact name, and no sub-project', async () => {
    region = await Region.start();
    const answer = await projects({ name: REGION });
    expect(answer).toMatchObject({
      status: 200,
      body: { projects: [{ id: region.sandbox.projectId(REGION), name: REGION, enabled: true, is_domain: false }] },
    });
    expect(namesIn(answer)).toEqual([REGION]);
    expect(namesIn(await projects({ name: 'cn-north' }))).toEqual([]);
    expect(namesIn(await projects({ name: `${REGION}_team` }))).toEqual([`${REGION}_team`]);
  });

  it('lists every project without a name', async () => {
    region = await Region.start();
    expect(namesIn(await projects())).toEqual([REGION, `${REGION}_team`, 'eu-west-101', 'eu-west-101_team']);
  });

  it('wants authentication, which may be a token of any scope', async () => {
    region = await Region.start();
    const message = unsigned(region.sandbox.iamEndpoint, { path: '/v3/projects' });
    expect(codeOf(await send(message))).toBe('401 APIGW.0301');
    const token = await issued({ scope: { domain: { name: iamDomain } } });
    expect((await send({ ...message, headers: { 'X-Auth-Token': token } })).status).toBe(200);
  });

  it('knows no other call', async () => {
    region = await Region.start();
    expect(codeOf(await send(unsigned(region.sandbox.iamEndpoint, { path: '/v3/users' })))).toBe('404 APIGW.0101');
  });
});
