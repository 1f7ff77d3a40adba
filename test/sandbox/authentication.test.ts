import { afterEach, describe, expect, it } from 'vitest';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/credentials.js';
import { type Answer, type Call, Clock, codeOf, send, signed, unsigned } from './call.js';
import { REGION, Region } from './region.js';

const MINUTE = 60_000;
const SCAN = 'image/local/batch-scan';
const LIST = 'image/local-repositories';

let region: Region;
afterEach(() => region.close());

const messageOf = ({ body }: Answer) => (body as { error_msg: string }).error_msg;

/** A signed list call; `at` is the clock of the signer. */
function list(options: Parameters<typeof signed>[2] = {}, more: Partial<Call> = {}) {
  return signed(region.origin, { path: region.path(LIST), ...more }, { clock: region.clock, ...options });
}

function clockOff(ms: number): Clock {
  const clock = new Clock();
  clock.ms = region.clock.ms + ms;
  return clock;
}

describe('a signed request', () => {
  it.each([
    { what: 'without query', query: {} },
    { what: 'with a query of odd characters', query: { image_name: "a b/c:d~e*!'()|é报%+&=", scan_status: '' } },
    { what: 'with booleans and numbers', query: { has_vul: true, limit: 200, offset: 0 } },
  ])('of the official signer is accepted: $what', async ({ query }) => {
    region = await Region.start();
    expect((await send(list({}, { query }))).status).toBe(200);
  });

  it('of the official signer is accepted with a body and every header that SDKs sign', async () => {
    region = await Region.start();
    const headers = { region: REGION, 'X-Project-Id': region.sandbox.projectId(REGION), 'User-Agent': 'some/1.0' };
    const call = { method: 'POST', path: region.path(SCAN), headers, data: { operate_all: false, image_name: '报' } };
    const answer = await send(signed(region.origin, call, { clock: region.clock }));
    expect(answer).toMatchObject({ status: 200, text: '' });
  });

  it('of the official signer is accepted at the real time', async () => {
    region = await Region.start({ now: Date.now });
    expect((await send(signed(region.origin, { path: region.path(LIST) }))).status).toBe(200);
  });

  it('with a wrong SK is refused with an echo of the canonical request', async () => {
    region = await Region.start();
    const answer = await send(list({ sk: 'WRONG' }, { query: { limit: 10 } }));
    expect(codeOf(answer)).toBe('401 APIGW.0301');
    expect(messageOf(answer)).toContain(`canonicalRequest: GET|${region.path(LIST)}/|limit=10|content-type:`);
    expect(answer.text).not.toContain('\\n');
    expect((answer.body as { request_id: string }).request_id).toBe(answer.headers['x-request-id']);
  });

  it('with an unknown AK is refused without an echo', async () => {
    region = await Region.start();
    const answer = await send(list({ ak: 'NOBODY' }));
    expect(codeOf(answer)).toBe('401 APIGW.0301');
    expect(messageOf(answer)).toContain('ak NOBODY not exist');
    expect(messageOf(answer)).not.toContain('canonicalRequest');
  });

  it.each([16, -16])('signed %d minutes off is refused as expired', async (minutes) => {
    region = await Region.start();
    const answer = await send(list({ clock: clockOff(minutes * MINUTE) }));
    expect(codeOf(answer)).toBe('401 APIGW.0301');
    expect(messageOf(answer)).toContain('signature expired');
  });

  it.each([15, -15])('signed %d minutes off is still accepted', async (minutes) => {
    region = await Region.start();
    expect((await send(list({ clock: clockOff(minutes * MINUTE) }))).status).toBe(200);
  });

  it.each(['host', 'x-sdk-date'])('that does not sign %s is refused', async (name) => {
    region = await Region.start();
    const message = list();
    const authorization = message.headers.Authorization ?? '';
    const without = authorization.replace(new RegExp(`(;${name}|${name};)`), '');
    expect(without).not.toBe(authorization);
    const answer = await send({ ...message, headers: { ...message.headers, Authorization: without } });
    expect(codeOf(answer)).toBe('401 APIGW.0301');
    expect(messageOf(answer)).toContain(`${name} must be signed`);
  });

  it('whose body, query, path or signed header was altered on its way is refused', async () => {
    region = await Region.start();
    const call = { method: 'POST', path: region.path(SCAN), headers: { region: REGION }, data: { operate_all: false } };
    const good = signed(region.origin, call, { clock: region.clock });
    const altered = [
      { ...good, body: '{"operate_all":true}' },
      { ...good, url: `${good.url}?enterprise_project_id=all_granted_eps` },
      { ...good, method: 'GET', url: region.origin + region.path(LIST), body: '' },
      { ...good, headers: { ...good.headers, region: 'eu-west-101' } },
    ];
    for (const message of altered) {
      const answer = await send(message);
      expect(codeOf(answer)).toBe('401 APIGW.0301');
      expect(messageOf(answer)).toContain('canonicalRequest: ');
    }
    expect(region.sandbox.carriedOut('BatchScanLocalImage')).toBe(0);
    expect((await send(good)).status).toBe(200);
  });

  it('with a malformed Authorization header or date is refused', async () => {
    region = await Region.start();
    const message = list();
    const malformed = { ...message, headers: { ...message.headers, Authorization: 'Basic eHl6' } };
    expect(messageOf(await send(malformed))).toContain('malformed');
    const undated = { ...message, headers: { ...message.headers, 'X-Sdk-Date': 'today' } };
    expect(messageOf(await send(undated))).toContain('x-sdk-date is malformed');
  });

  it('is judged before its parameters, and after its path', async () => {
    region = await Region.start();
    expect(codeOf(await send(list({ sk: 'WRONG' }, { query: { limit: 1 } })))).toBe('401 APIGW.0301');
    expect(codeOf(await send(unsigned(region.origin, { path: region.path('image/nothing') })))).toBe('404 APIGW.0101');
    expect(codeOf(await send(unsigned(region.origin, { path: region.path(LIST) })))).toBe('401 APIGW.0301');
  });

  it('for a project of another region is refused', async () => {
    region = await Region.start();
    const path = `/v5/${region.sandbox.projectId('eu-west-101')}/${LIST}`;
    expect(codeOf(await send(list({}, { path })))).toBe('403 APIGW.0310');
    const headers = { 'X-Project-Id': region.sandbox.projectId('eu-west-101') };
    expect(codeOf(await send(list({}, { headers })))).toBe('403 APIGW.0310');
  });
});

