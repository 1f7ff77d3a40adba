import { inspect } from 'node:util';

/** Shorter values would blot out ordinary words; no Huawei Cloud key, token or password is this short. */
const SHORTEST_REDACTED = 6;

const MASK = '[secret]';
const known = new Set<string>();

/**
 * A value that must never be printed. It shows as `[secret]` in strings, JSON and `util.inspect`, and every secret
 * ever made is blotted out by {@link redact}, in the forms in which it can travel (raw, percent-encoded, JSON-escaped).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    if (value.length >= SHORTEST_REDACTED) {
      for (const form of [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)]) {
        known.add(form);
      }
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

/** `text` with every secret known to this process replaced by `[secret]`. Longer secrets go first: one may hold another. */
export function redact(text: string): string {
  let result = text;
  for (const secret of [...known].sort((a, b) => b.length - a.length)) {
    result = result.replaceAll(secret, MASK);
  }
  return result;
}
