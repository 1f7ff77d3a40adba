import type { HttpResponse } from '../http/transport.js';

/** Clock difference above which the gateway refuses a signature, in ms. */
const CLOCK_LIMIT_MS = 15 * 60_000;

/** How far the clock of this machine is from the server's. */
export interface ClockSkew {
  /** The server's time less this machine's, in ms; NaN when the answer carries no date. */
  readonly ms: number;
  /** Whether signatures are refused for it. */
  readonly tooLarge: boolean;
  /** `20 minutes behind the server`. */
  readonly text: string;
}

/** Compares the `Date` of an answer with the clock of this machine. */
export function clockSkew(response: HttpResponse, now = Date.now()): ClockSkew {
  const ms = Date.parse(response.headers.date ?? '') - now;
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return {
    ms,
    tooLarge: Math.abs(ms) > CLOCK_LIMIT_MS,
    text: `${minutes} minutes ${ms > 0 ? 'behind' : 'ahead of'} the server`,
  };
}
