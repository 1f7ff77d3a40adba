import { assertTimeLeft, type CallLimits, CallOver, within } from '../call/limits.js';
import { retryAfterMs, withRetries } from '../http/retry.js';
import { HttpFailure, type HttpResponse, type HttpTransport } from '../http/transport.js';
import type { Log } from '../log.js';
import { VERSION } from '../version.js';
import { BeyondBounds, parseBounded } from './bounded-json.js';
import { isError, readApiError, requestIdOf } from './error-body.js';
import {
  failureOfContent,
  failureOfExchange,
  failureOfPace,
  failureOfResponse,
  failureOfTime,
  type OperationInfo,
} from './failures.js';
import { type Ending, NotInTime, namedRate, type Paces } from './pace.js';
import type { ApiRequest, Authenticator } from './request.js';

const USER_AGENT = `huaweicloud-hss-mcp/${VERSION}`;

/** Rows of a list; only a page of pairs and IAM's list of projects may have more. */
const MOST_ROWS = 200;

/** A good answer, and what its body holds: undefined when that is no JSON. */
export interface ApiAnswer extends HttpResponse {
  readonly json: unknown;
}

export interface ApiOptions {
  readonly maxRetries: number;
  readonly log: Log;
  readonly paces: Paces;
  /**
   * The gate that every request passes before anything is sent or signed.
   * @throws {Failure} for an origin or a region that these credentials must not reach.
   */
  admit(request: Pick<ApiRequest, 'origin' | 'region'>): void;
}

/** Authenticated calls of a Huawei Cloud API: admitted, at a pace, with retries and one renewal of an expired token. */
export class CloudApi {
  constructor(
    private readonly transport: HttpTransport,
    private readonly authenticator: Authenticator,
    private readonly options: ApiOptions,
  ) {}

  /**
   * Sends a request; each attempt is authenticated anew, so that a signature never ages.
   * @returns the answer, always of status 2xx and without an error in its body.
   * @throws {Failure} for everything else.
   */
  async send(operation: OperationInfo, request: ApiRequest, limits: CallLimits): Promise<ApiAnswer> {
    this.options.admit(request);
    const attempt = () => this.#attemptWithRenewal(operation, request, limits);
    const { maxRetries } = this.options;
    const response = await withRetries(attempt, operation.repeatability, maxRetries, limits).catch((error: unknown) => {
      throw failureOf(operation, request, error);
    });
    if (response.status < 200 || response.status >= 300) throw this.#refusal(operation, request, response);
    const json = this.#parse(operation, response);
    if (isError(json)) throw failureOfResponse(operation, response);
    return { ...response, json };
  }

  /** A refusal for too many requests says when there is a place again. */
  #refusal(operation: OperationInfo, request: ApiRequest, response: HttpResponse): Error {
    if (response.status !== 429) return failureOfResponse(operation, response);
    const waitMs = this.options.paces.of(request.region, operation.name).waitMs();
    return failureOfResponse(operation, response, Math.ceil(waitMs / 1000));
  }

  #parse(operation: OperationInfo, response: HttpResponse): unknown {
    try {
      return parseBounded(response.body, { rows: operation.mostRows ?? MOST_ROWS });
    } catch (error) {
      if (error instanceof BeyondBounds) throw failureOfContent(operation, response, error.message);
      throw error;
    }
  }

  async #attemptWithRenewal(operation: OperationInfo, request: ApiRequest, limits: CallLimits): Promise<HttpResponse> {
    const headers = await this.#authenticated(request, limits);
    const response = await this.#exchange(operation, request, headers, limits);
    const expired = response.status === 401 && readApiError(response).code === 'APIGW.0307';
    if (!expired || !this.authenticator.renew?.(request, headers)) return response;
    const renewed = await this.#authenticated(request, limits);
    return this.#exchange(operation, request, renewed, limits);
  }

  /** Most requests are signed at once, and wait for nobody. */
  #authenticated(request: ApiRequest, limits: CallLimits): ReturnType<Authenticator['authenticate']> {
    const headers = this.authenticator.authenticate(request, limits);
    return headers instanceof Promise ? within(headers, limits) : headers;
  }

  /** One request at the pace of its operation. */
  async #exchange(
    operation: OperationInfo,
    request: ApiRequest,
    headers: Readonly<Record<string, string>>,
    limits: CallLimits,
  ): Promise<HttpResponse> {
    const place = await this.options.paces.of(request.region, operation.name).take(limits);
    let ending: Ending = { kind: 'lost' };
    try {
      assertTimeLeft(limits);
      const response = await this.#traced(operation, request, headers, limits);
      ending = response.status === 429 ? throttled(response) : { kind: 'answered' };
      return response;
    } finally {
      place.giveBack(ending);
    }
  }

  async #traced(
    operation: OperationInfo,
    { origin, method, path, query, body, file }: ApiRequest,
    headers: Readonly<Record<string, string>>,
    limits: CallLimits,
  ): Promise<HttpResponse> {
    const begun = performance.now();
    const trace = (fields: Record<string, unknown>) =>
      this.options.log('debug', operation.name, { ...fields, ms: Math.round(performance.now() - begun) });
    try {
      const response = await this.transport.exchange(
        {
          origin,
          method,
          target: query ? `${path}?${query}` : path,
          headers: { ...headers, 'User-Agent': USER_AGENT },
          ...(body !== undefined && { body }),
          ...(file && { file }),
        },
        limits,
      );
      trace({ status: response.status, request_id: requestIdOf(response) });
      return response;
    } catch (error) {
      trace({ failure: error instanceof HttpFailure ? error.kind : 'unexpected' });
      throw error;
    }
  }
}

function throttled(response: HttpResponse): Ending {
  const rate = namedRate(readApiError(response).said);
  return { kind: 'throttled', rate, retryAfterMs: retryAfterMs(response) };
}

function failureOf(operation: OperationInfo, request: ApiRequest, error: unknown): unknown {
  if (error instanceof HttpFailure) return failureOfExchange(operation, error, request.origin);
  if (error instanceof NotInTime) return failureOfPace(operation, Math.ceil(error.waitMs / 1000));
  if (error instanceof CallOver) return failureOfTime(operation, error);
  return error;
}
