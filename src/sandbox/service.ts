import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver, type Reply } from './delivery.js';
import { ApiError, GatewayError } from './errors.js';
import type { FaultQueue } from './faults.js';
import type { RecordedRequest, RequestLog } from './record.js';
import { type ReceivedRequest, readRequest } from './request.js';

/** Largest body that the gateway takes, in bytes. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/** What answers behind one listener. */
export interface Endpoint {
  /** Name of the operation that the request asks for; undefined for none. */
  operationOf(request: ReceivedRequest): string | undefined;
  /** @throws {ApiError} for every answer that is an error. */
  carryOut(request: ReceivedRequest): {
    readonly status: number;
    readonly body: object | Buffer | undefined;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** One HTTP listener on 127.0.0.1 with an endpoint behind it. */
export class Service {
  readonly #server: Server;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly region: string,
    private readonly shared: {
      readonly faults: FaultQueue;
      readonly requests: RequestLog;
      readonly now: () => number;
      /** How much later every answer goes out, in ms. */
      readonly latencyMs: number;
    },
  ) {
    this.#server = createServer(async (incoming, response) => {
      try {
        const request = await readRequest(incoming);
        const record = this.#record(request);
        if (shared.latencyMs > 0) await sleep(shared.latencyMs, undefined, { ref: false });
        const fault = shared.faults.take(record);
        await deliver({ response, record }, fault, () => this.#answer(request, record));
      } catch {
        // The client went away in the middle of its request: there is nobody to answer.
        response.destroy();
      }
    });
  }

  /** Starts to listen. @returns the origin, e.g. `http://127.0.0.1:40123`. */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        resolve(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
      });
    });
  }

  /** Stops listening and ends every connection. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #record({ method, target, headers, body }: ReceivedRequest & { readonly method: string }): RecordedRequest {
    const request = { method, target, headers, body };
    const record: RecordedRequest = {
      operation: this.endpoint.operationOf(request) ?? 'unknown',
      region: this.region,
      method,
      target,
      headers,
      body: body.toString('utf8'),
      carriedOut: false,
    };
    this.shared.requests.add(record);
    return record;
  }

  #answer(request: ReceivedRequest, record: RecordedRequest): Reply {
    const requestId = randomBytes(16).toString('hex');
    try {
      if (request.body.length > MAX_BODY_BYTES) throw new GatewayError(413, 'APIGW.0201', 'Request entity too large.');
      const { status, body, headers } = this.endpoint.carryOut(request);
      this.shared.requests.noteCarriedOut(record);
      return this.#reply(status, requestId, body, headers);
    } catch (error) {
      if (error instanceof ApiError) {
        return this.#reply(error.status, requestId, error.body(requestId), error.headers);
      }
      throw error;
    }
  }

  #reply(status: number, requestId: string, body: object | Buffer | undefined, headers = {}): Reply {
    return {
      status,
      headers: {
        'Content-Type': Buffer.isBuffer(body) ? 'application/zip' : 'application/json',
        Date: new Date(this.shared.now()).toUTCString(),
        // IAM calls its request ids trace ids.
        [this.region ? 'X-Request-Id' : 'X-IAM-Trace-Id']: requestId,
        ...headers,
      },
      body: Buffer.isBuffer(body) ? body : Buffer.from(body ? JSON.stringify(body) : ''),
    };
  }
}
