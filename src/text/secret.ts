import { inspect } from 'node:util';

/** Shorter values would blot out ordinary words; no Huawei Cloud key, token or password is this short. */
const SHORTEST_REDACTED = 6;

const MASK = '[secret]';
/** Every form of every secret, the longest first: one may hold another. */
let known: readonly string[] = [];

/**
 * A value that must never be printed. It shows as `[secret]` in strings, JSON and `util.inspect`, and every secret
 * ever made is blotted out by {@link redact}, in the forms in which it can travel (raw, percent-encoded, JSON-escaped).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    if (value.length >= SHORTEST_REDACTED) {
      const forms = [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)];
      known = [...new Set([...known, ...forms])].sort((a, b) => b.length - a.length);
    }
  }

  /** The value itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** `text` with every secret known to this process replaced by `[secret]`. */
export function redact(text: string): string {
  let result = text;
  for (const secret of known) {
    if (result.includes(secret)) result = result.replaceAll(secret, MASK);
  }
  return result;
}
