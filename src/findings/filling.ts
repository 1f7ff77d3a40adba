import { Failure } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import type { HssOperationName } from '../hss/operations.js';
import type { Log } from '../log.js';
import { Breath } from './breath.js';
import type { FindingsSource, Step } from './step.js';
import type { Work } from './work.js';

/** Requests of one operation that are on their way at most; the pace may let fewer go. */
const WIDTH = 8;
/** Limit of one request with all its waiting, in ms: it belongs to no single call. */
const REQUEST_LIMIT_MS = 300_000;
/** Pauses after a failure that may pass, in ms; after the last one the question is given up until it is asked again. */
const PAUSES_MS = [5_000, 15_000, 60_000];
/** A throttled operation is not given up so soon: it is only slow. */
const MOST_THROTTLES = 20;
const TOO_MANY_REQUESTS = 429;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** A longer answer says how long the pace held it back, not how long HSS took, in ms. */
const SLOWEST_MS = 2_000;

/** Somebody who waits for an answer; told once: that all was read, or why no more can be had now. */
interface Waiter {
  /** On the clock of `performance.now()`. */
  readonly until: number;
  tell(failure: Failure | undefined): void;
  fail(error: unknown): void;
}

interface Demand {
  readonly work: () => Work;
  readonly waiters: Set<Waiter>;
}

interface Pause {
  readonly until: number;
  readonly times: number;
  readonly failure: Failure;
}

export interface FillingOptions {
  readonly hss: FindingsSource;
  readonly region: string;
  readonly enterpriseProjectId?: string | undefined;
  /** Ends the filling with the program. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Whether somebody asked not long ago. */
  goesOn(): boolean;
  /** What an operation's failure for good means; true when the questions can be answered another way. */
  refused(operation: HssOperationName, failure: Failure, passing: boolean): boolean;
  /** Seconds for which the pace holds back the next request. */
  wait(operation: HssOperationName): number;
}

/**
 * Reads what is asked for, request by request, apart from the calls that ask: a call that leaves or runs out of time
 * takes nothing away. What a person waits for comes first. After every answer it is worked out anew what is missing,
 * so that a filling can stop anywhere and go on from there.
 */
export class Filling {
  readonly #demands = new Map<string, Demand>();
  readonly #inFlight = new Map<string, HssOperationName>();
  readonly #pauses = new Map<HssOperationName, Pause>();
  #queue: Step[] = [];
  #foreground = new Set<string>();
  /** Whether something came since the last plan: an answer, a failure, or a question. */
  #changed = true;
  /** Answers since the last plan. */
  #answers = 0;
  #running = false;
  /** Whether something happened while nobody waited for it. */
  #stirred = false;
  #wake: () => void = () => {};
  #meanMs = 0;
  /** Time for which it ran, in ms. */
  busyMs = 0;

  constructor(private readonly options: FillingOptions) {}

  get running(): boolean {
    return this.#running;
  }

  /** Mean time of a request, in ms; 0 before the first. */
  get meanMs(): number {
    return this.#meanMs;
  }

