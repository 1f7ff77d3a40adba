import type { WriteStream } from 'node:tty';
import { words } from '../words/words.js';

/** How far something is, on one line of a terminal; silent where nobody looks. */
export class ProgressLine {
  #shown = false;

  constructor(private readonly stream: WriteStream) {}

  /** @param what is going on, in a few words. */
  show(what: string, done: number, total: number): void {
    if (!this.stream.isTTY) return;
    this.#shown = true;
    this.stream.write(`\r${words().command.progress(what, done, total)}\u001b[K`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
