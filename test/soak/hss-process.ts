import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { HssOrder } from './orders.js';

const OUT = fileURLToPath(new URL('../../node_modules/.soak', import.meta.url));

/** The embedded HSS in a process of its own. It ends with the test process, however that ends. */
export class HssProcess {
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #next = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ number, value }: { number: number; value: unknown }) => {
      this.#waiting.get(number)?.(value);
      this.#waiting.delete(number);
    });
  }

  static async start(): Promise<HssProcess> {
    const build = await rolldown({
      input: fileURLToPath(new URL('hss.ts', import.meta.url)),
      platform: 'node',
      external: /^[^./]/,
    });
    // Below node_modules no package.json says what a .js file is.
    await build.write({ dir: OUT, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
    await build.close();
    const child = fork(join(OUT, 'hss.mjs'), [], { serialization: 'advanced', execArgv: [] });
    return new HssProcess(child);
  }

  tell<T = void>(order: HssOrder): Promise<T> {
    const number = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(number, (value) => resolve(value as T));
      this.child.send({ number, order });
    });
  }

  async close(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}
