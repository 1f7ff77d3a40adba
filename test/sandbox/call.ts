import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { request } from 'undici';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/credentials.js';

/** A clock that stands still until it is moved. */
export class Clock {
  ms = Date.parse('2026-12-01T00:00:00Z');

  readonly now = (): number => this.ms;

  /** `YYYYMMDDTHHMMSSZ`, as X-Sdk-Date wants it. */
  get sdkDate(): string {
    return new Date(this.ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  }
}

export type Query = Readonly<Record<string, string | number | boolean>>;

export interface Call {
  readonly method?: string;
  /** Path without query. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes over the wire. */
export interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The JSON of the body; undefined for an empty one. */
  readonly body: unknown;
}

/** A call without any authentication. */
export function unsigned(origin: string, { method = 'GET', path, query = {}, data, headers = {} }: Call): Message {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return {
    method,
    url: `${origin}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`,
    headers: { 'content-type': 'application/json', ...headers },
    ...(data !== undefined && { body: JSON.stringify(data) }),
  };
}

/** A call signed by Huawei Cloud's own signer, at the time of `clock` or at the present one. */
export function signed(
  origin: string,
  call: Call,
  { ak = SANDBOX_CREDENTIALS.ak, sk = SANDBOX_CREDENTIALS.sk, clock }: { ak?: string; sk?: string; clock?: Clock } = {},
): Message {
  const message = unsigned(origin, call);
  const headers = { ...message.headers, ...(clock && { 'X-Sdk-Date': clock.sdkDate }) };
  const authentication = AKSKSigner.sign(
    {
      endpoint: origin + call.path,
      method: message.method,
      queryParams: { ...call.query },
      headers,
      data: call.data,
    },
    new BasicCredentials().withAk(ak).withSk(sk),
  );
  return { ...message, headers: { ...headers, ...authentication } };
}

/** @throws when the connection breaks before the answer is complete. */
export async function send({ url, ...message }: Message, signal?: AbortSignal): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, { ...message, ...(signal && { signal }) });
  const text = await body.text();
  return { status: statusCode, headers, text, body: text === '' ? undefined : JSON.parse(text) };
}

/** The error code of an answer in the shape of HSS or its gateway. */
export function codeOf({ status, body }: Answer): string {
  return `${status} ${(body as { error_code?: string }).error_code}`;
}

export type Row = Readonly<Record<string, unknown>>;

/** The rows of a list answer. */
export function rowsOf({ body }: Answer): readonly Row[] {
  return (body as { data_list: Row[] }).data_list;
}
