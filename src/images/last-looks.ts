import { SearchMemory } from './find.js';
import type { ScanSnapshot } from './follow.js';

/** Scans of which something is kept at most; the oldest go first. */
const MOST_KEPT = 50;

interface Kept {
  readonly memory: SearchMemory;
  look?: ScanSnapshot;
}

/** What was seen last of each scan that is followed: an answer where the limit of requests leaves no place for a look. */
export class LastLooks {
  readonly #kept = new Map<string, Kept>();

  /** @param scan whatever tells scans apart. */
  of(scan: string): ScanSnapshot | undefined {
    return this.#kept.get(scan)?.look;
  }

  /** What looks at the scan have seen so far, for those that take several looks to see all. */
  memoryOf(scan: string): SearchMemory {
    return this.#of(scan).memory;
  }

  keep(scan: string, { nextLookAt: _, ...seen }: ScanSnapshot): void {
    this.#of(scan).look = seen;
  }

  close(): void {
    this.#kept.clear();
  }

  /** The one looked at last stands last. */
  #of(scan: string): Kept {
    const kept = this.#kept.get(scan) ?? { memory: new SearchMemory() };
    this.#kept.delete(scan);
    this.#kept.set(scan, kept);
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(oldest);
    return kept;
  }
}
