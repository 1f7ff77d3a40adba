/** A growing list of small whole numbers in four bytes each. */
export class Numbers {
  #items = new Uint32Array(4);
  length = 0;

  push(item: number): void {
    if (this.length === this.#items.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.length] = item;
    this.length += 1;
  }

  /** What is in the list so far, as it came. */
  view(): Uint32Array {
    return this.#items.subarray(0, this.length);
  }
}

/** The same numbers in order, each once. */
export function sortedSet(items: Iterable<number>): Uint32Array {
  const sorted = Uint32Array.from(items).sort();
  let length = 0;
  for (const item of sorted) {
    if (length > 0 && sorted[length - 1] === item) continue;
    sorted[length] = item;
    length += 1;
  }
  return sorted.slice(0, length);
}

/** Whether a list in order holds `item`. */
export function holds(sorted: Uint32Array, item: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < item) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === item;
}

/** Whether two lists in order are equal. */
export function sameNumbers(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
