import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work without a pause, in milliseconds. */
const STRETCH_MS = 15;

/** Long work in stretches: what else waits in the event loop (a cancellation, an answer) gets its turn between them. */
export class Breath {
  #since = performance.now();

  /** Pauses when the present stretch has been long enough. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < STRETCH_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
