import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { officialSign } from './official-signer.js';

export interface Call {
  readonly method?: string;
  /** Behind `/v5/{project_id}/`; a path that begins with a slash is taken as it is. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Added to the signed headers; an empty value removes one. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly origin?: string;
  readonly ak?: string;
  readonly sk?: string;
  /** Time of the signature, in ms. */
  readonly at?: number;
  /** Changes what is sent after it was signed. */
  readonly tamper?: (sent: { url: string; headers: Record<string, string>; body: string | undefined }) => void;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object when it is none. */
  readonly json: Record<string, unknown> & { readonly data_list: readonly Record<string, unknown>[] };
}

/** Calls the sandbox over HTTP, signed by the vendor's own signer: the client of this project has no part in it. */
export async function callSandbox(sandbox: Sandbox, call: Call): Promise<Answer> {
  const {
    method = 'GET',
    query = {},
    region = 'cn-north-4',
    ak = 'EXAMPLEAK',
    sk = 'EXAMPLESK',
    at = Date.now(),
  } = call;
  const origin = call.origin ?? sandbox.hssEndpoint(region);
  const path = call.path.startsWith('/') ? call.path : `/v5/${sandbox.projectId(region)}/${call.path}`;
  const given = { 'content-type': 'application/json', region, ...call.headers };
  const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const signed = officialSign(
    {
      endpoint: `${origin}${path}`,
      method,
      headers: { ...headers, 'X-Sdk-Date': date },
      queryParams: query,
      ...(call.body !== undefined && { data: call.body }),
    },
    ak,
    sk,
  );
  const sent = {
    url: `${origin}${path}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`,
    headers: signed,
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  };
  call.tamper?.(sent);
  const response = await fetch(sent.url, {
    method,
    headers: sent.headers,
    ...(sent.body !== undefined && { body: sent.body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : { data_list: [] },
  };
}
