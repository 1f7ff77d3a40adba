import { setMaxListeners } from 'node:events';
import type { CallLimits } from '../../src/call/limits.js';
import { FindingsIndex, type FindingsIndexOptions } from '../../src/findings/findings-index.js';
import type { FakeHss } from './fake-hss.js';

/** A call that has all the time it needs. */
export function patient(): CallLimits {
  return { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
}

/** A call that has to answer after `ms`. */
export function within(ms: number): CallLimits {
  // The index keeps a moment for the answer.
  return { signal: new AbortController().signal, deadline: performance.now() + 1_500 + ms };
}

export function indexOf(hss: FakeHss, options: Partial<FindingsIndexOptions> = {}): FindingsIndex {
  const signal = options.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  return new FindingsIndex({ hss, region: 'cn-north-4', log: () => {}, ...options, signal });
}
