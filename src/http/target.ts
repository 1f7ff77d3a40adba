/** The query of a request as decoded names and values. */
export type Query = readonly (readonly [name: string, value: string])[];

/** Text that is its own encoding; most paths and queries are, and are not taken apart. */
const UNRESERVED = /^[\w\-.~]*$/;

/** Percent-encodes all but `A-Z a-z 0-9 - _ . ~`. A lone surrogate becomes U+FFFD, as in any UTF-8 text. */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  const encoded = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, encoded);
}

/** Names and values encoded, sorted by name, then by value: the one form that is both signed and sent. */
export function canonicalQuery(query: Query): string {
  if (query.length < 2) return query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('');
  return query
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(byCode)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function byCode([name, value]: readonly [string, string], [otherName, otherValue]: readonly [string, string]): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value < otherValue ? -1 : value > otherValue ? 1 : 0;
}
