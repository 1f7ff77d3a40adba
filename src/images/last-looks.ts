import { SearchMemory } from './find.js';
import type { ScanSnapshot } from './follow.js';

/** Scans whose last look is kept at most; the oldest go first. */
const MOST_KEPT = 50;

/** What was seen last of each scan that is followed: an answer where the limit of requests leaves no place for a look. */
export class LastLooks {
  readonly #looks = new Map<string, ScanSnapshot>();
  readonly #memories = new Map<string, SearchMemory>();

  /** @param scan whatever tells scans apart. */
  of(scan: string): ScanSnapshot | undefined {
    return this.#looks.get(scan);
  }

  /** What looks at the scan have seen so far, for those that take several looks to see all. */
  memoryOf(scan: string): SearchMemory {
    const known = this.#memories.get(scan);
    if (known) return known;
    const memory = new SearchMemory();
    this.#memories.set(scan, memory);
    for (const oldest of [...this.#memories.keys()].slice(0, -MOST_KEPT)) this.#memories.delete(oldest);
    return memory;
  }

  keep(scan: string, { nextLookAt: _, ...seen }: ScanSnapshot): void {
    this.#looks.delete(scan);
    this.#looks.set(scan, seen);
    for (const oldest of [...this.#looks.keys()].slice(0, -MOST_KEPT)) this.#looks.delete(oldest);
  }

  close(): void {
    this.#looks.clear();
    this.#memories.clear();
  }
}
