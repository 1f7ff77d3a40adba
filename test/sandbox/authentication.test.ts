import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '../../src/sandbox/request.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { canonicalRequest, signatureOf } from '../../src/sandbox/signature.js';
import { type Call, callSandbox } from '../support/sandbox-client.js';

const LIST = { path: 'image/local-repositories' };
const MINUTE = 60_000;

let sandbox: Sandbox;
let now: number;
beforeEach(async () => {
  now = Date.now();
  sandbox = await Sandbox.start({ now: () => now, tokenSeconds: 3600 });
});
afterEach(() => sandbox.close());

const call = (over: Partial<Call> = {}) => callSandbox(sandbox, { ...LIST, at: now, ...over });
const withToken = (token: string, over: Partial<Call> = {}) =>
  call({
    ...over,
    tamper: (sent) => {
      sent.headers = { region: over.region ?? 'cn-north-4', 'X-Auth-Token': token };
    },
  });

describe('the signature that the sandbox computes by itself', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const PROJECT = '0123456789abcdef0123456789abcdef';
  const common = { 'content-type': 'application/json', 'x-project-id': PROJECT, 'x-sdk-date': '20260102T030405Z' };

  it('equals the documented test vectors', () => {
    const post: ReceivedRequest = {
      method: 'POST',
      target: `/v5/${PROJECT}/image/local/batch-scan?enterprise_project_id=all_granted_eps`,
      headers: { ...common, host: 'hss.cn-north-4.myhuaweicloud.com', region: 'cn-north-4' },
      body: Buffer.from('{"image_info_list":[{"image_name":"app/web","image_version":"1.0"}],"operate_all":false}'),
    };
    const posted = canonicalRequest(post, ['content-type', 'host', 'region', 'x-project-id', 'x-sdk-date']);
    expect(sha256(posted)).toBe('fbc4da784266abf99d382199f063c64a22092b0f1e3fc113c1b19cea1d3a1093');
    expect(signatureOf(posted, '20260102T030405Z', 'EXAMPLESK')).toBe(
      '89aa69bcb1f9f5b99ec1cd5ad200ac58c0f6142fc0338f078e011bf62a4ad107',
    );
    const get: ReceivedRequest = {
      method: 'GET',
      target: `/v5/${PROJECT}/image/local-repositories?limit=10&offset=0&image_name=a%20b%2Fc%3Ad~e*&scan_status=`,
      headers: { ...common, host: 'hss.eu-west-101.myhuaweicloud.eu', 'x-security-token': 'tok' },
      body: Buffer.alloc(0),
    };
    const got = canonicalRequest(get, ['content-type', 'host', 'x-project-id', 'x-sdk-date', 'x-security-token']);
    expect(signatureOf(got, '20260102T030405Z', 'EXAMPLESK')).toBe(
      '641636eb8b9ee75de592bc61fce1289d1c5908b1c5563df5e3b1d14cc88c7831',
    );
  });
});

describe('AK and SK', () => {
  it("accepts what the vendor's own signer signs", async () => {
    expect(await call({ query: { image_name: "a b/报表:*~'", limit: '10' } })).toMatchObject({
      status: 200,
      json: { total_num: 0 },
    });
    const scan = await call({
      method: 'POST',
      path: 'image/local/batch-scan',
      body: { operate_all: false, image_info_list: [] },
    });
    expect(scan).toMatchObject({ status: 200, text: '' });
  });

  it.each<[string, Partial<Call>, RegExp]>([
    ['a wrong SK', { sk: 'WRONG' }, /canonicalRequest: GET\|\/v5\//],
    ['an unknown AK', { ak: 'UNKNOWN' }, /ak UNKNOWN not exist/],
    [
      'another query',
      {
        query: { limit: '10' },
        tamper: (sent) => {
          sent.url = sent.url.replace('limit=10', 'limit=20');
        },
      },
      /signature/,
    ],
    [
      'another header',
      {
        tamper: (sent) => {
          sent.headers.region = 'cn-north-1';
        },
      },
      /signature/,
    ],
    [
      'another body',
      {
        method: 'POST',
        path: 'image/local/batch-scan',
        body: { operate_all: false },
        tamper: (sent) => {
          sent.body = '{"operate_all":true}';
        },
      },
      /signature/,
    ],
    [
      'no credentials',
      {
        tamper: (sent) => {
          delete sent.headers.Authorization;
        },
      },
      /x-auth-token not found/,
    ],
    [
      'an unsigned host',
      {
        tamper: (sent) => {
          sent.headers.Authorization = sent.headers.Authorization?.replace('host;', '') ?? '';
        },
      },
      /host must be signed/,
    ],
    ['a security token that the key does not have', { headers: { 'X-Security-Token': 'x' } }, /x-security-token/],
  ])('refuses %s with 401 APIGW.0301', async (_, over, message) => {
    const { status, json, headers } = await call(over);
    expect(status).toBe(401);
    expect(json).toMatchObject({
      error_code: 'APIGW.0301',
      error_msg: expect.stringMatching(message),
      request_id: headers.get('x-request-id'),
    });
    expect(sandbox.carriedOut('ListImageLocal')).toBe(0);
  });

  it.each([16, -16])('refuses a clock %i minutes off, and takes one of 14', async (minutes) => {
    expect((await call({ at: now + minutes * MINUTE })).json).toMatchObject({
      error_code: 'APIGW.0301',
      error_msg: expect.stringContaining('signature expired'),
    });
    expect((await call({ at: now + Math.sign(minutes) * 14 * MINUTE })).status).toBe(200);
  });

  it('locks the key for five minutes after five failures in a row', async () => {
    for (let index = 0; index < 5; index += 1) expect((await call({ sk: 'WRONG' })).status).toBe(401);
    expect((await call()).json.error_msg).toContain('reach the limit');
    now += 5 * MINUTE;
    expect((await call()).status).toBe(200);
    for (let index = 0; index < 4; index += 1) await call({ sk: 'WRONG' });
    expect((await call()).status).toBe(200);
    expect((await call({ sk: 'WRONG' })).status).toBe(401);
    expect((await call()).status).toBe(200);
  });

  it('wants the security token of a temporary key, signed', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ credentials: { ...sandbox.credentials, securityToken: 'EXAMPLESTS' } });
    const at = { at: Date.now() };
    expect((await call({ ...at, headers: { 'X-Security-Token': 'EXAMPLESTS' } })).status).toBe(200);
    expect((await call(at)).status).toBe(401);
    const unsigned = await call({
      ...at,
      tamper: (sent) => {
        sent.headers['X-Security-Token'] = 'EXAMPLESTS';
      },
    });
    expect(unsigned.json.error_msg).toContain('must be signed');
  });
});

