import { BlockList, isIP } from 'node:net';
import { type Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { words } from '../words/words.js';
import { isLoopback } from './loopback.js';
import { decoded } from './userinfo.js';

export interface ProxyOptions {
  /** Address of the proxy, with user and password if it wants them. */
  readonly url: string;
  /** Hosts that are reached without it, as `NO_PROXY` lists them. */
  readonly noProxy: string;
}

/**
 * Connections that lead through a proxy by CONNECT.
 * @param connection what holds for every connection, with or without a proxy.
 * @param timeoutMs how long an answer to CONNECT is waited for: nobody else ends the wait for a proxy that says nothing.
 */
export function proxyDispatcher(url: string, connection: Agent.Options, timeoutMs: number): Dispatcher {
  const { origin, username, password } = new URL(url);
  const tls = connection.connect as object;
  return new ProxyAgent({
    ...connection,
    uri: origin,
    // undici decodes by itself and fails on a bare "%", which passwords have.
    ...(username && { token: basic(decoded(username), decoded(password)) }),
    requestTls: tls,
    proxyTls: tls,
    clientFactory: (proxy, options) => proxyPool(proxy, { ...options, headersTimeout: timeoutMs }),
  });
}

/** The header by which a user proves itself to a proxy. */
function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/**
 * Whether requests to `origin` go around the proxy: those to this machine always, and those to hosts of `noProxy`. Plain
 * http is spoken to this machine only: to the metadata service of an ECS, too, which gives out keys. As with curl, an
 * entry is a host (its subdomains included, with or without a dot before it), an address, a network such as
 * `10.0.0.0/8`, any of them with a port, or `*` for all; commas or spaces part them.
 */
export function goesAround(origin: string, noProxy: string): boolean {
  const { hostname, port, protocol } = new URL(origin);
  if (protocol === 'http:' || isLoopback(hostname)) return true;
  const host = hostname.replace(/^\[|\]$/g, '');
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => matches(entry, host, port || '443'));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, bracketed, plain, wanted] = /^(?:\[([^\]]*)\]|([^:]+|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '');
  if (name === '' || (wanted !== undefined && wanted !== port)) return false;
  return host === name || host.endsWith(`.${name}`) || isInNetwork(host, name);
}

function isInNetwork(host: string, network: string): boolean {
  const family = isIP(network.split('/')[0] ?? '') === 6 ? 'ipv6' : 'ipv4';
  const most = family === 'ipv6' ? 128 : 32;
  // An address alone is the network of itself: IPv6 has many spellings of one.
  const [address = '', prefix = String(most)] = network.split('/');
  if (!isIP(address) || !isIP(host) || !/^\d{1,3}$/.test(prefix) || Number(prefix) > most) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
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
        throw Object.assign(new Error(words().transport.proxy_hung_up, { cause: error }), { code: 'ECONNRESET' });
      }),
  });
}

/** Whether the proxy itself refuses: a 4xx answer to CONNECT. 5xx means that it gets no further, which may pass. */
export function isRefusedByProxy(error: Error): boolean {
  return /^Proxy response \(4\d\d\)/.test(error.message);
}
