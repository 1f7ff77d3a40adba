import type { Secret } from '../text/secret.js';

/** As whom HSS and IAM are called. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: Secret }
  | AccessKey
  | { readonly kind: 'iam-user'; readonly user: string; readonly password: Secret; readonly domain: string }
  | { readonly kind: 'ecs' };

/** A permanent key, or a temporary one with its security token. */
export interface AccessKey {
  readonly kind: 'access-key';
  readonly ak: Secret;
  readonly sk: Secret;
  readonly securityToken?: Secret;
}

/** Credentials, and what came with them. */
export interface FoundCredentials {
  readonly credentials: Credentials;
  /** Project that a credentials file names. */
  readonly projectId?: string;
  /** Origin of IAM that a credentials file names. */
  readonly iamEndpoint?: string;
}
