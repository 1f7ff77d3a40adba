import { assertTimeLeft, type CallLimits, within } from './limits.js';

/** Time that a shared task may take, in milliseconds; it belongs to no single caller, so it has its own limit. */
const LIMIT_MS = 20_000;

/**
 * One task a key, shared by all who ask while it runs; its result is kept, its failure is not. A caller whose call is
 * over leaves; the task goes on for the others.
 */
export class SharedTask<T> {
  readonly #running = new Map<string, Promise<T>>();
  readonly #kept = new Map<string, T>();

  /** @throws {CallOver} when the caller's call is over, and whatever the task throws. */
  async get(key: string, start: (limits: CallLimits) => Promise<T>, caller: CallLimits): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    // Who cannot wait for it begins nothing.
    assertTimeLeft(caller);
    return within(this.#running.get(key) ?? this.#start(key, start), caller);
  }

  /** Drops what is kept under `key` when `test` holds for it. */
  forget(key: string, test: (kept: T) => boolean): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined && test(kept)) this.#kept.delete(key);
  }

  async #start(key: string, start: (limits: CallLimits) => Promise<T>): Promise<T> {
    const task = start({ signal: AbortSignal.timeout(LIMIT_MS), deadline: performance.now() + LIMIT_MS });
    this.#running.set(key, task);
    try {
      const result = await task;
      this.#kept.set(key, result);
      return result;
    } finally {
      this.#running.delete(key);
    }
  }
}
