import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { EcsAgencyAuthenticator } from '../../src/auth/ecs-agency.js';
import { Failure } from '../../src/failure.js';
import { HttpTransport } from '../../src/http/transport.js';
import { Gate, type GateMode } from '../support/gate.js';

const REQUEST = {
  origin: 'https://h',
  method: 'GET',
  path: '/',
  query: '',
  headers: {},
  region: 'cn-north-4',
} as const;
const limits = () => ({ signal: new AbortController().signal, deadline: performance.now() + 10_000 });

const answer = (header: string, body: string): GateMode => ({
  kind: 'bytes',
  bytes: `HTTP/1.1 200 OK\r\n${header}\r\n\r\n${body}`,
});

let server: Server | undefined;
const transport = new HttpTransport({ timeoutMs: 5000 });
afterEach(() => server?.close());

/** A metadata service; `tokenStatus` other than 200 is version 1. */
async function metadata(options: { tokenStatus?: number; keyStatus?: number; lifeMs?: number; body?: string }) {
  const asked: string[] = [];
  const { tokenStatus = 200, keyStatus = 200, lifeMs = 24 * 3_600_000 } = options;
  server = createServer((request, response) => {
    asked.push(
      `${request.method} ${request.url} ${request.headers['x-metadata-token'] ?? request.headers['x-metadata-token-ttl-seconds'] ?? '-'}`,
    );
    if (request.method === 'PUT') response.writeHead(tokenStatus).end('EXAMPLE-METADATA\n');
    else {
      const credential = {
        access: `EXAMPLEAK${asked.length}`,
        secret: 'EXAMPLESK',
        securitytoken: 'EXAMPLESTS',
        expires_at: new Date(Date.now() + lifeMs).toISOString(),
      };
      response.writeHead(keyStatus).end(options.body ?? JSON.stringify({ credential }));
    }
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, ecs: new EcsAgencyAuthenticator(transport, origin) };
}

describe('the agency of an ECS', () => {
  it('signs with the temporary key of version 2, fetched once for all calls', async () => {
    const { asked, ecs } = await metadata({});
    const signed = await Promise.all(Array.from({ length: 10 }, () => ecs.authenticate(REQUEST, limits())));
    for (const headers of signed) {
      expect(headers['X-Security-Token']).toBe('EXAMPLESTS');
      expect(headers.Authorization).toContain('Access=EXAMPLEAK2');
    }
    expect(asked).toEqual([
      'PUT /meta-data/latest/api/token 21600',
      'GET /openstack/latest/securitykey EXAMPLE-METADATA',
    ]);
  });

  it.each([404, 405, 503])('falls back to version 1 after %i', async (tokenStatus) => {
    const { asked, ecs } = await metadata({ tokenStatus });
    expect((await ecs.authenticate(REQUEST, limits())).Authorization).toContain('EXAMPLEAK');
    expect(asked[1]).toBe('GET /openstack/latest/securitykey -');
  });

  it('replaces a key that is about to expire', async () => {
    const { asked, ecs } = await metadata({ lifeMs: 9 * 60_000 });
    await ecs.authenticate(REQUEST, limits());
    expect((await ecs.authenticate(REQUEST, limits())).Authorization).toContain('EXAMPLEAK4');
    expect(asked).toHaveLength(4);
  });

  it.each([
    [{ keyStatus: 401 }, 'no agency is bound to this ECS'],
    [{ keyStatus: 500, body: '' }, 'it gave no key (HTTP 500)'],
    [{ tokenStatus: 400 }, 'it answered HTTP 400'],
  ])('says what is wrong: %j', async (options, message) => {
    const { ecs } = await metadata(options);
    await expect(ecs.authenticate(REQUEST, limits())).rejects.toThrow(message);
  });

  it.each<[string, GateMode, RegExp]>([
    ['is not there', { kind: 'refuse' }, /ECONNREFUSED/],
    ['ends the connection', { kind: 'reset-on-request' }, /connection ended/],
    ['says nothing', { kind: 'silent' }, /no complete answer within 3000 ms/],
    ['is cut off', answer('Content-Length: 99', '{"credential"'), /within the answer/],
    ['is a page', answer('X: y', '<html>'), /it gave no key/],
    ['sends what is compressed', answer('Content-Encoding: gzip', 'x'), /encoded as gzip/],
    ['leads elsewhere', { kind: 'bytes', bytes: 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n' }, /302/],
  ])('asks once a metadata service that %s, and names the setting', async (_, mode, message) => {
    const gate = await Gate.open(9);
    await gate.set(mode);
    const ecs = new EcsAgencyAuthenticator(transport, `http://127.0.0.1:${gate.port}`);
    const failure = await ecs.authenticate(REQUEST, limits()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(message);
    expect((failure as Failure).message).toContain('HSS_CREDENTIALS is ecs');
    expect((failure as Failure).details).toMatchObject({ source: 'owner', effect: 'not_sent', retry: false });
    // A page is taken for the token of version 2, and the key is asked for with it.
    expect(gate.caught).toBeLessThanOrEqual(2);
    await gate.close();
  });
});
