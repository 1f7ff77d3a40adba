import { createServer as createHttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate.js';
import { Listener, pipeTo } from './listener.js';

/** What a proxy does with CONNECT. */
export type TunnelMode =
  /** Leads to TLS with the right certificate, with one for another name, or with one that nobody vouches for. */
  | 'pass'
  | 'wrong-name'
  | 'untrusted'
  /** Leads to a server that speaks no TLS. */
  | 'no-tls'
  /** Like `pass`, but only after {@link LATE_MS}. */
  | 'late'
  /** Answers itself, with this status line. */
  | `HTTP/1.1 ${string}`
  /** Ends the connection, or never says anything. */
  | 'drop'
  | 'silent';

/** How long a late proxy takes, in ms. */
export const LATE_MS = 1_300;

export interface Certificates {
  /** For the names of HSS and IAM in the tests. */
  readonly right: Certificate;
  readonly wrongName: Certificate;
  /** In no list of authorities. */
  readonly untrusted: Certificate;
}

/** A proxy that leads every CONNECT, whatever its host, to one port of this machine, with TLS in front of it. */
export class Tunnel {
  readonly #proxy: Listener;
  readonly #fronts: Listener[] = [];
  readonly #ports = new Map<TunnelMode, number>();
  /** Every CONNECT: host and port, and the credentials that came with it. */
  readonly asked: string[] = [];
  #mode: TunnelMode = 'pass';
  port = 0;

  private constructor() {
    const proxy = createHttpServer();
    proxy.on('connect', ({ url, headers }, client: Socket) => {
      this.asked.push(`${url} ${headers['proxy-authorization'] ?? ''}`.trim());
      this.#treat(client);
    });
    this.#proxy = new Listener(proxy);
  }

  static async open(target: number, { right, wrongName, untrusted }: Certificates): Promise<Tunnel> {
    const tunnel = new Tunnel();
    for (const [mode, certificate] of [
      ['pass', right],
      ['wrong-name', wrongName],
      ['untrusted', untrusted],
    ] as const) {
      const front = new Listener(createTlsServer(certificate, (socket) => pipeTo(target, socket)) as Server);
      tunnel.#fronts.push(front);
      tunnel.#ports.set(mode, await front.open());
    }
    tunnel.#ports.set('no-tls', target);
    tunnel.port = await tunnel.#proxy.open();
    return tunnel;
  }

  /** Changes what happens from now on; connections that exist are ended. */
  set(mode: TunnelMode): void {
    this.#mode = mode;
    this.#endConnections();
  }

  async close(): Promise<void> {
    this.#endConnections();
    await Promise.all([this.#proxy, ...this.#fronts].map((listener) => listener.close()));
  }

  #endConnections(): void {
    for (const listener of [this.#proxy, ...this.#fronts]) listener.endConnections();
  }

  #treat(client: Socket): void {
    const mode = this.#mode;
    const port = this.#ports.get(mode);
    const pass = (to: number) => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      pipeTo(to, client);
    };
    if (port !== undefined) pass(port);
    else if (mode === 'late') setTimeout(() => pass(this.#ports.get('pass') ?? 0), LATE_MS);
    else if (mode === 'drop') client.destroy();
    else if (mode !== 'silent') client.end(`${mode}\r\nContent-Length: 0\r\n\r\n`);
  }
}
