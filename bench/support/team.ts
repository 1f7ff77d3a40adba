import { NotInTime, namedRate, Pace } from '../../src/cloud/pace.js';
import { GatewayError } from '../../src/sandbox/errors.js';
import { type LimitOptions, Limits } from '../../src/sandbox/limits.js';
import { MadeUpClock } from './made-up-clock.js';

export interface Team {
  readonly assistants: number;
  /** Requests of one operation that each assistant needs, one after the other. */
  readonly requests: number;
  readonly limits: LimitOptions;
  /** Whether all use one access key, or each has its own. */
  readonly keys: 'one' | 'each';
  readonly seed?: number;
}

export interface TeamFigures {
  readonly answered: number;
  /** Requests that were neither answered nor are still being tried when the clock stands still. */
  readonly lost: number;
  /** Answers 429. */
  readonly throttled: number;
  /** Calls that ended with the advice to call again later. */
  readonly putOff: number;
  /** Milliseconds from the first wish to the last answer, of each assistant, shortest first. */
  readonly waits: readonly number[];
  /** Milliseconds until the last of them was through. */
  readonly took: number;
}

/** No call lasts longer. */
const CALL_MS = 46_000;
/** How a call repeats what was refused: as src/http/retry.ts does it, which has no made-up clock. */
const REPEATS = 2;
const FIRST_DELAY_MS = 300;
/** What a model needs at least before it calls again. */
const TURN_MS = 5_000;
/** Assistants begin somewhere in the first minute. */
const BEGIN_WITHIN_MS = 60_000;

/**
 * Many assistants on one tenant: each a process of its own, so with a pace of its own, which is the program's own code;
 * in front of them the limits of the embedded HSS. Time is made up.
 */
export async function simulate({ assistants, requests, limits, keys, seed = 1 }: Team): Promise<TeamFigures> {
  const clock = new MadeUpClock();
  const gate = new Limits(limits, clock.now);
  const random = generator(seed);
  const waits: number[] = [];
  let answered = 0;
  let throttled = 0;
  let putOff = 0;
  let ended = 0;

  /** One request, and what became of it. */
  const attempt = async (pace: Pace, user: string, deadline: number): Promise<boolean> => {
    const { signal } = new AbortController();
    const place = await pace.take({ signal, deadline });
    await clock.wait(20 + random() * 20);
    let refusal: GatewayError | undefined;
    try {
      gate.check('ListImageLocal', user);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      refusal = error;
    }
    await clock.wait(20 + random() * 20);
    place.giveBack(refusal ? { kind: 'throttled', rate: namedRate(refusal.message) } : { kind: 'answered' });
    return !refusal;
  };

  /** One call of a tool: a refusal is tried again soon, but not often. @returns ms after which to call again, or nothing. */
  const call = async (pace: Pace, user: string): Promise<number | undefined> => {
    const deadline = clock.now() + CALL_MS;
    try {
      for (let tries = 0; ; tries += 1) {
        if (await attempt(pace, user, deadline)) return undefined;
        throttled += 1;
        const delay = random() * FIRST_DELAY_MS * 2 ** tries;
        if (tries === REPEATS || clock.now() + delay >= deadline) return pace.waitMs();
        await clock.wait(delay);
      }
    } catch (error) {
      if (error instanceof NotInTime) return error.waitMs;
      throw error;
    }
  };

  /** Calls until there is an answer, and each time waits as long as it is told to. */
  const insist = async (pace: Pace, user: string): Promise<void> => {
    for (let wait = await call(pace, user); wait !== undefined; wait = await call(pace, user)) {
      putOff += 1;
      await clock.wait(Math.max(TURN_MS, Math.ceil(wait / 1000) * 1000));
    }
    answered += 1;
  };

  const assistant = async (name: number): Promise<void> => {
    await clock.wait(random() * BEGIN_WITHIN_MS);
    const begun = clock.now();
    const pace = new Pace(clock);
    for (let request = 0; request < requests; request += 1) {
      await insist(pace, keys === 'one' ? 'key' : `key ${name}`);
    }
    waits.push(clock.now() - begun);
    ended += 1;
  };

  const all = Promise.all(Array.from({ length: assistants }, (_, name) => assistant(name)));
  await clock.run(() => ended === assistants);
  if (ended === assistants) await all;
  const took = clock.now();
  return {
    answered,
    lost: assistants * requests - answered,
    throttled,
    putOff,
    waits: waits.sort((a, b) => a - b),
    took,
  };
}

/** The same numbers from 0 to 1 for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
