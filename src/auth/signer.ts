import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../text/secret.js';

/** What SDK-HMAC-SHA256 covers of a request. */
export interface SignableRequest {
  readonly method: string;
  /** Path as it goes on the wire, percent-encoded or not. */
  readonly path: string;
  /** Query as decoded names and values. */
  readonly query: Query;
  /** Every header that is to be signed, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text sent; absent for none. */
  readonly body?: string | undefined;
}

export type Query = readonly (readonly [name: string, value: string])[];

export interface SigningKey {
  readonly ak: Secret;
  readonly sk: Secret;
  /** Comes with a temporary key. */
  readonly securityToken?: Secret;
}

const ALGORITHM = 'SDK-HMAC-SHA256';

/**
 * Signs a request with SDK-HMAC-SHA256 as Huawei Cloud's "API request signing guide" lays down.
 * @returns the headers to send: those given, `X-Sdk-Date`, `X-Security-Token` for a temporary key, `Authorization`.
 */
export function sign(request: SignableRequest, key: SigningKey, date: Date): Record<string, string> {
  const timestamp = sdkDate(date);
  const headers: Record<string, string> = {
    ...request.headers,
    'X-Sdk-Date': timestamp,
    ...(key.securityToken && { 'X-Security-Token': key.securityToken.reveal() }),
  };
  const { signedHeaders, text } = canonicalRequest({ ...request, headers });
  const stringToSign = [ALGORITHM, timestamp, sha256(text)].join('\n');
  const signature = createHmac('sha256', key.sk.reveal()).update(stringToSign).digest('hex');
  headers.Authorization = `${ALGORITHM} Access=${key.ak.reveal()}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return headers;
}

/** The text that is hashed and signed, and the list of headers that it covers. */
export function canonicalRequest(request: SignableRequest): { readonly signedHeaders: string; readonly text: string } {
  const headers = Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(byCode);
  const signedHeaders = headers.map(([name]) => name).join(';');
  const text = [
    request.method.toUpperCase(),
    canonicalUri(request.path),
    canonicalQuery(request.query),
    // The block ends with its own line break; the join adds the empty line after it.
    headers.map(([name, value]) => `${name}:${value}\n`).join(''),
    signedHeaders,
    sha256(request.body ?? ''),
  ].join('\n');
  return { signedHeaders, text };
}

/** `YYYYMMDDTHHMMSSZ`, in UTC. */
export function sdkDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Percent-encodes all but `A-Z a-z 0-9 - _ . ~`. A lone surrogate becomes U+FFFD, as in any UTF-8 text. */
export function percentEncode(text: string): string {
  const encoded = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, encoded);
}

/** Names and values encoded, sorted by name, then by value. Sent in the same form that is signed. */
export function canonicalQuery(query: Query): string {
  return query
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(byCode)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Each segment encoded once, with the final slash that is signed and not sent. */
function canonicalUri(path: string): string {
  const uri = path
    .split('/')
    .map((segment) => percentEncode(decode(segment)))
    .join('/');
  return uri.endsWith('/') ? uri : `${uri}/`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A bare "%" is not an encoding: it stands for itself.
    return segment;
  }
}

function byCode([name, value]: readonly [string, string], [otherName, otherValue]: readonly [string, string]): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value < otherValue ? -1 : value > otherValue ? 1 : 0;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
