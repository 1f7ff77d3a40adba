import { Transform, type TransformCallback } from 'node:stream';

/** Longest line that is taken, in bytes: the SDK's own limit, beyond which it would close for good. */
const MAX_LINE_BYTES = 10 * 1024 * 1024;

/** The SDK counts the rest of one line and the next chunk together, so lines are handed on whole and a little shorter. */
const LIMIT = MAX_LINE_BYTES - 64 * 1024;

const NEWLINE = 0x0a;

/** What a guard does with lines. */
export interface LineReader {
  /** @returns the bytes to hand on in the place of a line, its newline included. */
  read(line: Buffer): Buffer;
  /** Told of a line that was too long. */
  dropped(): void;
}

/** Hands on whole lines, as read; one that is too long is dropped up to its newline, and the next one counts again. */
export class LineGuard extends Transform {
  #parts: Buffer[] = [];
  #size = 0;
  #dropping = false;

  constructor(private readonly reader: LineReader) {
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
    this.reader.dropped();
  }

  #endLine(): void {
    const [only] = this.#parts;
    if (!this.#dropping && only) {
      const line = this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
      const read = this.reader.read(line);
      if (read.length > 0) this.push(read);
    }
    this.#parts = [];
    this.#size = 0;
    this.#dropping = false;
  }
}

/** Lets everything that is written to `stream` in one turn go out with one system call. */
export function gather(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let gathering = false;
  // The SDK waits for the same drain once for each answer of a turn, and Node would take that for a leak and say so.
  stream.setMaxListeners(0);
  stream.write = (...args: unknown[]) => {
    if (!gathering) {
      gathering = true;
      stream.cork();
      setImmediate(() => {
        gathering = false;
        stream.uncork();
      });
    }
    return write(...args);
  };
  return stream;
}
