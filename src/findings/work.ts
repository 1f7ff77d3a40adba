import type { HssOperationName } from '../hss/operations.js';
import type { Step, Wait } from './step.js';

/** So many requests of one operation are looked ahead; what is beyond follows when they are in. */
export const AHEAD = 16;

/** What is still to read for a question: the requests that can be made now, and how many each operation needs in all. */
export class Work {
  readonly steps: Step[] = [];
  readonly left = new Map<HssOperationName, number>();

  readonly #planned = new Map<HssOperationName, number>();

  constructor(readonly wait: Wait) {}

  /** How many more requests of an operation are worth looking ahead. */
  room(operation: HssOperationName): number {
    return Math.max(0, AHEAD - (this.#planned.get(operation) ?? 0));
  }

  /** @param left how many requests these are the first of. */
  add(steps: readonly Step[], left: number = steps.length): void {
    const [first] = steps;
    if (!first) return;
    for (const step of steps) this.steps.push(step);
    this.#planned.set(first.operation, (this.#planned.get(first.operation) ?? 0) + steps.length);
    this.owe(first.operation, left);
  }

  /** Counts requests that will be needed and cannot be made yet. */
  owe(operation: HssOperationName, requests: number): void {
    if (requests > 0) this.left.set(operation, (this.left.get(operation) ?? 0) + requests);
  }
}
