import type { SandboxCredentials } from './credentials.js';
import { authenticationError, type GatewayError } from './errors.js';
import type { ReceivedRequest } from './request.js';
import {
  type Authorization,
  canonicalRequest,
  parseAuthorization,
  parseSdkDate,
  sameSecret,
  signatureOf,
} from './signature.js';
import type { Tokens } from './tokens.js';

const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000;
const MAX_FAILURES = 5;
const LOCK_MS = 5 * 60 * 1000;

/** Decides whether a request comes from the account: by signature or by token. One for all listeners, as in IAM. */
export class Authentication {
  readonly #credentials: SandboxCredentials;
  readonly #tokens: Tokens;
  readonly #now: () => number;
  #failures = 0;
  #lockedUntil = Number.NEGATIVE_INFINITY;

  constructor(credentials: SandboxCredentials, tokens: Tokens, now: () => number) {
    this.#credentials = credentials;
    this.#tokens = tokens;
    this.#now = now;
  }

  /**
   * Throws a 401 gateway error unless the request is authentic. A signature takes precedence over a token. A token must
   * be scoped to `projectId` where one is given.
   * @returns who has sent it: the key and the tokens belong to two users.
   */
  check(request: ReceivedRequest, projectId?: string): string {
    const { authorization, 'x-auth-token': token } = request.headers;
    if (authorization !== undefined) {
      this.#checkSigned(request, authorization);
      return this.#credentials.ak;
    }
    if (token === undefined) throw authenticationError('x-auth-token not found');
    this.#tokens.check(token, projectId);
    return this.#credentials.iamUser;
  }

  #checkSigned(request: ReceivedRequest, header: string): void {
    const authorization = parseAuthorization(header);
    if (authorization === undefined) throw authenticationError('the Authorization header is malformed');
    if (authorization.ak !== this.#credentials.ak) {
      throw authenticationError(`Get secretKey failed, ak ${authorization.ak} not exist`);
    }
    if (this.#now() < this.#lockedUntil) {
      throw authenticationError('AK access failed to reach the limit, forbidden');
    }
    const failure = this.#signatureFailure(request, authorization);
    if (failure === undefined) {
      this.#failures = 0;
      return;
    }
    this.#failures += 1;
    if (this.#failures === MAX_FAILURES) {
      this.#failures = 0;
      this.#lockedUntil = this.#now() + LOCK_MS;
    }
    throw failure;
  }

  #signatureFailure(request: ReceivedRequest, authorization: Authorization): GatewayError | undefined {
    for (const required of ['host', 'x-sdk-date']) {
      if (!authorization.signedHeaders.includes(required)) {
        return authenticationError(`verify aksk signature fail, ${required} must be signed`);
      }
    }
    const sdkDate = request.headers['x-sdk-date'] ?? '';
    const skew = Math.abs(this.#now() - parseSdkDate(sdkDate));
    if (Number.isNaN(skew)) return authenticationError('verify aksk signature fail, x-sdk-date is malformed');
    if (skew > MAX_CLOCK_SKEW_MS) return authenticationError('signature expired');

    const canonical = canonicalRequest(request, authorization.signedHeaders);
    if (!sameSecret(signatureOf(canonical, sdkDate, this.#credentials.sk), authorization.signature)) {
      const echo = canonical.replaceAll('\n', '|');
      return authenticationError(`verify aksk signature fail, canonicalRequest: ${echo}`);
    }
    return this.#securityTokenFailure(request, authorization);
  }

  // A permanent key with a left-over security token is refused too: the pair and the token must belong together.
  #securityTokenFailure(request: ReceivedRequest, { signedHeaders }: Authorization): GatewayError | undefined {
    const expected = this.#credentials.securityToken;
    const sent = request.headers['x-security-token'];
    if (sent !== expected) return authenticationError('x-security-token is missing or does not belong to the ak');
    if (sent !== undefined && !signedHeaders.includes('x-security-token')) {
      return authenticationError('verify aksk signature fail, x-security-token must be signed');
    }
    return undefined;
  }
}
