import { describe, expect, it } from 'vitest';
import { retryAfterMs, withRetries } from '../../src/http/retry.js';
import { HttpFailure, type HttpResponse } from '../../src/http/transport.js';

const response = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: '',
});
const limits = (ms = 60_000) => ({ signal: new AbortController().signal, deadline: performance.now() + ms });

describe('Retry-After', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  it.each([
    ['7', 7000],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['', 0],
  ])('%j asks for %i ms', (value, ms) => {
    expect(retryAfterMs(response(429, { 'retry-after': value }), now)).toBe(ms);
  });
});

describe('withRetries', () => {
  const run = async (outcomes: (HttpResponse | HttpFailure)[], mode: 'read' | 'act', retries = 5, ms?: number) => {
    let attempts = 0;
    const attempt = async () => {
      const outcome = outcomes[Math.min(attempts, outcomes.length - 1)];
      attempts += 1;
      if (!outcome || outcome instanceof HttpFailure) throw outcome;
      return outcome;
    };
    const end = await withRetries(attempt, mode, retries, limits(ms)).catch((error: unknown) => error);
    return { attempts, end };
  };
  const failure = (kind: HttpFailure['kind']) => new HttpFailure(kind, kind !== 'connect', kind);

  it('repeats a read after what may pass, and hands out the first good answer', async () => {
    const good = response(200);
    expect(await run([failure('reset'), response(502), failure('truncated'), good], 'read')).toEqual({
      attempts: 4,
      end: good,
    });
  });

  it.each(['reset', 'timeout', 'truncated', 'too-large', 'encoded', 'tls', 'aborted'] as const)(
    'never repeats an act after %s',
    async (kind) => {
      expect((await run([failure(kind)], 'act')).attempts).toBe(1);
    },
  );

  it.each([500, 502, 504, 400, 401, 403, 404, 200])('never repeats an act after %i', async (status) => {
    expect((await run([response(status)], 'act')).attempts).toBe(1);
  });

  it.each([response(429), response(503), failure('connect')])('repeats an act after %o', async (outcome) => {
    expect((await run([outcome, response(200)], 'act')).attempts).toBe(2);
  });

  it('keeps to the number of retries, and to none', async () => {
    expect((await run([response(503)], 'read', 1)).attempts).toBe(2);
    expect((await run([response(503)], 'read', 0)).attempts).toBe(1);
  });

  it('does not wait beyond the end of the call', async () => {
    const { attempts, end } = await run([response(429, { 'retry-after': '3' })], 'read', 5, 2000);
    expect({ attempts, status: (end as HttpResponse).status }).toEqual({ attempts: 1, status: 429 });
  });

  it('leaves a wait at once when the call is cancelled', async () => {
    const controller = new AbortController();
    const attempt = async () => {
      setImmediate(() => controller.abort());
      return response(429, { 'retry-after': '30' });
    };
    const { deadline } = limits();
    await expect(withRetries(attempt, 'read', 2, { signal: controller.signal, deadline })).rejects.toMatchObject({
      why: 'cancelled',
    });
  });

  it('passes on what is no HTTP failure', async () => {
    const attempt = () => Promise.reject(new TypeError('a defect'));
    await expect(withRetries(attempt, 'read', 2, limits())).rejects.toThrow(TypeError);
  });
});
