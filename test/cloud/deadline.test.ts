import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../src/config/identity.js';
import { Failure } from '../../src/failure.js';
import type { HssClient } from '../../src/hss/client.js';
import { Secret } from '../../src/text/secret.js';
import { connect } from '../../src/workspace/connect.js';
import { Listener } from '../support/listener.js';

// A call ends at its deadline, whatever it waits for. Time is limited by the call alone here: one attempt may take longer.

const REGION = 'cn-north-4';
const USER: Credentials = { kind: 'iam-user', user: 'u', password: new Secret('EXAMPLEPASSWORD'), domain: 'd' };
const KEY: Credentials = { kind: 'access-key', ak: new Secret('EXAMPLEAK'), sk: new Secret('EXAMPLESK') };

type Request = 'token' | 'project' | 'list' | 'scan';
let came: Request[] = [];
let hangs: readonly Request[] = [];
let expired = false;
let throttled = false;

function requestOf(url = ''): Request {
  if (url.startsWith('/v3/auth/tokens')) return 'token';
  if (url.startsWith('/v3/auth/projects')) return 'project';
  return url.includes('batch-scan') ? 'scan' : 'list';
}

const service = new Listener(
  createServer((message, response) => {
    const request = requestOf(message.url);
    const before = came.filter((other) => other === request).length;
    came.push(request);
    // The second token is the renewed one.
    if (hangs.includes(request) && !(request === 'token' && expired && before === 0)) return;
    if (expired && request !== 'token') {
      response.writeHead(401).end('{"error_code":"APIGW.0307","error_msg":"expired"}');
      return;
    }
    if (throttled && request === 'scan') {
      response.writeHead(429, { 'Retry-After': '1' }).end('{"error_code":"APIGW.0308"}');
      return;
    }
    response.setHeader('X-Subject-Token', 'EXAMPLEISSUED');
    const token = { expires_at: '2100-01-01T00:00:00Z' };
    response.end(JSON.stringify({ token, projects: [{ id: 'p', name: REGION }], total_num: 0, data_list: [] }));
  }),
);
let origin: string;
beforeAll(async () => {
  origin = `http://127.0.0.1:${await service.open()}`;
});
afterAll(() => service.close());
beforeEach(() => {
  came = [];
  hangs = [];
  expired = false;
  throttled = false;
});

const BEHAVIOUR = {
  readOnly: false,
  scanAll: 'ask',
  scanFilters: 'resolve',
  language: 'en',
  timeZone: 'UTC' as const,
  timeoutMs: 15_000,
  maxRetries: 5,
  logLevel: 'debug',
} as const;

function client(credentials: Credentials, projectId?: string) {
  const settings = { region: REGION, hssEndpoint: origin, iamEndpoint: origin, regionEndpoints: {}, sandbox: false };
  return connect({ ...settings, credentials, ...(projectId && { projectId }) }, BEHAVIOUR, () => {});
}

type Scope = Parameters<HssClient['listImageLocal']>[1];
const CALLS: Readonly<Record<string, (hss: HssClient, scope: Scope) => Promise<unknown>>> = {
  'a list': (hss, scope) => hss.listImageLocal({}, scope),
  'a scan': (hss, scope) => hss.batchScanLocalImage({ operate_all: true }, scope),
  'the project': (hss, scope) => hss.projectId(REGION, scope),
};

/** What a call that may take `ms` comes to. */
async function outcome(call: string, ms: number, credentials: Credentials, projectId?: string) {
  const { hss, close } = client(credentials, projectId);
  const begun = performance.now();
  const scope = { region: REGION, signal: new AbortController().signal, deadline: begun + ms };
  const failure = await CALLS[call]?.(hss, scope).catch((error: unknown) => error);
  const took = performance.now() - begun;
  const atTheEnd = [...came];
  // Whatever was begun and left shows now.
  await sleep(50);
  await close();
  return { failure, took, atTheEnd };
}

const NOT_SENT = { details: { source: 'passing', effect: 'not_sent', retry: true } };

describe.each([
  ['a token that does not come', USER, undefined, ['token'], ['token']],
  ['a token that does not come, the project known', USER, 'p', ['token'], ['token']],
  ['a project that does not come', KEY, undefined, ['project'], ['project']],
  ['a project that does not come, after the token', USER, undefined, ['project'], ['token', 'project']],
] as const)('the wait for %s', (_, credentials, projectId, hanging, asked) => {
  const calls = Object.keys(CALLS).filter((call) => projectId === undefined || call !== 'the project');
  it.each(calls)('ends with the time of %s: it was not sent', async (call) => {
    hangs = hanging;
    const { failure, took } = await outcome(call, 400, credentials, projectId);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject(NOT_SENT);
    expect(String(failure)).toContain('the time of the call is up');
    expect(took).toBeLessThan(1_500);
    expect(came).toEqual(asked);
  });
});

describe('the wait for a renewed token', () => {
  it.each(['a list', 'a scan'])('ends with the time of %s: it was refused once and not sent again', async (call) => {
    expired = true;
    hangs = ['token'];
    const { failure, took } = await outcome(call, 400, USER, 'p');
    expect(failure).toMatchObject(NOT_SENT);
    expect(took).toBeLessThan(1_500);
    expect(came).toEqual(['token', call === 'a scan' ? 'scan' : 'list', 'token']);
  });
});

describe('the wait before a retry', () => {
  it('is not begun when it would outlast the call', async () => {
    throttled = true;
    const { failure, took } = await outcome('a scan', 700, KEY, 'p');
    expect(failure).toMatchObject({ details: { effect: 'refused', status: 429 } });
    expect(took).toBeLessThan(600);
    expect(came).toEqual(['scan']);
  });
});

describe('without any time left', () => {
  it.each(
    Object.keys(CALLS).flatMap((call) => [
      { call, kind: 'a key', credentials: KEY, projectId: undefined },
      { call, kind: 'a user', credentials: USER, projectId: undefined },
      ...(call === 'the project' ? [] : [{ call, kind: 'a key and a project', credentials: KEY, projectId: 'p' }]),
      ...(call === 'the project' ? [] : [{ call, kind: 'a user and a project', credentials: USER, projectId: 'p' }]),
    ]),
  )('$call with $kind sends nothing at all', async ({ call, credentials, projectId }) => {
    const { failure } = await outcome(call, 0, credentials, projectId);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject(NOT_SENT);
    expect(came).toEqual([]);
  });
});

describe('an answer that does not come', () => {
  it.each([
    ['a list', 'not_sent'],
    ['a scan', 'uncertain'],
  ])('ends with the time of %s, and the effect is %s', async (call, effect) => {
    hangs = ['list', 'scan'];
    const { failure, took, atTheEnd } = await outcome(call, 400, KEY, 'p');
    expect(failure).toMatchObject({ details: { effect } });
    expect(took).toBeLessThan(1_500);
    expect(came).toEqual(atTheEnd);
  });
});
