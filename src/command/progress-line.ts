import type { WriteStream } from 'node:tty';

/** How far something is, on one line of a terminal; silent where nobody looks. */
export class ProgressLine {
  #shown = false;

  constructor(private readonly stream: WriteStream) {}

  /** @param what is going on, e.g. `Reading images and findings`. */
  show(what: string, done: number, total: number): void {
    if (!this.stream.isTTY) return;
    this.#shown = true;
    this.stream.write(`\r${what}: ${done} of ${total}\u001b[K`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
