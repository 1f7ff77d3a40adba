import { type AddressInfo, connect, type Server, type Socket } from 'node:net';

/** A server on 127.0.0.1 that remembers its connections, so that a test can end all of them at once. */
export class Listener {
  readonly #sockets = new Set<Socket>();

  constructor(readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Starts to listen, on a free port unless one is named. @returns the port. */
  async open(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection and goes on listening. */
  endConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.endConnections();
    await closed;
  }
}

/** Joins a connection with a port of this machine; each side ends with the other. */
export function pipeTo(port: number, client: Socket): void {
  const upstream = connect(port, '127.0.0.1');
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
  client.pipe(upstream).pipe(client);
}
