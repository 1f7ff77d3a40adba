import { Transform, type TransformCallback } from 'node:stream';

/** Longest line that is taken, in bytes: the SDK's own limit, beyond which it would close for good. */
const MAX_LINE_BYTES = 10 * 1024 * 1024;

/** The SDK counts the rest of one line and the next chunk together, so lines are handed on whole and a little shorter. */
const LIMIT = MAX_LINE_BYTES - 64 * 1024;

const NEWLINE = 0x0a;

/** Hands on whole lines; one that is too long is dropped up to its newline and reported, and the next one counts again. */
export class LineGuard extends Transform {
  #parts: Buffer[] = [];
  #size = 0;
  #dropping = false;

  constructor(private readonly onDropped: () => void) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#take(chunk.subarray(start, end + 1));
      this.#endLine();
      start = end + 1;
    }
    this.#take(chunk.subarray(start));
    done();
  }

  #take(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    this.#size += part.length;
    this.#parts.push(part);
    if (this.#size <= LIMIT) return;
    this.#dropping = true;
    this.#parts = [];
    this.onDropped();
  }

  #endLine(): void {
    if (!this.#dropping) this.push(this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts));
    this.#parts = [];
    this.#size = 0;
    this.#dropping = false;
  }
}
