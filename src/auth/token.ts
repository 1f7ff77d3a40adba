import type { ApiRequest, Authenticator } from '../cloud/request.js';
import type { Secret } from '../text/secret.js';

/** Sends a ready IAM token. */
export class TokenAuthenticator implements Authenticator {
  constructor(private readonly token: Secret) {}

  async authenticate(request: ApiRequest): Promise<Record<string, string>> {
    return { ...request.headers, 'X-Auth-Token': this.token.reveal() };
  }
}
