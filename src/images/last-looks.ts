import type { ScanSnapshot } from './follow.js';

/** Scans whose last look is kept at most; the oldest go first. */
const MOST_KEPT = 50;

/** What was seen last of each scan that is followed: an answer where the limit of requests leaves no place for a look. */
export class LastLooks {
  readonly #looks = new Map<string, ScanSnapshot>();

  /** @param scan whatever tells scans apart. */
  of(scan: string): ScanSnapshot | undefined {
    return this.#looks.get(scan);
  }

  keep(scan: string, { nextLookAt: _, ...seen }: ScanSnapshot): void {
    this.#looks.delete(scan);
    this.#looks.set(scan, seen);
    for (const oldest of [...this.#looks.keys()].slice(0, -MOST_KEPT)) this.#looks.delete(oldest);
  }

  close(): void {
    this.#looks.clear();
  }
}
