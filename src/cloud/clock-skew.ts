import type { HttpResponse } from '../http/transport.js';

/** Clock difference above which the gateway refuses a signature, in ms. */
const CLOCK_LIMIT_MS = 15 * 60_000;

/** How far the clock of this machine is from the server's. */
export interface ClockSkew {
  /** The server's time less this machine's, in ms; NaN when the answer carries no date. */
  readonly ms: number;
  /** Whether signatures are refused for it. */
  readonly tooLarge: boolean;
  /** The difference in whole minutes; NaN as {@link ms} is. */
  readonly minutes: number;
  /** Whether this machine is behind the server; else it is ahead of it. */
  readonly behind: boolean;
}

/** Compares the `Date` of an answer with the clock of this machine. */
export function clockSkew(response: HttpResponse, now = Date.now()): ClockSkew {
  const ms = Date.parse(response.headers.date ?? '') - now;
  return {
    ms,
    tooLarge: Math.abs(ms) > CLOCK_LIMIT_MS,
    minutes: Math.round(Math.abs(ms) / 60_000),
    behind: ms > 0,
  };
}
