import { type CallLimits, CallOver, type Priority } from '../call/limits.js';

/** So many requests in such a time, as a limit allows them. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** What HSS documents for an API and a user. Whether it is enforced is unknown, so it holds after a first 429 only. */
export const DOCUMENTED: Rate = { limit: 5, windowMs: 60_000 };

/** Requests under way at most. */
const MOST_AT_ONCE = 8;
/** The slowest pace that is kept: one in two minutes. */
const LONGEST_WINDOW_MS = 120_000;
/** After so long without a 429 one more a window is tried. */
const STEP_MS = 300_000;
/** While both wait, one place in so many is given to the background: it is slow and not stuck. */
const BACKGROUND_SHARE = 8;
/** Ends of requests that are remembered: more than any window that HSS or its gateway is known for holds. */
const MOST_REMEMBERED = 1_000;

/** Time as the pace sees it, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls `work` after `ms`. @returns what takes it back. */
  after(ms: number, work: () => void): () => void;
}

const CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** Thrown when a place cannot be had before the deadline of the call. Nothing was sent. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';

  constructor(
    /** Milliseconds until there is a place. */
    readonly waitMs: number,
  ) {
    super('the limit of requests leaves no place in time');
  }
}

/** How a request ended: with an answer, with a 429 (and what that said), or without an answer. */
export type Ending =
  | { readonly kind: 'answered' | 'lost' }
  | { readonly kind: 'throttled'; readonly rate?: Rate | undefined; readonly retryAfterMs?: number };

/** The right to send one request. It is given back once, when the request has ended. */
export interface Place {
  giveBack(ending: Ending): void;
}

const isUrgent = ({ limits }: Waiting) => limits.priority !== 'background';

interface Waiting {
  readonly limits: CallLimits;
  start(place: Place): void;
  refuse(error: unknown): void;
}

/**
 * The pace of one operation for one credential in one region: at most eight requests at once, and after a 429 the rate
 * that its text names (never faster than before, never slower than one in two minutes), else the documented one. After
 * five minutes without a 429 one more a window is tried; the next 429 takes that back. A request counts from its
 * start until a window after its end, so that no window of the service, however it is counted, holds more.
 *
 * Each process has its own: two of them on one key find theirs by their 429s.
 */
export class Pace {
  /** Who waits, in the order in which they came. What is urgent can change meanwhile. */
  readonly #waiting: Waiting[] = [];
  /** Ends of the latest requests, oldest first. */
  readonly #ends: number[] = [];
  #active = 0;
  #rate: Rate | undefined;
  /** The limit to go back to when a step turns out to be one too many. */
  #base = 0;
  #changedAt = 0;
  #notBefore = 0;
  /** Whether more than the documented limit went well, and what became of the request that finds out. */
  #unlimited = false;
  #probe: 'none' | 'under way' | 'answered' | 'failed' = 'none';
  #turns = 0;
  #timer: (() => void) | undefined;

  constructor(private readonly clock: Clock = CLOCK) {}

