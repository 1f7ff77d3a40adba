import type { Clock } from '../../src/cloud/pace.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  work: (() => void) | undefined;
}

/** A clock that goes on as soon as nothing is left to do: hours pass in seconds, in the same order each time. */
export class MadeUpClock implements Clock {
  #now = 0;
  #order = 0;
  /** A heap: the earliest timer first, and of two at one time the one that was set first. */
  readonly #timers: Timer[] = [];

  now = (): number => this.#now;

  after = (ms: number, work: () => void): (() => void) => {
    const timer: Timer = { at: this.#now + ms, order: this.#order++, work };
    this.#push(timer);
    return () => {
      timer.work = undefined;
    };
  };

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Lets time pass until `done`, or until nothing is left that could happen. */
  async run(done: () => boolean): Promise<void> {
    while (!done()) {
      const timer = this.#pop();
      if (!timer) return;
      if (!timer.work) continue;
      this.#now = Math.max(this.#now, timer.at);
      timer.work();
      // What the timer has set going comes as far as it can before the next one.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #push(timer: Timer): void {
    let index = this.#timers.push(timer) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!this.#isBefore(index, above)) return;
      this.#swap(index, above);
      index = above;
    }
  }

  #pop(): Timer | undefined {
    if (this.#timers.length === 0) return undefined;
    this.#swap(0, this.#timers.length - 1);
    const first = this.#timers.pop();
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const least = this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, index)) return first;
      this.#swap(index, least);
      index = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#timers[one], this.#timers[other]];
    if (!a || !b) return a !== undefined;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#timers[one], this.#timers[other]];
    if (!a || !b) return;
    this.#timers[one] = b;
    this.#timers[other] = a;
  }
}
