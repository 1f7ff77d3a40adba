import { Agent, type Dispatcher } from 'undici';
import { assertTimeLeft, type CallLimits } from '../call/limits.js';
import { words } from '../words/words.js';
import { goesAround, isRefusedByProxy, type ProxyOptions, proxyDispatcher } from './proxy.js';

/** A request whose every byte is fixed: what was signed is what is sent. */
export interface HttpRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path and query as they go on the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Set where a good answer is a file. */
  readonly file?: ExpectedFile;
}

/** What a file that is asked for is known by, and how much of it is taken. */
export interface ExpectedFile {
  /** Its first bytes; what begins in another way is no such file and is read as text. */
  readonly beginning: Uint8Array;
  readonly mostBytes: number;
}

/** A complete answer. Header names are in lower case; the body is UTF-8 text. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The bytes of a file that was asked for, in pieces as they came; the body is empty then. */
  readonly file?: readonly Uint8Array[];
}

/**
 * Why there is no complete answer: no connection (`connect`: refused, DNS, not in time, a proxy that gets no further;
 * `proxy`: the proxy refuses; `tls`: the certificate is not trusted), `timeout` after the request had begun to go out,
 * `reset` before the answer began, `truncated` after it, an answer that is refused (`too-large`, `encoded`), or
 * `aborted` by the caller.
 */
export type HttpFailureKind =
  | 'connect'
  | 'proxy'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'truncated'
  | 'too-large'
  | 'encoded'
  | 'aborted';

