import type { CallLimits } from '../call/limits.js';
import type { ExpectedFile } from '../http/transport.js';

/** A request to HSS or IAM before authentication. */
export interface ApiRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  /** Path, its segments percent-encoded. */
  readonly path: string;
  /** Query as `canonicalQuery` makes it: signed and sent in one form; empty for none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Set where a good answer is a file. */
  readonly file?: ExpectedFile;
  /** Region that the request belongs to. */
  readonly region: string;
  /** Project that the request belongs to; IAM's own requests have none. */
  readonly projectId?: string;
}

/** The one way to "add authentication to this request". */
export interface Authenticator {
  /** @returns all headers to send, those of the request and the authenticating ones; at once where nothing is fetched. */
  authenticate(
    request: ApiRequest,
    limits: CallLimits,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /**
   * Told after 401 APIGW.0307 which headers were refused.
   * @returns whether the next {@link authenticate} brings something new, so that one more try makes sense.
   */
  renew?(request: ApiRequest, refused: Readonly<Record<string, string>>): boolean;
  /** The project of a region, where the way of authentication tells it for free. */
  projectId?(region: string, limits: CallLimits): Promise<string | undefined>;
}

/** Sends requests as they are: those to IAM that carry a password. */
export const NO_AUTHENTICATION: Authenticator = { authenticate: ({ headers }) => headers };
