import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';

const NEVER_PROXIED = 'localhost,127.0.0.1,[::1]';

export interface ProxyOptions {
  readonly url: string;
  /** Hosts that are reached without it, separated by commas. */
  readonly noProxy: string;
}

/** What holds for every connection, with or without a proxy. Times in milliseconds. */
interface ConnectionOptions {
  readonly connect: {
    readonly rejectUnauthorized: true;
    readonly timeout: number;
    readonly autoSelectFamily: boolean;
    readonly autoSelectFamilyAttemptTimeout: number;
  };
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}

/**
 * Connections that lead through a proxy by CONNECT, except those to this machine and to `noProxy`.
 * @param timeoutMs how long an answer to CONNECT is waited for: nobody else ends the wait for a proxy that says nothing.
 */
export function proxyDispatcher(
  { url, noProxy }: ProxyOptions,
  connection: ConnectionOptions,
  timeoutMs: number,
): Dispatcher {
  return new EnvHttpProxyAgent({
    ...connection,
    requestTls: connection.connect,
    proxyTls: connection.connect,
    clientFactory: (origin, options) => proxyPool(origin, { ...options, headersTimeout: timeoutMs }),
    // Empty text, not undefined, keeps undici from reading the environment by itself.
    httpProxy: '',
    httpsProxy: url,
    noProxy: `${NEVER_PROXIED},${noProxy}`,
  });
}

/**
 * Connections to the proxy. When it hangs up on CONNECT, undici (issue 3897, not mended in version 7) takes that for a
 * connection which was there and got lost, and asks again at once and without end. Under the name of a failed
 * connection it gives up.
 */
function proxyPool(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  const connect = pool.connect.bind(pool);
  return Object.assign(pool, {
    connect: (request: Dispatcher.ConnectOptions) =>
      connect(request).catch((error: Error & { code?: string }) => {
        if (error.code !== 'UND_ERR_SOCKET') throw error;
        throw Object.assign(new Error('the proxy ended the connection', { cause: error }), { code: 'ECONNRESET' });
      }),
  });
}

/** Whether the proxy itself refuses: a 4xx answer to CONNECT. 5xx means that it gets no further, which may pass. */
export function isRefusedByProxy(error: Error): boolean {
  return /^Proxy response \(4\d\d\)/.test(error.message);
}