export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly kind: HttpFailureKind,
    /** Whether the request had begun to go out. If so the server may have carried it out. */
    readonly started: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface TransportOptions {
  /** Limit of one exchange from start to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  readonly proxy?: ProxyOptions;
}

/** Largest answer that is read, in bytes. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

const CONNECT_TIMEOUT_MS = 10_000;
/** What one address of a host gets before the next is tried, too: Node's own quarter of a second gives up a far one. */
const ADDRESS_TIMEOUT_MS = 3_000;

/**
 * HTTP over undici with keep-alive, around or through a proxy. It follows no redirect, asks for no encoding, and verifies TLS
 * whatever the environment says. Knows nothing of HSS.
 */
export class HttpTransport {
  readonly #direct: Dispatcher;
  readonly #proxied: Dispatcher | undefined;
  readonly #noProxy: string;
  readonly #timeoutMs: number;

  constructor(options: TransportOptions) {
    this.#timeoutMs = options.timeoutMs;
    // NODE_TLS_REJECT_UNAUTHORIZED=0 only changes a default, so every TLS connection is told otherwise.
    const { proxy, timeoutMs } = options;
    const timeout = Math.min(CONNECT_TIMEOUT_MS, timeoutMs);
    const connect = {
      rejectUnauthorized: true as const,
      timeout,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: Math.min(ADDRESS_TIMEOUT_MS, Math.ceil(timeout / 2)),
    };
    // undici's own clocks are off: ours covers the whole exchange.
    const connection = { connect, headersTimeout: 0, bodyTimeout: 0 };
    this.#direct = new Agent(connection);
    this.#proxied = proxy && proxyDispatcher(proxy.url, connection, timeoutMs);
    this.#noProxy = proxy?.noProxy ?? '';
  }

  /**
   * Sends `request` once and reads the whole answer, whatever its status.
   * @throws {HttpFailure} when there is no complete, acceptable answer.
   * @throws {CallOver} when no time is left to begin.
   */
  async exchange(request: HttpRequest, limits: CallLimits): Promise<HttpResponse> {
    assertTimeLeft(limits);
    const timeoutMs = Math.min(this.#timeoutMs, limits.deadline - performance.now());
    const proxied = this.#proxied && !goesAround(request.origin, this.#noProxy) ? this.#proxied : this.#direct;
    return new Exchange(proxied, request, timeoutMs, limits.signal).response;
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.destroy(), this.#proxied?.destroy()]);
  }
}

/** One request and its answer. undici's low-level handler tells what `request()` hides: whether sending had begun. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<HttpResponse>;
  readonly #chunks: Buffer[] = [];
  #started = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #size = 0;
  readonly #expected: ExpectedFile | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #failure: HttpFailure | undefined;
  readonly #settle: () => void;
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (failure: HttpFailure) => void = () => {};

  constructor(dispatcher: Dispatcher, request: HttpRequest, timeoutMs: number, signal: AbortSignal) {
    this.response = new Promise<HttpResponse>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#expected = request.file;
    const onAbort = () => this.#fail('aborted', words().failures.cancelled);
    const timer = setTimeout(() => this.#onTimeout(Math.round(timeoutMs)), timeoutMs);
    this.#settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    const { origin, method, target, headers, body } = request;
    dispatcher.dispatch({ origin, method, path: target, headers, ...(body !== undefined && { body }) }, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure);
    else this.#started = true;
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    this.#status = status;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
    const encoding = this.#headers['content-encoding'];
    if (encoding && encoding.toLowerCase() !== 'identity') {
      const known = /^[\w-]{1,20}$/.test(encoding) ? encoding : undefined;
      this.#fail('encoded', words().transport.encoded(known));
    }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    const most = this.#isFile() ? (this.#expected?.mostBytes ?? 0) : MAX_RESPONSE_BYTES;
    if (this.#size <= most) return;
    this.#chunks.length = 0;
    this.#fail('too-large', words().transport.too_large(most));
  }

  onResponseEnd(): void {
    this.#settle();
    const [status, headers] = [this.#status, this.#headers];
    if (this.#isFile()) this.#resolve({ status, headers, body: '', file: this.#chunks });
    else this.#resolve({ status, headers, body: Buffer.concat(this.#chunks).toString('utf8') });
  }

  /** Whether what came so far is the file that was asked for: an error that comes in its place is text. */
  #isFile(): boolean {
    if (!this.#expected || this.#status !== 200) return false;
    const { beginning } = this.#expected;
    // No piece is empty, so that so many hold it, however small they are.
    const begun = Buffer.concat(this.#chunks.slice(0, beginning.length));
    return begun.subarray(0, beginning.length).equals(beginning);
  }

  onResponseError(_: unknown, error: Error): void {
    const reason = rootOf(error);
    const say = words().transport;
    if (this.#status > 0) this.#fail('truncated', say.ended_within(reason), error);
    else if (this.#started) this.#fail('reset', say.ended_before(reason), error);
    // The text of the error holds names from a certificate that nobody vouches for; its code says enough.
    else if (isUntrusted(error)) this.#fail('tls', say.untrusted(tlsCodeOf(error)), error);
    else if (isRefusedByProxy(error)) this.#fail('proxy', say.proxy_refused(reason), error);
    else this.#fail('connect', say.no_connection(reason), error);
  }

  /** As long as nothing was sent, there was no connection in time, and it is as if there had been none. */
  #onTimeout(ms: number): void {
    const say = words().transport;
    if (this.#started) this.#fail('timeout', say.no_answer_within(ms));
    else this.#fail('connect', say.no_connection_within(ms));
  }

  #fail(kind: HttpFailureKind, message: string, cause?: Error): void {
    if (this.#failure) return;
    this.#failure = new HttpFailure(kind, this.#started, message, { cause });
    this.#settle();
    this.#reject(this.#failure);
    this.#controller?.abort(this.#failure);
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Code and text of the error at the bottom, e.g. of the one address of many that failed first. */
function rootOf(error: Error): string {
  const root = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return [codeOf(root), root.message].filter(Boolean).join(': ');
}

function isUntrusted(error: Error): boolean {
  return /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_)/.test(tlsCodeOf(error));
}

function tlsCodeOf(error: Error): string {
  return codeOf(error.cause instanceof Error ? error.cause : error);
}
