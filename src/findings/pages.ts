import { LARGEST_OFFSET, LARGEST_PAGE } from '../hss/every-row.js';

/**
 * Which pages of a list were read. Any page may be read at any time and again; HSS may give fewer rows than asked for,
 * so what follows a page begins after the rows that came.
 */
export class Pages {
  /** Rows of all pages, as the latest answer says; undefined before the first. */
  total: number | undefined;
  /** Rows read so far. */
  rows = 0;
  readonly #read = new Map<number, number>();
  /** Everything before it was read. */
  #front = 0;

  /** The first `most` offsets of pages that were not read. */
  missing(most: number): number[] {
    const offsets: number[] = [];
    for (let offset = this.#front; offsets.length < most && offset < this.#end(); ) {
      const rows = this.#read.get(offset);
      if (rows === undefined) offsets.push(offset);
      offset += rows ?? LARGEST_PAGE;
      // Before the first answer nobody knows whether there is a second page.
      if (this.total === undefined) break;
    }
    return offsets;
  }

  /** Keeps in mind that the page at `offset` brought `rows` rows of `total`; without a total the end is an empty page. */
  done(offset: number, rows: number, total: number | undefined): void {
    this.total = rows === 0 ? Math.min(offset, this.total ?? offset) : (total ?? offset + rows + 1);
    if (!this.#read.has(offset)) this.rows += rows;
    this.#read.set(offset, rows);
    for (;;) {
      const next = this.#read.get(this.#front);
      if (!next) return;
      this.#read.delete(this.#front);
      this.#front += next;
    }
  }

  get complete(): boolean {
    return this.total !== undefined && this.#front >= this.#end();
  }

  /** How many pages are still to read, as far as is known; at least one before the first answer. */
  get left(): number {
    if (this.complete) return 0;
    return Math.max(1, Math.ceil((this.#end() - this.#front) / LARGEST_PAGE) - this.#read.size);
  }

  #end(): number {
    return Math.min(this.total ?? 1, LARGEST_OFFSET);
  }
}