  /** Seconds for which an operation pauses after a failure. */
  pausedSeconds(operation: HssOperationName): number {
    return Math.max(0, (this.#pauses.get(operation)?.until ?? 0) - performance.now()) / 1000;
  }

  /**
   * Reads until `work` is done, `until` has come, or no more can be had now.
   * @param key equal for equal questions.
   * @returns the failure that stands in the way; undefined when all was read or the time is up.
   */
  demand(key: string, work: () => Work, until: number, signal: AbortSignal): Promise<Failure | undefined> {
    return new Promise((resolve, reject) => {
      const demand = this.#demands.get(key) ?? { work, waiters: new Set() };
      this.#demands.set(key, demand);
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        demand.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        until,
        tell: (failure) => {
          leave();
          resolve(failure);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = setTimeout(
        () => waiter.tell(undefined),
        Math.min(LONGEST_TIMER_MS, Math.max(0, until - performance.now())),
      );
      signal.addEventListener('abort', leave, { once: true });
      demand.waiters.add(waiter);
      this.#changed = true;
      this.#answers = WIDTH;
      this.#stir();
      if (!this.#running) void this.#run();
    });
  }

  /** Drops every question; those who wait are told to look at what there is. */
  drop(): void {
    for (const demand of this.#demands.values()) for (const waiter of demand.waiters) waiter.tell(undefined);
    this.#demands.clear();
    this.#queue = [];
  }

  async #run(): Promise<void> {
    const { signal, log, region } = this.options;
    this.#running = true;
    const begun = performance.now();
    log('debug', 'reading findings', { region });
    const stop = () => this.#stir();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const breath = new Breath();
      while (!signal.aborted) {
        if (!this.options.goesOn()) this.drop();
        this.#start();
        if (this.#demands.size === 0) break;
        await breath.take();
        await this.#change();
        await breath.take();
      }
    } catch (error) {
      for (const { waiters } of this.#demands.values()) for (const waiter of waiters) waiter.fail(error);
      this.#demands.clear();
    } finally {
      signal.removeEventListener('abort', stop);
      this.#running = false;
      this.busyMs += performance.now() - begun;
      log('debug', 'reading findings ended', { region, ms: Math.round(performance.now() - begun) });
    }
  }

  /** Starts what may start, and plans anew when it is time: planning looks over everything that was read. */
  #start(): void {
    this.#startQueued();
    const isDue = this.#queue.length === 0 || this.#inFlight.size === 0 || this.#answers >= WIDTH;
    if (!this.#changed || !isDue || this.#queue.some((step) => this.#mayStart(step))) return;
    this.#changed = false;
    this.#answers = 0;
    this.#plan();
    this.#startQueued();
  }

  #plan(): void {
    const steps = new Map<string, Step>();
    this.#foreground = new Set();
    const demands = [...this.#demands].sort(([, one], [, other]) => other.waiters.size - one.waiters.size);
    for (const [key, demand] of demands) {
      const work = demand.work();
      if (work.steps.length === 0) {
        this.#demands.delete(key);
        for (const waiter of demand.waiters) waiter.tell(undefined);
      }
      for (const step of work.steps) {
        steps.set(step.key, steps.get(step.key) ?? step);
        if (demand.waiters.size > 0) this.#foreground.add(step.key);
      }
    }
    this.#queue = [...steps.values()].filter(({ key }) => !this.#inFlight.has(key));
  }

  #startQueued(): void {
    this.#queue = this.#queue.filter((step) => {
      if (!this.#mayStart(step)) return true;
      this.#send(step);
      return false;
    });
  }

  #mayStart({ operation }: Step): boolean {
    if (this.pausedSeconds(operation) > 0) return false;
    let width = 0;
    for (const each of this.#inFlight.values()) if (each === operation) width += 1;
    return width < WIDTH;
  }

  #send(step: Step): void {
    this.#inFlight.set(step.key, step.operation);
    const begun = performance.now();
    step
      .read(this.options.hss, this.#scope(step))
      .then(() => {
        this.#pauses.delete(step.operation);
        const ms = Math.min(SLOWEST_MS, performance.now() - begun);
        this.#meanMs = this.#meanMs === 0 ? ms : this.#meanMs * 0.9 + ms * 0.1;
      })
      .catch((error: unknown) => this.#failed(step, error))
      .finally(() => {
        this.#inFlight.delete(step.key);
        this.#changed = true;
        this.#answers += 1;
        this.#stir();
      });
  }

  #scope(step: Step): CallScope {
    const { region, enterpriseProjectId, signal } = this.options;
    const foreground = () => this.#foreground.has(step.key) && this.#isAwaited();
    return {
      region,
      enterpriseProjectId,
      signal,
      deadline: performance.now() + REQUEST_LIMIT_MS,
      get priority() {
        return foreground() ? 'foreground' : 'background';
      },
    };
  }

  #isAwaited(): boolean {
    for (const { waiters } of this.#demands.values()) if (waiters.size > 0) return true;
    return false;
  }

  #failed(step: Step, error: unknown): void {
    const { options } = this;
    if (options.signal.aborted) return;
    if (!(error instanceof Failure)) {
      for (const { waiters } of this.#demands.values()) for (const waiter of waiters) waiter.fail(error);
      this.#demands.clear();
      return;
    }
    const { operation } = step;
    options.log('debug', 'reading findings failed', {
      operation,
      status: error.details.status,
      code: error.details.code,
    });
    this.#queue = [];
    if (!error.details.retry) {
      if (step.giveUp) step.giveUp();
      else if (!options.refused(operation, error, false)) this.#giveUp(step, error);
      return;
    }
    this.#pause(step, error);
  }

  #pause(step: Step, failure: Failure): void {
    const { operation } = step;
    const last = this.#pauses.get(operation);
    // Several requests that fail at once are one failure.
    if (last && last.until > performance.now()) return;
    const times = (last?.times ?? 0) + 1;
    const throttled = failure.details.status === TOO_MANY_REQUESTS;
    const pauseMs = Math.max(PAUSES_MS[times - 1] ?? 60_000, this.options.wait(operation) * 1000);
    const until = performance.now() + pauseMs;
    this.#pauses.set(operation, { until, times, failure });
    const lasting = times > (throttled ? MOST_THROTTLES : PAUSES_MS.length);
    if (times >= PAUSES_MS.length && this.options.refused(operation, failure, true)) return;
    if (lasting) {
      this.#giveUp(step, failure);
      return;
    }
    for (const { work, waiters } of this.#demands.values()) {
      if (waiters.size === 0 || !work().left.has(operation)) continue;
      // A throttled request passes by itself; what else fails was tried again already.
      for (const waiter of waiters) if (!throttled || waiter.until < until) waiter.tell(failure);
    }
  }

  /** Ends every question that needs the operation; asking again tries again. */
  #giveUp({ operation }: Step, failure: Failure): void {
    this.#pauses.delete(operation);
    for (const [key, { work, waiters }] of this.#demands) {
      if (!work().left.has(operation)) continue;
      this.#demands.delete(key);
      for (const waiter of waiters) waiter.tell(failure);
    }
  }

  /** When the first pause ends that something waits for. */
  #soonest(): number | undefined {
    const ends = this.#queue.flatMap(({ operation }) => this.#pauses.get(operation)?.until ?? []);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** Resolves when an answer came, a question was asked, the program ends, or a pause is over. */
  async #change(): Promise<void> {
    if (this.#stirred || this.options.signal.aborted) {
      this.#stirred = false;
      return;
    }
    const soonest = this.#soonest();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (soonest === undefined) return;
      timer = setTimeout(resolve, Math.max(1, soonest - performance.now()));
      timer.unref();
    });
    clearTimeout(timer);
    this.#wake = () => {};
    this.#stirred = false;
  }

  #stir(): void {
    this.#stirred = true;
    this.#wake();
  }
}
