import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Answers every request, but is deaf while the flag is 1: then it takes no connections out of its queue. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const flag = new Int32Array(workerData);
const server = createServer((_, response) => response.end('{}'));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => parentPort.postMessage(server.address().port));
setInterval(() => Atomics.wait(flag, 0, 1), 5);
`;

/** Connections that fill the queue of the server, and one more that shows that it is full. */
const FILLING = 4;

/**
 * A server on 127.0.0.1 whose queue of connections is full for a time, so that the system drops attempts to connect and
 * repeats them after a second: as slow as the network to a far address.
 */
export class SlowAddress {
  readonly #fillers: Socket[] = [];

  private constructor(
    private readonly worker: Worker,
    private readonly flag: Int32Array,
    readonly port: number,
  ) {}

  static async start(): Promise<SlowAddress> {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(SERVER, { eval: true, workerData: flag.buffer });
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    const slow = new SlowAddress(worker, flag, port);
    Atomics.store(flag, 0, 1);
    await sleep(50);
    for (let count = 0; count < FILLING; count += 1)
      slow.#fillers.push(connect(port, '127.0.0.1').on('error', () => {}));
    await sleep(50);
    return slow;
  }

  /** Takes connections again. */
  wake(): void {
    for (const filler of this.#fillers) filler.destroy();
    Atomics.store(this.flag, 0, 0);
    Atomics.notify(this.flag, 0);
  }

  async close(): Promise<void> {
    this.wake();
    await this.worker.terminate();
  }
}
