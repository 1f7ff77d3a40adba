/** The calls that are under way, so that the program can wait for them before it ends. */
export class RunningCalls {
  readonly #calls = new Set<Promise<unknown>>();

  /** Keeps a call in mind until it has ended. */
  track<T>(call: Promise<T>): Promise<T> {
    this.#calls.add(call);
    const forget = () => this.#calls.delete(call);
    call.then(forget, forget);
    return call;
  }

  /** Resolves when no call runs any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#calls);
  }
}
