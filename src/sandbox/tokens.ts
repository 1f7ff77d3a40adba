import { randomBytes } from 'node:crypto';
import { authenticationError, GatewayError } from './errors.js';
import { sameSecret } from './signature.js';

// Real tokens are a few kilobytes long.
const TOKEN_BYTES = 1536;

/** Tokens remembered at most, so that a client that asks for one with every call does not fill the memory. */
const MOST_ISSUED = 1_000;

/** A token issued by the embedded IAM. Times in ms. */
export interface IssuedToken {
  readonly value: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Absent when the token was not scoped to a project. */
  readonly projectId: string | undefined;
}

/** The tokens that are good for X-Auth-Token: the fixed one and those issued since the start. */
export class Tokens {
  readonly #fixed: string;
  readonly #lifetimeMs: number;
  readonly #now: () => number;
  readonly #issued = new Map<string, IssuedToken>();

  constructor(fixed: string, lifetimeMs: number, now: () => number) {
    this.#fixed = fixed;
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /** Issues a token; older ones stay valid, the latest 1,000 of them. */
  issue(projectId: string | undefined): IssuedToken {
    const issuedAt = this.#now();
    const value = randomBytes(TOKEN_BYTES).toString('base64url');
    const token = { value, issuedAt, expiresAt: issuedAt + this.#lifetimeMs, projectId };
    this.#issued.set(value, token);
    const [oldest] = this.#issued.keys();
    if (this.#issued.size > MOST_ISSUED && oldest !== undefined) this.#issued.delete(oldest);
    return token;
  }

  /**
   * Throws unless the token is valid: `APIGW.0301` when unknown, `APIGW.0307` when expired or, where a project is
   * given, scoped to another one.
   */
  check(value: string, projectId?: string): void {
    if (sameSecret(value, this.#fixed)) return;
    const token = this.#issued.get(value);
    if (token === undefined) throw authenticationError('decrypt token fail');
    const expired = this.#now() >= token.expiresAt;
    const foreign = projectId !== undefined && token.projectId !== projectId;
    if (expired || foreign) throw new GatewayError(401, 'APIGW.0307', 'The token must be updated.');
  }
}
