import type { ApiRequest, Authenticator } from '../cloud/request.js';
import { type SigningKey, sign } from './signer.js';

/** Signs with an access key that stays the same. */
export class AccessKeyAuthenticator implements Authenticator {
  constructor(private readonly key: SigningKey) {}

  authenticate(request: ApiRequest): Record<string, string> {
    return signRequest(request, this.key);
  }
}

/** All headers of a request signed now; the project is named in `X-Project-Id`. */
export function signRequest(request: ApiRequest, key: SigningKey): Record<string, string> {
  const headers = {
    ...request.headers,
    host: request.origin.slice(request.origin.indexOf('//') + 2),
    ...(request.projectId && { 'X-Project-Id': request.projectId }),
  };
  return sign({ ...request, headers }, key, new Date());
}
