import type { CallLimits } from '../http/transport.js';
import type { Secret } from '../text/secret.js';
import { type Query, type SigningKey, sign } from './signer.js';

/** A request to HSS or IAM before authentication. */
export interface ApiRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  /** Path, its segments percent-encoded. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Region that the request belongs to. */
  readonly region: string;
  /** Project that the request belongs to; IAM's own requests have none. */
  readonly projectId?: string;
}

/** The one way to "add authentication to this request". */
export interface Authenticator {
  /** @returns all headers to send, those of the request and the authenticating ones. */
  authenticate(request: ApiRequest, limits: CallLimits): Promise<Readonly<Record<string, string>>>;
  /**
   * Told after 401 APIGW.0307 which headers were refused.
   * @returns whether the next {@link authenticate} brings something new, so that one more try makes sense.
   */
  renew?(request: ApiRequest, refused: Readonly<Record<string, string>>): boolean;
  /** The project of a region, where the way of authentication tells it for free. */
  projectId?(region: string, limits: CallLimits): Promise<string | undefined>;
}

/** Signs with an access key that stays the same. */
export class AccessKeyAuthenticator implements Authenticator {
  constructor(private readonly key: SigningKey) {}

  async authenticate(request: ApiRequest): Promise<Record<string, string>> {
    return signRequest(request, this.key);
  }
}

/** Sends a ready IAM token. */
export class TokenAuthenticator implements Authenticator {
  constructor(private readonly token: Secret) {}

  async authenticate(request: ApiRequest): Promise<Record<string, string>> {
    return { ...request.headers, 'X-Auth-Token': this.token.reveal() };
  }
}

/** Sends requests as they are: those to IAM that carry a password. */
export const NO_AUTHENTICATION: Authenticator = { authenticate: async ({ headers }) => headers };

/** All headers of a request signed now; the project is named in `X-Project-Id`. */
export function signRequest(request: ApiRequest, key: SigningKey): Record<string, string> {
  const headers = {
    ...request.headers,
    host: request.origin.slice(request.origin.indexOf('//') + 2),
    ...(request.projectId && { 'X-Project-Id': request.projectId }),
  };
  return sign({ ...request, headers }, key, new Date());
}
