import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/faults.js';
import { HOME_IMAGES } from '../../src/sandbox/seed/images.js';
import { send, signed } from './call.js';
import { REGION, Region } from './region.js';

const LIST = 'image/local-repositories';
const SCAN = 'BatchScanLocalImage';

let region: Region;
beforeEach(async () => {
  region = await Region.start();
});
afterEach(() => region.close());

const scan = () => region.scan({ image_info_list: [{ image_id: HOME_IMAGES[0]?.image_id }] });
const list = () => region.get(LIST);

/** Whether the scan of the first image has really started. */
function hasStarted(): boolean {
  region.clock.ms += 2000;
  return region.sandbox.estate(REGION).states()[0]?.scan_status === 'scanning';
}

/** A list call that is given up once it has reached the sandbox. */
async function givenUp(): Promise<unknown> {
  const abort = new AbortController();
  const call = signed(region.origin, { path: region.path(LIST) }, { clock: region.clock });
  const outcome = send(call, abort.signal).catch((error: unknown) => error);
  while (region.sandbox.requests.length === 0) await sleep(1);
  abort.abort(new Error('given up'));
  return outcome;
}

describe('a fault', () => {
  it('respond: gives the answer it was told, and carries nothing out', async () => {
    const body = '{"error_code":"APIGW.0308","error_msg":"throttled"}';
    region.sandbox.inject({ kind: 'respond', status: 429, headers: { 'Retry-After': '1' }, body });
    expect(await scan()).toMatchObject({ status: 429, headers: { 'retry-after': '1' }, text: body });
    expect(region.sandbox.carriedOut(SCAN)).toBe(0);
    expect(hasStarted()).toBe(false);
    expect((await list()).status).toBe(200);
  });

  it('respond: may answer with nothing', async () => {
    region.sandbox.inject({ kind: 'respond', status: 503 });
    expect(await list()).toMatchObject({ status: 503, text: '' });
  });

  it.each([
    { kind: 'reset-before', carriedOut: false },
    { kind: 'reset-after', carriedOut: true },
  ] as const)('$kind: resets the connection', async ({ kind, carriedOut }) => {
    region.sandbox.inject({ kind });
    await expect(scan()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(region.sandbox.requests).toMatchObject([{ operation: SCAN, carriedOut }]);
    expect(region.sandbox.requests[0]?.status).toBeUndefined();
    expect(hasStarted()).toBe(carriedOut);
  });

  it.each([true, false])('hang: never answers, carried out: %s', async (carryOut) => {
    region.sandbox.inject({ kind: 'hang', carryOut });
    expect(await givenUp()).toMatchObject({ message: 'given up' });
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(carryOut ? 1 : 0);
    expect(region.sandbox.requests[0]?.status).toBeUndefined();
  });

  it('delay: carries out and answers later', async () => {
    region.sandbox.inject({ kind: 'delay', ms: 60_000 });
    await givenUp();
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(0);
    region.sandbox.inject({ kind: 'delay', ms: 1 });
    expect((await list()).status).toBe(200);
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(1);
  });

  it.each([
    { what: 'a body', call: list },
    { what: 'an empty answer', call: scan },
  ])('truncate: ends the connection in the middle of $what', async ({ call }) => {
    region.sandbox.inject({ kind: 'truncate' });
    await expect(call()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(region.sandbox.requests).toMatchObject([{ status: 200, carriedOut: true }]);
  });

  it('slow-body: sends the same answer byte by byte', async () => {
    const query = { image_name: 'no such image' };
    const quick = await region.get(LIST, query);
    region.sandbox.inject({ kind: 'slow-body', intervalMs: 1 });
    expect(await region.get(LIST, query)).toMatchObject({ status: 200, text: quick.text });
  });

  it('strikes only the operation it names, as often as it says', async () => {
    region.sandbox.inject({ kind: 'respond', status: 500, operation: SCAN, times: 2 });
    expect((await list()).status).toBe(200);
    expect((await scan()).status).toBe(500);
    expect((await scan()).status).toBe(500);
    expect((await scan()).status).toBe(200);
  });

  it('strikes only the request that holds its text, in the target or in the body', async () => {
    region.sandbox.inject({ kind: 'respond', status: 500, holding: 'mark-1' });
    region.sandbox.inject({ kind: 'respond', status: 502, holding: 'mark-2' });
    expect((await list()).status).toBe(200);
    expect((await region.get(LIST, { image_name: 'mark-2' })).status).toBe(502);
    expect((await region.scan({ image_info_list: [{ image_name: 'mark-1' }] })).status).toBe(500);
  });

  it('may strike for ever, and in any region', async () => {
    region.sandbox.inject({ kind: 'respond', status: 500, times: Number.POSITIVE_INFINITY });
    for (let call = 0; call < 3; call += 1) expect((await list()).status).toBe(500);
    expect((await send(signed(region.sandbox.iamEndpoint, { path: '/v3/projects' }))).status).toBe(500);
  });

  it('waits until the older one is used up', async () => {
    const answers: FaultKind[] = [
      { kind: 'respond', status: 500 },
      { kind: 'respond', status: 502 },
    ];
    for (const fault of answers) region.sandbox.inject(fault);
    expect((await list()).status).toBe(500);
    expect((await list()).status).toBe(502);
    expect((await list()).status).toBe(200);
  });
});

describe('the record', () => {
  it('keeps what came and what became of it', async () => {
    await region.get(LIST, { image_name: 'a b' });
    await region.get('image/nothing');
    await region.get(LIST, { limit: 1 });
    expect(region.sandbox.requests).toMatchObject([
      {
        operation: 'ListImageLocal',
        region: REGION,
        method: 'GET',
        target: `${region.path(LIST)}?image_name=a%20b`,
        headers: { region: REGION, 'x-sdk-date': '20261201T000000Z' },
        body: '',
        status: 200,
        carriedOut: true,
      },
      { operation: 'unknown', status: 404, carriedOut: false },
      { operation: 'ListImageLocal', status: 400, carriedOut: false },
    ]);
    expect(region.sandbox.count('ListImageLocal')).toBe(2);
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(1);
  });

  it('keeps the latest 1,000 requests, and counts all of them', async () => {
    for (let call = 0; call < 1005; call += 1) await region.get('image/nothing', { call });
    await list();
    expect(region.sandbox.requests).toHaveLength(1000);
    expect(region.sandbox.requests[0]?.target).toContain('call=6');
    expect(region.sandbox.count('unknown')).toBe(1005);
    expect(region.sandbox.carriedOut('unknown')).toBe(0);
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(1);
  });

  it('refuses a body beyond the limit of the gateway', async () => {
    const answer = await region.scan({ image_name: 'x'.repeat(12 * 1024 * 1024) });
    expect(answer).toMatchObject({ status: 413, body: { error_code: 'APIGW.0201' } });
    expect(region.sandbox.carriedOut(SCAN)).toBe(0);
  });
});
