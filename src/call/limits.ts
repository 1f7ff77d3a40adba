import { words } from '../words/words.js';

/** Who waits for a request: a person (`foreground`), or only the reading ahead of questions to come (`background`). */
export type Priority = 'foreground' | 'background';

/** Time that is left for a call, the way to end it early, and how urgent it is. */
export interface CallLimits {
  readonly signal: AbortSignal;
  /** When the call has to be over, in ms on the clock of `performance.now()`. */
  readonly deadline: number;
  /** `foreground` when absent. */
  readonly priority?: Priority;
}

/** Thrown by a wait inside a call when the call is cancelled or its time is up. The wait itself has sent nothing. */
export class CallOver extends Error {
  override readonly name = 'CallOver';

  constructor(readonly why: 'cancelled' | 'late') {
    super(words().failures[why]);
  }
}

/** @throws {CallOver} when nothing may be begun any more. */
export function assertTimeLeft({ signal, deadline }: CallLimits): void {
  if (signal.aborted) throw new CallOver('cancelled');
  if (deadline <= performance.now()) throw new CallOver('late');
}

/**
 * The result of `work`, as long as the call lasts. Who leaves does not end the work: it may serve others, too.
 * @throws {CallOver} as soon as the call is over.
 */
export function within<T>(work: Promise<T>, { signal, deadline }: CallLimits): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CallOver('cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const late = setTimeout(() => reject(new CallOver('late')), Math.max(0, deadline - performance.now()));
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', cancel);
      clearTimeout(late);
    });
  });
}