describe('tokens', () => {
  const create = (over: { password?: string; scope?: object } = {}) =>
    call({
      origin: sandbox.iamEndpoint,
      path: '/v3/auth/tokens',
      method: 'POST',
      body: {
        auth: {
          identity: {
            methods: ['password'],
            password: {
              user: {
                name: 'EXAMPLEUSER',
                password: over.password ?? 'EXAMPLEPASSWORD',
                domain: { name: 'EXAMPLEDOMAIN' },
              },
            },
          },
          scope: over.scope ?? { project: { name: 'cn-north-4' } },
        },
      },
    });

  it('are issued for a password, with the project of the scope, and expire', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      token: { project: { id: sandbox.projectId('cn-north-4'), name: 'cn-north-4' }, methods: ['password'] },
    });
    const { token } = created.json as unknown as { token: { issued_at: string; expires_at: string } };
    expect(Date.parse(token.expires_at) - Date.parse(token.issued_at)).toBe(3_600_000);
    const value = created.headers.get('x-subject-token') ?? '';
    expect((await withToken(value)).status).toBe(200);
    expect((await withToken(value, { region: 'eu-west-101' })).json.error_code).toBe('APIGW.0307');
    now += 3_600_000;
    expect(await withToken(value)).toMatchObject({ status: 401, json: { error_code: 'APIGW.0307' } });
  });

  it('a ready token is taken, nonsense is not', async () => {
    expect((await withToken('EXAMPLETOKEN')).status).toBe(200);
    expect(await withToken('nonsense')).toMatchObject({ status: 401, json: { error_code: 'APIGW.0301' } });
  });

  it('are refused for a wrong password or scope, in the shape of Keystone', async () => {
    expect(await create({ password: 'x' })).toMatchObject({
      status: 401,
      json: { error: { code: 401, title: 'Unauthorized' } },
    });
    expect(await create({ scope: { project: { name: 'nowhere' } } })).toMatchObject({
      status: 400,
      json: { error: { code: 400 } },
    });
  });
});

describe('projects', () => {
  it('are found by the exact name of the region; a sub-project is not', async () => {
    const { json } = await call({ origin: sandbox.iamEndpoint, path: '/v3/projects', query: { name: 'cn-north-4' } });
    expect(json.projects).toMatchObject([
      { id: sandbox.projectId('cn-north-4'), name: 'cn-north-4', enabled: true, is_domain: false },
    ]);
    const all = await call({ origin: sandbox.iamEndpoint, path: '/v3/projects' });
    expect((all.json.projects as object[]).length).toBe(4);
  });

  it('of another region are not available', async () => {
    const path = `/v5/${sandbox.projectId('eu-west-101')}/image/local-repositories`;
    expect(await call({ path })).toMatchObject({ status: 403, json: { error_code: 'APIGW.0310' } });
    expect(await call({ headers: { 'X-Project-Id': 'other' } })).toMatchObject({ status: 403 });
  });

  it('an unknown path is 404 APIGW.0101', async () => {
    expect(await call({ path: 'image/nothing' })).toMatchObject({ status: 404, json: { error_code: 'APIGW.0101' } });
    expect(await call({ ...LIST, method: 'POST', body: {} })).toMatchObject({ status: 404 });
  });
});
