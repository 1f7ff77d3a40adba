import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Listener, pipeTo } from './listener.js';

/** What a gate does with a connection. */
export type GateMode =
  | { readonly kind: 'pass' }
  /** Nobody listens. */
  | { readonly kind: 'refuse' }
  /** The request is read, then the connection is reset. */
  | { readonly kind: 'reset-on-request' }
  /** The connection stays open, and nothing ever comes back: what a half-open connection looks like from here. */
  | { readonly kind: 'silent' }
  /** These bytes instead of an answer, then the end of the connection. */
  | { readonly kind: 'bytes'; readonly bytes: string | Buffer }
  /** These bytes one by one, without an end. */
  | { readonly kind: 'trickle'; readonly bytes: string; readonly intervalMs: number };

/** Stands between a client and a port of this machine, and does to connections what no HTTP server would do. */
export class Gate {
  readonly #listener: Listener;
  #mode: GateMode = { kind: 'pass' };
  /** Port of the gate itself. */
  port = 0;
  /** How many requests have come while the gate did not let them pass. */
  caught = 0;

  private constructor(private readonly target: number) {
    this.#listener = new Listener(createServer((socket) => this.#treat(socket)));
  }

  static async open(target: number): Promise<Gate> {
    const gate = new Gate(target);
    gate.port = await gate.#listener.open();
    return gate;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#listener.connections;
  }

  /** Changes what happens from now on; connections that exist are ended. */
  async set(mode: GateMode): Promise<void> {
    this.#mode = mode;
    if (mode.kind === 'refuse') return this.#listener.close();
    this.#listener.endConnections();
    if (!this.#listener.server.listening) await this.#listener.open(this.port);
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  #treat(socket: Socket): void {
    const mode = this.#mode;
    if (mode.kind === 'pass') pipeTo(this.target, socket);
    else this.#catch(mode, socket);
  }

  /** Reads whole requests and does to each what the mode says. */
  #catch(mode: GateMode, socket: Socket): void {
    let request = '';
    socket.on('data', async (chunk) => {
      request += chunk.toString('latin1');
      if (!isComplete(request)) return;
      request = '';
      this.caught += 1;
      if (mode.kind === 'reset-on-request') socket.resetAndDestroy();
      else if (mode.kind === 'bytes') socket.end(mode.bytes);
      else if (mode.kind === 'trickle') await trickle(socket, mode.bytes, mode.intervalMs);
    });
  }
}

function isComplete(request: string): boolean {
  const head = request.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = Number(/^content-length: (\d+)/im.exec(request.slice(0, head))?.[1] ?? 0);
  return request.length >= head + 4 + length;
}

async function trickle(socket: Socket, bytes: string, intervalMs: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(byte);
    await sleep(intervalMs);
  }
}
