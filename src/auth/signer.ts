import { createHmac, hash } from 'node:crypto';
import { percentEncode } from '../http/target.js';
import type { Secret } from '../text/secret.js';

/** What SDK-HMAC-SHA256 covers of a request. */
export interface SignableRequest {
  readonly method: string;
  /** Path as it goes on the wire, percent-encoded or not. */
  readonly path: string;
  /** Query as `canonicalQuery` makes it, which is how it is sent. */
  readonly query: string;
  /** Every header that is to be signed, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text sent; absent for none. */
  readonly body?: string | undefined;
}

export interface SigningKey {
  readonly ak: Secret;
  readonly sk: Secret;
  /** Comes with a temporary key. */
  readonly securityToken?: Secret;
}

const ALGORITHM = 'SDK-HMAC-SHA256';
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A path that is its own encoding: most are, and are signed without taking them apart. */
const UNRESERVED_PATH = /^[\w\-.~/]*$/;

/**
 * Signs a request with SDK-HMAC-SHA256 as Huawei Cloud's "API request signing guide" lays down.
 * @returns the headers to send: those given, `X-Sdk-Date`, `X-Security-Token` for a temporary key, `Authorization`.
 */
export function sign(request: SignableRequest, key: SigningKey, date: Date): Record<string, string> {
  const timestamp = sdkDate(date);
  const headers: Record<string, string> = { ...request.headers, 'X-Sdk-Date': timestamp };
  if (key.securityToken) headers['X-Security-Token'] = key.securityToken.reveal();
  const { signedHeaders, text } = canonicalRequest(request, headers);
  const stringToSign = `${ALGORITHM}\n${timestamp}\n${sha256(text)}`;
  const signature = createHmac('sha256', key.sk.reveal()).update(stringToSign).digest('hex');
  headers.Authorization = `${ALGORITHM} Access=${key.ak.reveal()}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return headers;
}

/** The text that is hashed and signed, and the list of headers that it covers. */
export function canonicalRequest(
  { method, path, query, body = '' }: SignableRequest,
  headers: Readonly<Record<string, string>>,
): { readonly signedHeaders: string; readonly text: string } {
  const byName: Record<string, string> = {};
  for (const name of Object.keys(headers)) byName[name.toLowerCase()] = headers[name]?.trim() ?? '';
  const names = Object.keys(byName).sort();
  const signedHeaders = names.join(';');
  let block = '';
  for (const name of names) block += `${name}:${byName[name]}\n`;
  // The block of headers ends with its own line break, so an empty line stands before the list of their names.
  const text = `${method.toUpperCase()}\n${canonicalUri(path)}\n${query}\n${block}\n${signedHeaders}\n${sha256(body)}`;
  return { signedHeaders, text };
}

/** The last time stamp: it changes once a second, and many signatures are made in one. */
let stamp = { second: Number.NaN, text: '' };

/** `YYYYMMDDTHHMMSSZ`, in UTC. */
export function sdkDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== stamp.second) stamp = { second, text: date.toISOString().replace(/[-:]|\.\d{3}/g, '') };
  return stamp.text;
}

/** Each segment encoded once, with the final slash that is signed and not sent. */
function canonicalUri(path: string): string {
  const uri = UNRESERVED_PATH.test(path)
    ? path
    : path
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

function sha256(text: string): string {
  return text === '' ? EMPTY_SHA256 : hash('sha256', text);
}
