import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Priority } from '../../src/call/limits.js';
import { type Clock, NotInTime, namedRate, Pace, type Place, type Rate } from '../../src/cloud/pace.js';

/** A clock that stands still until it is told to go on. */
class MadeUpClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly work: () => void }[] = [];

  now = () => this.#now;

  after = (ms: number, work: () => void) => {
    const timer = { at: this.#now + ms, work };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Lets time pass, and everything happen that falls into it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#timers.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.work();
    }
    this.#now = end;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

const FAR = 1e12;
const FOREVER_SIGNAL = new AbortController().signal;
setMaxListeners(0, FOREVER_SIGNAL);
const FOREVER = { signal: FOREVER_SIGNAL, deadline: FAR };
const MINUTE = 60_000;

/** A service that takes so many requests in any window, counted from the first one or in fixed minutes. */
class LimitedService {
  readonly arrivals: number[] = [];
  refused = 0;
  most = 0;
  #accepted: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly rate: Rate | undefined,
    private readonly windows: 'sliding' | 'fixed',
    private readonly says: 'numbers' | 'nothing' = 'nothing',
  ) {}

  async serve(pace: Pace, latencyMs: number, priority: Priority = 'foreground', limits = FOREVER): Promise<boolean> {
    const place = await pace.take({ ...limits, priority });
    return this.arrive(place, latencyMs);
  }

  arrive(place: Place, latencyMs: number): Promise<boolean> {
    const accepted = this.#take();
    return new Promise((resolve) => {
      this.clock.after(latencyMs, () => {
        const rate = this.says === 'numbers' ? this.rate : undefined;
        place.giveBack(accepted ? { kind: 'answered' } : { kind: 'throttled', rate });
        resolve(accepted);
      });
    });
  }

  #take(): boolean {
    const now = this.clock.now();
    this.arrivals.push(now);
    if (!this.rate) return true;
    const { limit, windowMs } = this.rate;
    const since = this.windows === 'sliding' ? now - windowMs : Math.floor(now / windowMs) * windowMs - 1e-6;
    this.#accepted = this.#accepted.filter((time) => time > since);
    this.most = Math.max(this.most, this.arrivals.filter((time) => time > since).length);
    if (this.#accepted.length >= limit) {
      this.refused += 1;
      return false;
    }
    this.#accepted.push(now);
    return true;
  }
}

/** Repeats a request until it is accepted, as a patient reader would. */
async function insist(service: LimitedService, pace: Pace, latencyMs: number, priority: Priority = 'foreground') {
  while (!(await service.serve(pace, latencyMs, priority)));
}

