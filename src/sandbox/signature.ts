import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { pathSegments, queryPairs, type ReceivedRequest } from './request.js';

const ALGORITHM = 'SDK-HMAC-SHA256';

/** The parts of an `Authorization: SDK-HMAC-SHA256 ...` header. */
export interface Authorization {
  readonly ak: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Takes an Authorization header apart; undefined when it is not a well-formed SDK-HMAC-SHA256 one. */
export function parseAuthorization(header: string): Authorization | undefined {
  const match = /^SDK-HMAC-SHA256 Access=([^,\s]+), SignedHeaders=([^,\s]+), Signature=([0-9a-f]{64})$/.exec(header);
  const [, ak, signedHeaders, signature] = match ?? [];
  if (ak === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  return { ak, signedHeaders: signedHeaders.split(';'), signature };
}

/** The canonical request the server derives from what it received, to be compared with what the client signed. */
export function canonicalRequest(request: ReceivedRequest, signedHeaders: readonly string[]): string {
  const names = signedHeaders.map((name) => name.toLowerCase()).sort();
  const headers = names.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`);
  return [
    request.method,
    canonicalUri(request),
    canonicalQuery(request),
    headers.join(''),
    names.join(';'),
    request.headers['x-sdk-content-sha256'] ?? sha256(request.body),
  ].join('\n');
}

/** The signature (lower-case hex) of a canonical request. */
export function signatureOf(canonical: string, sdkDate: string, sk: string): string {
  return createHmac('sha256', sk)
    .update([ALGORITHM, sdkDate, sha256(canonical)].join('\n'))
    .digest('hex');
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());
}

/** Reads an X-Sdk-Date (`YYYYMMDDTHHMMSSZ`) into ms; NaN when malformed. */
export function parseSdkDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function canonicalUri(request: ReceivedRequest): string {
  const uri = pathSegments(request).map(encode).join('/');
  return uri.endsWith('/') ? uri : `${uri}/`;
}

function canonicalQuery(request: ReceivedRequest): string {
  return queryPairs(request)
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