  /**
   * Waits for the right to send a request; the priority of `limits` decides who comes first.
   * @throws {NotInTime} as soon as it is plain that there is no place before the deadline.
   * @throws {CallOver} when the call is cancelled; its place in the queue is free at once.
   */
  take(limits: CallLimits): Promise<Place> {
    if (limits.signal.aborted) return Promise.reject(new CallOver('cancelled'));
    return new Promise((resolve, reject) => {
      const settle = () => {
        const index = this.#waiting.indexOf(waiting);
        if (index !== -1) this.#waiting.splice(index, 1);
        limits.signal.removeEventListener('abort', onAbort);
        forgetDeadline();
      };
      const waiting: Waiting = {
        limits,
        start: (place) => {
          settle();
          resolve(place);
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
      };
      const onAbort = () => waiting.refuse(new CallOver('cancelled'));
      limits.signal.addEventListener('abort', onAbort, { once: true });
      const left = Math.max(0, limits.deadline - this.clock.now());
      const forgetDeadline = this.clock.after(left, () => waiting.refuse(new NotInTime(this.waitMs(limits.priority))));
      this.#waiting.push(waiting);
      this.#pump();
    });
  }

  /**
   * Milliseconds until the last of `requests` more could be sent, after all that waits already; 0 where no limit is
   * known.
   */
  waitMs(priority: Priority = 'foreground', requests = 1): number {
    const before = priority === 'foreground' ? this.#waiting.filter(isUrgent).length : this.#waiting.length;
    return this.#waitForNth(before + Math.max(1, requests) - 1);
  }

  #pump(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#refuseTheLate();
    for (let next = this.#next(); next; next = this.#next()) {
      const wait = this.#waitNow();
      if (wait > 0) {
        // Without an end in sight, the end of a request that is under way brings the next look.
        if (Number.isFinite(wait)) this.#timer = this.clock.after(wait, () => this.#pump());
        return;
      }
      this.#turns += 1;
      next.start(this.#place());
    }
  }

  /** Who comes next: a person, but for every eighth place. */
  #next(): Waiting | undefined {
    const backgroundsTurn = this.#turns % BACKGROUND_SHARE === BACKGROUND_SHARE - 1;
    return this.#waiting.find((waiting) => isUrgent(waiting) !== backgroundsTurn) ?? this.#waiting[0];
  }

  /** Those who cannot be served in time learn it now, and not when their time is up. */
  #refuseTheLate(): void {
    if (!this.#rate) return;
    const now = this.clock.now();
    const urgentFirst = [...this.#waiting].sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
    for (const [position, waiting] of urgentFirst.entries()) {
      const wait = this.#waitForNth(position);
      if (now + wait > waiting.limits.deadline) waiting.refuse(new NotInTime(wait));
    }
  }

  #place(): Place {
    const isProbe = !this.#rate && !this.#unlimited && this.#used(DOCUMENTED) >= DOCUMENTED.limit;
    if (isProbe) this.#probe = 'under way';
    this.#active += 1;
    const startedAt = this.clock.now();
    let given = false;
    return {
      giveBack: (ending) => {
        if (given) return;
        given = true;
        this.#active -= 1;
        this.#remember(this.clock.now());
        if (isProbe) this.#probe = ending.kind === 'answered' ? 'answered' : 'failed';
        if (ending.kind === 'throttled') this.#slowDown(ending.rate, ending.retryAfterMs ?? 0, startedAt);
        this.#conclude();
        this.#pump();
      },
    };
  }

  /** What a probe tells is told when those before it have ended, too: the service may have taken it before them. */
  #conclude(): void {
    if (this.#active > 0 || this.#probe === 'none') return;
    this.#unlimited = this.#probe === 'answered' && !this.#rate;
    this.#probe = 'none';
  }

  #remember(end: number): void {
    this.#ends.push(end);
    if (this.#ends.length > MOST_REMEMBERED) this.#ends.shift();
  }