describe('the pace of an operation', () => {
  it('lets eight go at once where no limit is enforced, after one request went alone to find out', async () => {
    const clock = new MadeUpClock();
    const service = new LimitedService(clock, undefined, 'sliding');
    const pace = new Pace(clock);
    const done = Promise.all(Array.from({ length: 40 }, () => service.serve(pace, 100)));
    await clock.pass(99);
    expect(service.arrivals).toHaveLength(6);
    await clock.pass(1);
    expect(service.arrivals).toHaveLength(6 + 8);
    await clock.pass(10_000);
    expect(await done).toHaveLength(40);
    expect(clock.now()).toBe(10_100);
    expect(service.arrivals.at(-1)).toBeLessThanOrEqual(600);
  });

  it('holds the documented limit with one surprise, whether the text names numbers or not', async () => {
    for (const windows of ['sliding', 'fixed'] as const) {
      for (const says of ['numbers', 'nothing'] as const) {
        const clock = new MadeUpClock();
        const service = new LimitedService(clock, { limit: 5, windowMs: MINUTE }, windows, says);
        const pace = new Pace(clock);
        const done = Promise.all(Array.from({ length: 23 }, () => insist(service, pace, 60)));
        await clock.pass(6 * MINUTE);
        await done;
        expect(service.refused, `${windows}, ${says}`).toBe(1);
        expect(service.most).toBeLessThanOrEqual(6);
      }
    }
  });

  it('tries one more a window after five minutes without a 429, and takes it back on the next', async () => {
    const clock = new MadeUpClock();
    const service = new LimitedService(clock, { limit: 5, windowMs: MINUTE }, 'sliding', 'numbers');
    const pace = new Pace(clock);
    const done = Promise.all(Array.from({ length: 80 }, () => insist(service, pace, 60)));
    await clock.pass(20 * MINUTE);
    await done;
    // The first surprise, and one for each step that was one too many.
    expect(service.refused).toBeGreaterThan(1);
    expect(service.refused).toBeLessThanOrEqual(1 + 3);
    expect(service.most).toBeLessThanOrEqual(6);
  });

  it('finds the share of two processes on one key', async () => {
    const clock = new MadeUpClock();
    const service = new LimitedService(clock, { limit: 5, windowMs: MINUTE }, 'sliding', 'numbers');
    const paces = [new Pace(clock), new Pace(clock)];
    const begun = () =>
      paces.forEach((pace) => void Promise.all(Array.from({ length: 60 }, () => insist(service, pace, 60))));
    begun();
    await clock.pass(10 * MINUTE);
    const early = service.refused;
    const before = service.arrivals.length;
    await clock.pass(4 * MINUTE);
    expect(service.arrivals.length - before).toBeGreaterThanOrEqual(4 * 3);
    expect(service.refused - early).toBeLessThanOrEqual(4);
  });

  it('keeps to Retry-After, and never goes slower than one in two minutes', async () => {
    const clock = new MadeUpClock();
    const pace = new Pace(clock);
    const refuse = async (ending: { rate?: Rate; retryAfterMs?: number }) => {
      const taken = pace.take(FOREVER);
      await clock.pass(10 * MINUTE);
      (await taken).giveBack({ kind: 'throttled', ...ending });
    };
    await refuse({ retryAfterMs: 30_000 });
    expect(pace.waitMs()).toBe(30_000);
    for (let times = 0; times < 20; times += 1) await refuse({ rate: { limit: 1, windowMs: 3_600_000 } });
    expect(pace.waitMs('foreground', 1)).toBe(120_000);
    expect(pace.waitMs('foreground', 3)).toBe(360_000);
  });

  it('says at once when there is no place before the deadline, and how long it would take', async () => {
    const clock = new MadeUpClock();
    const service = new LimitedService(clock, { limit: 5, windowMs: MINUTE }, 'sliding');
    const pace = new Pace(clock);
    const six = Promise.all(Array.from({ length: 6 }, () => service.serve(pace, 10)));
    await clock.pass(1_000);
    await six;
    const error = await pace.take({ ...FOREVER, deadline: clock.now() + 45_000 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NotInTime);
    expect(error.waitMs).toBeGreaterThan(58_000);
    expect(error.waitMs).toBeLessThanOrEqual(60_000);
    expect(pace.waitMs('foreground', 6)).toBeGreaterThan(MINUTE);
  });

  it('gives a cancelled place to the next at once', async () => {
    const clock = new MadeUpClock();
    const pace = new Pace(clock);
    const places: Place[] = [];
    for (let taken = 0; taken < 6; taken += 1) places.push(await pace.take(FOREVER));
    const cancel = new AbortController();
    const cancelled = pace.take({ signal: cancel.signal, deadline: FAR });
    const next = pace.take(FOREVER);
    cancel.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
    await expect(pace.take({ signal: cancel.signal, deadline: FAR })).rejects.toThrow('cancelled');
    for (const place of places) place.giveBack({ kind: 'answered' });
    await next;
    // One is under way, so seven more fit: the cancelled ones left nothing behind.
    for (let taken = 0; taken < 7; taken += 1) await pace.take(FOREVER);
  });

  it('learns nothing from the request beyond the limit that the service took before others', async () => {
    const clock = new MadeUpClock();
    const pace = new Pace(clock);
    const places: Place[] = [];
    for (let taken = 0; taken < 6; taken += 1) places.push(await pace.take(FOREVER));
    let sent = 0;
    const more = Array.from({ length: 10 }, () => pace.take(FOREVER).then(() => (sent += 1)));
    const [first, ...others] = places.reverse();
    first?.giveBack({ kind: 'answered' });
    await clock.pass(50);
    expect(sent).toBe(0);
    // The fifth came to the service after the sixth.
    for (const [index, place] of others.entries()) place.giveBack({ kind: index === 0 ? 'throttled' : 'answered' });
    await clock.pass(MINUTE - 1_000);
    expect(sent).toBe(0);
    await clock.pass(2_000);
    expect(sent).toBe(5);
    expect(more).toHaveLength(10);
  });

  it('serves a person first, and the background still', async () => {
    const clock = new MadeUpClock();
    const service = new LimitedService(clock, { limit: 5, windowMs: MINUTE }, 'sliding');
    const pace = new Pace(clock);
    await Promise.all([clock.pass(1_000), ...Array.from({ length: 6 }, () => service.serve(pace, 10))]);
    const order: Priority[] = [];
    const all = (['background', 'foreground'] as const).flatMap((priority) =>
      Array.from({ length: 30 }, () => insist(service, pace, 10, priority).then(() => order.push(priority))),
    );
    await clock.pass(15 * MINUTE);
    await Promise.all(all);
    const first = order.slice(0, 32);
    expect(first.filter((priority) => priority === 'foreground').length).toBeGreaterThanOrEqual(27);
    expect(first).toContain('background');
    expect(order).toHaveLength(60);
  });

  it('is never above the limit, never stuck, and leaves no place taken', async () => {
    const request = fc.record({
      at: fc.integer({ min: 0, max: 3 * MINUTE }),
      latencyMs: fc.integer({ min: 0, max: 20_000 }),
      priority: fc.constantFrom<Priority>('foreground', 'background'),
      cancelAfterMs: fc.option(fc.integer({ min: 0, max: MINUTE }), { nil: undefined }),
      waitsMs: fc.option(fc.integer({ min: 0, max: 45_000 }), { nil: undefined }),
      lost: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('sliding' as const, 'fixed' as const),
        async (requests, limit, windows) => {
          const clock = new MadeUpClock();
          const service = new LimitedService(clock, { limit, windowMs: MINUTE }, windows, 'numbers');
          const pace = new Pace(clock);
          let [underWay, mostUnderWay, ended] = [0, 0, 0];
          for (const { at, latencyMs, priority, cancelAfterMs, waitsMs, lost } of requests) {
            clock.after(at, () => {
              const cancel = new AbortController();
              if (cancelAfterMs !== undefined) clock.after(cancelAfterMs, () => cancel.abort(new Error('cancelled')));
              const deadline = waitsMs === undefined ? FAR : clock.now() + waitsMs;
              pace
                .take({ signal: cancel.signal, deadline, priority })
                .then(async (place) => {
                  underWay += 1;
                  mostUnderWay = Math.max(mostUnderWay, underWay);
                  if (lost) clock.after(latencyMs, () => place.giveBack({ kind: 'lost' }));
                  else await service.arrive(place, latencyMs);
                  underWay -= 1;
                })
                .catch((error: Error) => expect(error.message).toMatch(/cancelled|no place in time/))
                .finally(() => {
                  ended += 1;
                });
            });
          }
          await clock.pass(60 * MINUTE);
          expect(ended).toBe(requests.length);
          expect(mostUnderWay).toBeLessThanOrEqual(8);
          // Before the first 429 up to eight are under way; the pace is kept from then on.
          expect(service.most).toBeLessThanOrEqual(Math.max(limit, 8) + 1);
          expect(pace.waitMs()).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the rate that a 429 names', () => {
  it.each([
    [
      'The throttling threshold has been reached: policy user over ratelimit,limit:5,time:1 minute',
      { limit: 5, windowMs: MINUTE },
    ],
    ['policy api over ratelimit,limit:200,time:1 second', { limit: 200, windowMs: 1_000 }],
    ['policy ip over ratelimit, limit: 200, time: 5 minute', { limit: 200, windowMs: 300_000 }],
    ['limit:0,time:1 minute', undefined],
    ['limit:5,time:0 minute', undefined],
    ['slow down', undefined],
    [undefined, undefined],
  ])('%s', (said, rate) => expect(namedRate(said)).toEqual(rate));
});
