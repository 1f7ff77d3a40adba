import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An HSS that takes every request and never answers. It shows whether the connections of its callers are open. */
export class SilentHss {
  readonly #connections = new Set<Socket>();
  readonly #server: Server;
  /** Requests that have come. */
  requests = 0;

  private constructor() {
    this.#server = createServer(() => {
      this.requests += 1;
    }).on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
  }

  static async start(): Promise<SilentHss> {
    const hss = new SilentHss();
    await new Promise<void>((resolve) => hss.#server.listen(0, '127.0.0.1', resolve));
    return hss;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Settings that lead the program here. */
  get settings(): Record<string, string> {
    return {
      CLOUD_SDK_AK: 'EXAMPLEAK',
      CLOUD_SDK_SK: 'EXAMPLESK',
      HSS_REGION: 'cn-north-4',
      HSS_PROJECT_ID: '0123456789abcdef0123456789abcdef',
      HSS_ENDPOINT: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`,
    };
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
