import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloudApi } from '../../src/cloud/api.js';
import type { OperationInfo } from '../../src/cloud/failures.js';
import { Paces } from '../../src/cloud/pace.js';
import type { ApiRequest, Authenticator } from '../../src/cloud/request.js';
import { badInput, Failure } from '../../src/failure.js';
import { HttpTransport } from '../../src/http/transport.js';
import { Listener } from '../support/listener.js';

let came = 0;
let answer = '';
const service = new Listener(
  createServer((_, response) => {
    came += 1;
    response.end(answer);
  }),
);
let origin: string;
const transport = new HttpTransport({ timeoutMs: 5_000 });
beforeAll(async () => {
  origin = `http://127.0.0.1:${await service.open()}`;
});
afterAll(async () => {
  await transport.close();
  await service.close();
});
beforeEach(() => {
  came = 0;
  answer = '{}';
});

const request = (): ApiRequest => ({ origin, method: 'GET', path: '/', query: '', headers: {}, region: 'cn-north-4' });
const limits = () => ({ signal: new AbortController().signal, deadline: performance.now() + 5_000 });
const operation = (repeatability: 'read' | 'act', mostRows?: number): OperationInfo => ({
  service: 'HSS',
  name: 'Operation',
  repeatability,
  ...(mostRows && { mostRows }),
});

/** A client whose gate is `admit`; it tells how often a request was authenticated. */
function client(admit: (request: Pick<ApiRequest, 'origin' | 'region'>) => void = () => {}) {
  let authenticated = 0;
  const authenticator: Authenticator = {
    authenticate: async ({ headers }) => {
      authenticated += 1;
      return headers;
    },
  };
  const api = new CloudApi(transport, authenticator, { maxRetries: 2, log: () => {}, paces: new Paces(), admit });
  return { api, authenticated: () => authenticated };
}

describe('the gate', () => {
  it('is asked for each request, and what it refuses is neither authenticated nor sent', async () => {
    const asked: string[] = [];
    const { api, authenticated } = client(({ origin: to, region }) => {
      asked.push(`${region} ${to}`);
      throw badInput('refused', 'next');
    });
    for (const kind of ['read', 'act'] as const) {
      await expect(api.send(operation(kind), request(), limits())).rejects.toThrow('refused');
    }
    expect(asked).toEqual([`cn-north-4 ${origin}`, `cn-north-4 ${origin}`]);
    expect([authenticated(), came]).toEqual([0, 0]);
  });
});

const rows = (count: number) => `{"data_list":[${Array.from({ length: count }, () => '{}').join(',')}]}`;

describe('an answer of status 200', () => {
  it.each([
    ['an error', '{"error_code":"HSS.0001","error_msg":"no"}', undefined],
    ['a nested error', '{"error":{"code":"HSS.0001"}}', undefined],
    ['a row too many', rows(201), undefined],
    ['a row too many for an operation of its own', rows(301), 300],
  ])('that is %s fails: for a read that much, for an act uncertainly', async (_, body, mostRows) => {
    answer = body;
    const { api } = client();
    const outcome = (kind: 'read' | 'act') =>
      api.send(operation(kind, mostRows), request(), limits()).catch((error: unknown) => error);
    const read = await outcome('read');
    expect(read).toBeInstanceOf(Failure);
    expect(read).toMatchObject({ details: { effect: 'not_sent', status: 200 } });
    const act = await outcome('act');
    expect(act).toBeInstanceOf(Failure);
    expect(act).toMatchObject({ details: { effect: 'uncertain', retry: false, status: 200 } });
    // Neither is repeated: the answer came whole.
    expect(came).toBe(2);
  });

  it.each([
    ['empty', '', undefined],
    ['a full page', rows(200), undefined],
    ['a full page of an operation of its own', rows(300), 300],
    ['a success with a code', '{"error_code":"0","data_list":[]}', undefined],
  ])('that is %s is taken', async (_, body, mostRows) => {
    answer = body;
    for (const kind of ['read', 'act'] as const) {
      expect(await client().api.send(operation(kind, mostRows), request(), limits())).toMatchObject({ status: 200 });
    }
  });
});