describe('the lock of an access key', () => {
  const fail = () => send(list({ sk: 'WRONG' }));

  it('closes after five failures in a row and opens after five minutes', async () => {
    region = await Region.start();
    for (let failure = 1; failure <= 5; failure += 1) expect(messageOf(await fail())).toContain('canonicalRequest');
    const locked = await send(list());
    expect(codeOf(locked)).toBe('401 APIGW.0301');
    expect(messageOf(locked)).toContain('reach the limit, forbidden');
    region.clock.ms += 5 * MINUTE - 1;
    expect((await send(list())).status).toBe(401);
    region.clock.ms += 1;
    expect((await send(list())).status).toBe(200);
  });

  it('stays open when a good request comes in between', async () => {
    region = await Region.start();
    for (let failure = 1; failure <= 4; failure += 1) await fail();
    expect((await send(list())).status).toBe(200);
    for (let failure = 1; failure <= 4; failure += 1) await fail();
    expect((await send(list())).status).toBe(200);
  });

  it('counts over all listeners, and not the failures of unknown keys', async () => {
    region = await Region.start();
    for (let failure = 1; failure <= 9; failure += 1) await send(list({ ak: 'NOBODY' }));
    for (let failure = 1; failure <= 4; failure += 1) await fail();
    const projects = { path: '/v3/projects' };
    await send(signed(region.sandbox.iamEndpoint, projects, { sk: 'WRONG', clock: region.clock }));
    expect(messageOf(await send(list()))).toContain('reach the limit');
  });
});

describe('a temporary key', () => {
  const start = (securityToken: string) => Region.start({ credentials: { ...SANDBOX_CREDENTIALS, securityToken } });
  const withToken = (token: string) => list({}, { headers: { 'X-Security-Token': token } });

  it('works with its security token only', async () => {
    region = await start('the-token');
    expect((await send(withToken('the-token'))).status).toBe(200);
    expect(codeOf(await send(list()))).toBe('401 APIGW.0301');
    expect(codeOf(await send(withToken('another')))).toBe('401 APIGW.0301');
  });

  it('must sign its security token', async () => {
    region = await start('the-token');
    const message = list();
    const answer = await send({ ...message, headers: { ...message.headers, 'X-Security-Token': 'the-token' } });
    expect(messageOf(answer)).toContain('x-security-token must be signed');
  });

  it('shows its security token in the echo of a mismatch', async () => {
    region = await start('the-token');
    const answer = await send(list({ sk: 'WRONG' }, { headers: { 'X-Security-Token': 'the-token' } }));
    expect(messageOf(answer)).toContain('|x-security-token:the-token|');
  });

  it('leaves no token behind for a permanent key', async () => {
    region = await Region.start();
    expect(codeOf(await send(withToken('left-over')))).toBe('401 APIGW.0301');
  });
});

describe('the listeners', () => {
  it('are of one region each', async () => {
    region = await Region.start();
    const { sandbox } = region;
    expect(sandbox.projectId('eu-west-101')).not.toBe(sandbox.projectId(REGION));
    expect(() => sandbox.hssEndpoint('nowhere')).toThrow(RangeError);
  });
});
