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
  /** Whether the answer has a `Retry-After`, which is not documented. Default false. */
  readonly retryAfter?: boolean;
  /**
   * How a window lies: it begins with its first request (default), or it is the time before each request, whenever that
   * comes. How the gateway does it is not documented.
   */
  readonly window?: 'fixed' | 'sliding';
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

interface Budget {
  window: LimitWindow;
  /** When the requests of the last window were let through, in ms, oldest first. */
  recent: number[];
}

/** Counts requests by window and refuses those beyond a limit. A refused request counts against no limit. */
export class Limits {
  readonly #options: LimitOptions;
  readonly #rules: readonly Rule[];
  readonly #budgets = new Map<string, Budget>();
  readonly #windows: LimitWindow[] = [];

  constructor(
    options: LimitKind | LimitOptions,
    private readonly now: () => number,
  ) {
    this.#options = typeof options === 'string' ? { kind: options } : options;
    this.#rules = rulesOf(this.#options);
  }

  /** Every window since the start, each from its first request on, in the order in which they began: the last 10,000. */
  get windows(): readonly LimitWindow[] {
    return this.#windows;
  }

  /** @throws {GatewayError} `APIGW.0308` (429) when a limit is reached; the text names the rule and its numbers. */
  check(operation: string, user: string): void {
    const budgets = this.#rules.map((rule) => ({ rule, budget: this.#budgetOf(rule, operation, user) }));
    const full = budgets.find(({ rule, budget }) => budget.recent.length >= rule.limit);
    if (full) {
      full.budget.window.refused += 1;
      throw this.#refusal(full.rule, full.budget);
    }
    for (const { budget } of budgets) {
      budget.window.accepted += 1;
      budget.recent.push(this.now());
    }
  }

  #budgetOf(rule: Rule, operation: string, user: string): Budget {
    const key = JSON.stringify([operation, rule.userOf(user)]);
    const now = this.now();
    const known = this.#budgets.get(key);
    if (!known) {
      const budget = { window: this.#open(rule, operation, user), recent: [] };
      this.#budgets.set(key, budget);
      return budget;
    }
    const isOver = now >= known.window.endsAt;
    if (isOver) known.window = this.#open(rule, operation, user);
    if (this.#options.window === 'sliding') known.recent = known.recent.filter((at) => now < at + rule.windowMs);
    else if (isOver) known.recent = [];
    return known;
  }

  #open({ limit, windowMs, userOf }: Rule, operation: string, user: string): LimitWindow {
    const startedAt = this.now();
    const times = { startedAt, endsAt: startedAt + windowMs };
    const window = { operation, user: userOf(user), limit, ...times, accepted: 0, refused: 0 };
    this.#windows.push(window);
    if (this.#windows.length > MOST_KEPT) this.#windows.shift();
    return window;
  }

  #refusal({ policy, limit, windowMs }: Rule, { window, recent }: Budget): GatewayError {
    const { numbers = true, retryAfter = false, window: kind } = this.#options;
    const rule = numbers
      ? `policy ${policy} over ratelimit,limit:${limit},time:${duration(windowMs)}`
      : 'over ratelimit';
    const freeAt = kind === 'sliding' ? (recent[0] ?? 0) + windowMs : window.endsAt;
    const seconds = String(Math.ceil((freeAt - this.now()) / 1000));
    return new GatewayError(
      429,
      'APIGW.0308',
      `The throttling threshold has been reached: ${rule}`,
      retryAfter ? { 'Retry-After': seconds } : {},
    );
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
