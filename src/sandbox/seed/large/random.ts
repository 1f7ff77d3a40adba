/** Numbers that look like chance and are the same for the same seed (mulberry32, which is in the public domain). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @throws {RangeError} for an empty list. */
  pick<T>(items: readonly T[]): T {
    const index = this.below(items.length);
    if (!(index in items)) throw new RangeError('nothing to pick from');
    return items[index] as T;
  }

  /** The index of one of the weights, in proportion to them. */
  weighted(weights: readonly number[]): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let left = this.next() * total;
    const found = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return Math.max(found, 0);
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((left, right) => left.place - right.place)
      .map(({ item }) => item);
  }

  /** Hexadecimal digits in lower case; beyond the first sixteen they repeat. */
  hex(length: number): string {
    const digits = this.#eightDigits() + this.#eightDigits();
    return digits.repeat(Math.ceil(length / digits.length)).slice(0, length);
  }

  uuid(): string {
    const digits = this.hex(16);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(0, 4)}-${digits.slice(4)}`;
  }

  #eightDigits(): string {
    return (this.below(2 ** 32) + 2 ** 32).toString(16).slice(1);
  }
}
