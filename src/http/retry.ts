import { setTimeout as sleep } from 'node:timers/promises';
import { type CallLimits, CallOver } from '../call/limits.js';
import { HttpFailure, type HttpResponse } from './transport.js';

/**
 * What may be repeated. A `read` has no effect, so whatever may pass is tried again. An `act` (the scan request) is
 * repeated only when it certainly was not carried out: no connection was made, or a complete 429 or 503 answer came.
 */
export type Repeatability = 'read' | 'act';

const PASSING_STATUSES: Readonly<Record<Repeatability, readonly number[]>> = {
  read: [408, 429, 500, 502, 503, 504],
  act: [429, 503],
};
const PASSING_FAILURES: Readonly<Record<Repeatability, readonly HttpFailure['kind'][]>> = {
  read: ['connect', 'reset', 'timeout', 'truncated'],
  act: ['connect'],
};

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 5_000;

/**
 * Runs `attempt` until it succeeds, cannot pass by itself, was repeated `maxRetries` times, or the time is up. The
 * last outcome is returned or thrown as it came. Waits grow twofold with full jitter; a longer `Retry-After` is kept
 * to, and when it would outlast the call the answer is handed out at once.
 */
export async function withRetries(
  attempt: () => Promise<HttpResponse>,
  repeatability: Repeatability,
  maxRetries: number,
  limits: CallLimits,
): Promise<HttpResponse> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await attempt().catch(failureOrThrow);
    const delay = Math.max(backoff(tries), outcome instanceof HttpFailure ? 0 : retryAfterMs(outcome));
    const again = tries < maxRetries && canPass(outcome, repeatability) && performance.now() + delay < limits.deadline;
    if (!again) {
      if (outcome instanceof HttpFailure) throw outcome;
      return outcome;
    }
    await sleep(delay, undefined, { signal: limits.signal }).catch(() => {
      throw new CallOver('cancelled');
    });
  }
}

function failureOrThrow(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  throw error;
}

function canPass(outcome: HttpResponse | HttpFailure, repeatability: Repeatability): boolean {
  return outcome instanceof HttpFailure
    ? PASSING_FAILURES[repeatability].includes(outcome.kind)
    : PASSING_STATUSES[repeatability].includes(outcome.status);
}

function backoff(tries: number): number {
  return Math.random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries);
}

/** Milliseconds that a `Retry-After` header (seconds or an HTTP date) asks for; 0 when there is none. */
export function retryAfterMs(response: HttpResponse, now = Date.now()): number {
  const value = response.headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
