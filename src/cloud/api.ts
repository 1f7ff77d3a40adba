import type { ApiRequest, Authenticator } from '../auth/access-key.js';
import { canonicalQuery } from '../auth/signer.js';
import { withRetries } from '../http/retry.js';
import { type CallLimits, HttpFailure, type HttpResponse, type HttpTransport } from '../http/transport.js';
import type { Log } from '../log.js';
import { VERSION } from '../version.js';
import { readApiError, requestIdOf } from './error-body.js';
import { failureOfExchange, failureOfResponse, type OperationInfo } from './failures.js';

const USER_AGENT = `huaweicloud-hss-mcp/${VERSION}`;

/** Authenticated calls of a Huawei Cloud API, with retries and one renewal of an expired token. */
export class CloudApi {
  constructor(
    private readonly transport: HttpTransport,
    private readonly authenticator: Authenticator,
    private readonly options: { readonly maxRetries: number; readonly log: Log },
  ) {}

  /**
   * Sends a request; each attempt is authenticated anew, so that a signature never ages.
   * @returns the answer, always of status 2xx.
   * @throws {Failure} for everything else.
   */
  async send(operation: OperationInfo, request: ApiRequest, limits: CallLimits): Promise<HttpResponse> {
    const attempt = () => this.#attemptWithRenewal(operation, request, limits);
    const { maxRetries } = this.options;
    const response = await withRetries(attempt, operation.repeatability, maxRetries, limits).catch((error: unknown) => {
      throw error instanceof HttpFailure ? failureOfExchange(operation, error, request.origin) : error;
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw failureOfResponse(operation, response);
  }

  async #attemptWithRenewal(operation: OperationInfo, request: ApiRequest, limits: CallLimits): Promise<HttpResponse> {
    const headers = await this.authenticator.authenticate(request, limits);
    const response = await this.#exchange(operation, request, headers, limits);
    const expired = response.status === 401 && readApiError(response).code === 'APIGW.0307';
    if (!expired || !this.authenticator.renew?.(request, headers)) return response;
    return this.#exchange(operation, request, await this.authenticator.authenticate(request, limits), limits);
  }

  async #exchange(
    operation: OperationInfo,
    request: ApiRequest,
    headers: Readonly<Record<string, string>>,
    limits: CallLimits,
  ): Promise<HttpResponse> {
    const query = canonicalQuery(request.query);
    const begun = performance.now();
    const trace = (fields: Record<string, unknown>) =>
      this.options.log('debug', operation.name, { ...fields, ms: Math.round(performance.now() - begun) });
    try {
      const response = await this.transport.exchange(
        {
          origin: request.origin,
          method: request.method,
          target: query ? `${request.path}?${query}` : request.path,
          headers: { ...headers, 'User-Agent': USER_AGENT },
          ...(request.body !== undefined && { body: request.body }),
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
