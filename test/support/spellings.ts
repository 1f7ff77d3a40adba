const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const units = (text: string, each: (code: number) => string) =>
  Array.from({ length: text.length }, (_, at) => each(text.charCodeAt(at))).join('');
const bytes = (text: string, each: (byte: number) => string) => [...Buffer.from(text)].map(each).join('');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** The ways in which a service, a proxy or a library may write a secret that it says back. */
export const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': inJson,
  'in JSON within JSON': (secret) => inJson(inJson(secret)),
  'in JSON, each unit escaped': (secret) => units(secret, (code) => `\\u${hex(code, 4)}`),
  'in JSON, each unit escaped in capitals': (secret) => units(secret, (code) => `\\u${hex(code, 4).toUpperCase()}`),
  'in JSON with escaped slashes and equals signs': (secret) =>
    inJson(secret).replaceAll('/', '\\/').replaceAll('=', '\\u003d').replaceAll('&', '\\u0026'),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in small letters': (secret) =>
    encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'percent-encoded, all of it': (secret) => bytes(secret, (byte) => `%${hex(byte, 2).toUpperCase()}`),
  'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'in HTML': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in HTML by number': (secret) => [...secret].map((char) => `&#${char.codePointAt(0)};`).join(''),
  'in HTML by hexadecimal number': (secret) =>
    [...secret].map((char) => `&#x${hex(char.codePointAt(0) ?? 0, 1)};`).join(''),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64': (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
};