  #slowDown(named: Rate | undefined, retryAfterMs: number, startedAt: number): void {
    const now = this.clock.now();
    this.#notBefore = Math.max(this.#notBefore, now + Math.min(retryAfterMs, LONGEST_WINDOW_MS));
    const before = this.#rate;
    // Of several that were under way together, the first has said it for all; and a window that was already full when
    // the pace was found says nothing new about it.
    const stepped = before !== undefined && before.limit > this.#base;
    if (before && (startedAt < this.#changedAt || (!stepped && now - this.#changedAt < before.windowMs))) return;
    const rate = bounded(before ? slower(before, this.#base, named) : (named ?? DOCUMENTED));
    this.#rate = rate;
    this.#base = rate.limit;
    this.#changedAt = now;
  }

  /** One more a window after five quiet minutes. */
  #stepUp(now: number): void {
    if (!this.#rate || now - this.#changedAt < STEP_MS) return;
    this.#rate = { ...this.#rate, limit: this.#rate.limit + 1 };
    this.#changedAt = now;
  }

  /** Milliseconds until one more may start; infinite while only the end of another can make room. */
  #waitNow(): number {
    const now = this.clock.now();
    this.#stepUp(now);
    if (this.#active >= MOST_AT_ONCE) return Number.POSITIVE_INFINITY;
    if (this.#notBefore > now) return this.#notBefore - now;
    if (!this.#rate) {
      // No other follows the one beyond the documented limit before it is known whether the limit is enforced.
      const beyond = !this.#unlimited && this.#used(DOCUMENTED) >= DOCUMENTED.limit;
      return beyond && this.#probe !== 'none' ? Number.POSITIVE_INFINITY : 0;
    }
    if (this.#active >= this.#rate.limit) return Number.POSITIVE_INFINITY;
    return this.#waitForNth(0);
  }

  /** Milliseconds until the place of the nth (from 0) of those who wait is free. */
  #waitForNth(n: number): number {
    const now = this.clock.now();
    const least = Math.max(0, this.#notBefore - now);
    if (!this.#rate) return least;
    const { limit, windowMs } = this.#rate;
    const places = this.#freeAt(this.#rate, now);
    const place = places[n % limit] ?? now;
    return Math.max(least, place - now) + Math.floor(n / limit) * windowMs;
  }

  /** When each place of the window is free, the earliest first. */
  #freeAt({ limit, windowMs }: Rate, now: number): number[] {
    const taken = this.#ends.slice(-limit).map((end) => end + windowMs);
    const active = Array.from({ length: Math.min(this.#active, limit) }, () => now + windowMs);
    const used = [...taken, ...active].filter((time) => time > now).slice(-limit);
    return [...Array.from({ length: limit - used.length }, () => now), ...used];
  }

  /** Places of a window that are taken now. */
  #used({ windowMs }: Rate): number {
    const since = this.clock.now() - windowMs;
    const first = this.#ends.findIndex((end) => end > since);
    return this.#active + (first === -1 ? 0 : this.#ends.length - first);
  }
}

/** The pace of each region and operation, for the one credential of a connection. */
export class Paces {
  readonly #paces = new Map<string, Pace>();

  constructor(private readonly clock: Clock = CLOCK) {}

  of(region: string, operation: string): Pace {
    const key = `${region} ${operation}`;
    const found = this.#paces.get(key) ?? new Pace(this.clock);
    this.#paces.set(key, found);
    return found;
  }

  /** Seconds until the last of so many more requests of the background could be sent. */
  waitSeconds(operation: string, region: string, requests: number): number {
    return Math.ceil(this.of(region, operation).waitMs('background', requests) / 1000);
  }
}

const UNITS: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/**
 * The rate that the text of an `APIGW.0308` names, such as `policy user over ratelimit,limit:5,time:1 minute`: a hint
 * and no more, so nothing depends on its being there.
 */
export function namedRate(said: string | undefined): Rate | undefined {
  const [, limit, count, unit = ''] =
    /limit:\s*(\d{1,7}),\s*time:\s*(\d{1,4})\s*(second|minute|hour)/i.exec(said ?? '') ?? [];
  const windowMs = Number(count) * (UNITS[unit.toLowerCase()] ?? 0);
  return Number(limit) > 0 && windowMs > 0 ? { limit: Number(limit), windowMs } : undefined;
}

/** What follows a 429 at a pace that was thought to be right: the step taken back, else half, or what is named. */
function slower(before: Rate, base: number, named: Rate | undefined): Rate {
  const back = before.limit > base ? { ...before, limit: base } : half(before);
  return named && perMs(named) < perMs(before) ? named : back;
}

function half({ limit, windowMs }: Rate): Rate {
  return limit > 1 ? { limit: Math.floor(limit / 2), windowMs } : { limit, windowMs: windowMs * 2 };
}

/** Never slower than one in two minutes, and with no more places in a window than are remembered. */
function bounded({ limit, windowMs }: Rate): Rate {
  const share = Math.min(1, LONGEST_WINDOW_MS / windowMs, MOST_REMEMBERED / limit);
  return { limit: Math.max(1, Math.floor(limit * share)), windowMs: Math.min(LONGEST_WINDOW_MS, windowMs * share) };
}

function perMs({ limit, windowMs }: Rate): number {
  return limit / windowMs;
}
