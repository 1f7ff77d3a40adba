import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire, with nothing normalised except header names, which are lower case. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads a request to its end. Rejects when the client goes away before that. */
export async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    headers: lowerCaseHeaders(incoming.rawHeaders),
    body: Buffer.concat(chunks),
  };
}

/** The segments of the request's path, percent-decoded; the first is the empty one before the leading slash. */
export function pathSegments({ target }: ReceivedRequest): string[] {
  const [path = ''] = target.split('?', 1);
  return path.split('/').map(decode);
}

/** The query's pairs in the order received, percent-decoded. A plus sign stays a plus sign: HSS clients send `%20`. */
export function queryPairs({ target }: ReceivedRequest): [name: string, value: string][] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  return target
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lowerCaseHeaders(raw: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(headers);
}
