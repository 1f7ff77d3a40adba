import { GatewayError } from './errors.js';

/**
 * Whether requests are limited: `documented` is what HSS's page says (5 a minute for an API and a user, 600 a minute for
 * an API in all), `gateway` what the gateway does by default (200 a second for an API). Whether the first is enforced
 * is not known.
 */
export type LimitKind = 'documented' | 'gateway' | 'none';

export interface LimitOptions {
  readonly kind: LimitKind;
  /** Requests that a user (`documented`) or all (`gateway`) may make in a window, in place of 5 or 200. */
  readonly limit?: number;
  /** Length of a window in ms, in place of a minute or a second. */
  readonly windowMs?: number;
  /** Requests of all users together in a window of `documented`, in place of 600. */
  readonly limitOfAll?: number;
  /** Whether the answer names the numbers in force. Default true. */
  readonly numbers?: boolean;
}

/** One window of one limit: how many requests it let through and how many not. Times in ms. */
export interface LimitWindow {
  readonly operation: string;
  /** Who is limited: a user, or `all`. */
  readonly user: string;
  readonly limit: number;
  readonly startedAt: number;
  readonly endsAt: number;
  accepted: number;
  refused: number;
}

interface Rule {
  readonly limit: number;
  readonly windowMs: number;
  /** What the answer calls the rule. */
  readonly policy: string;
  readonly userOf: (user: string) => string;
}

/** Windows kept at most; the oldest go first. */
const MOST_KEPT = 10_000;

/**
 * Counts requests in windows that begin with their first request, and refuses those beyond a limit. A refused request
 * counts against no limit. How the gateway places its windows is not documented.
 */
export class Limits {
  readonly #rules: readonly Rule[];
  readonly #numbers: boolean;
  readonly #current = new Map<string, LimitWindow>();
  readonly #windows: LimitWindow[] = [];

  constructor(
    options: LimitKind | LimitOptions,
    private readonly now: () => number,
  ) {
    const given = typeof options === 'string' ? { kind: options } : options;
    this.#rules = rulesOf(given);
    this.#numbers = given.numbers ?? true;
  }

  /** Every window since the start, in the order in which they began: the last 10,000. */
  get windows(): readonly LimitWindow[] {
    return this.#windows;
  }

  /** @throws {GatewayError} `APIGW.0308` (429) when a limit is reached; the text names the rule and its numbers. */
  check(operation: string, user: string): void {
    const windows = this.#rules.map((rule) => ({ rule, window: this.#windowOf(rule, operation, user) }));
    const full = windows.find(({ rule, window }) => window.accepted >= rule.limit);
    if (full) {
      full.window.refused += 1;
      throw new GatewayError(429, 'APIGW.0308', `The throttling threshold has been reached: ${this.#text(full.rule)}`);
    }
    for (const { window } of windows) window.accepted += 1;
  }

  #windowOf(rule: Rule, operation: string, user: string): LimitWindow {
    const limited = rule.userOf(user);
    const key = JSON.stringify([operation, limited]);
    const now = this.now();
    const current = this.#current.get(key);
    if (current && now < current.endsAt) return current;
    const { limit, windowMs } = rule;
    const window = {
      operation,
      user: limited,
      limit,
      startedAt: now,
      endsAt: now + windowMs,
      accepted: 0,
      refused: 0,
    };
    this.#current.set(key, window);
    this.#windows.push(window);
    if (this.#windows.length > MOST_KEPT) this.#windows.shift();
    return window;
  }

  #text({ policy, limit, windowMs }: Rule): string {
    return this.#numbers
      ? `policy ${policy} over ratelimit,limit:${limit},time:${duration(windowMs)}`
      : 'over ratelimit';
  }
}

function rulesOf({ kind, limit, windowMs, limitOfAll }: LimitOptions): readonly Rule[] {
  switch (kind) {
    case 'documented': {
      const window = windowMs ?? 60_000;
      return [
        { limit: limit ?? 5, windowMs: window, policy: 'user', userOf: (user) => user },
        { limit: limitOfAll ?? 600, windowMs: window, policy: 'api', userOf: () => 'all' },
      ];
    }
    case 'gateway':
      return [{ limit: limit ?? 200, windowMs: windowMs ?? 1000, policy: 'api', userOf: () => 'all' }];
    case 'none':
      return [];
  }
}

/** A length of time in the words of the gateway, such as `1 minute`. */
function duration(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} minute` : `${ms / 1000} second`;
}
