import { inspect } from 'node:util';

/** Shorter values would blot out ordinary words; no Huawei Cloud key, token or password is this short. */
const SHORTEST_REDACTED = 6;

/**
 * Issued secrets that are blotted out, the latest ones. A service that refuses every token makes the program fetch one
 * with every call, and the old ones would fill the memory and slow down every answer.
 */
const MOST_ISSUED = 100;

const MASK = '[secret]';
/** The forms of the secrets that last as long as the process, and those of each one that was issued on the way. */
const lasting = new Set<string>();
const issued: string[][] = [];
/** All of them, the longest first: one may hold another. Made when they are needed after a change. */
let known: readonly string[] | undefined;

/**
 * A value that must never be printed. It shows as `[secret]` in strings, JSON and `util.inspect`, and every secret of
 * the settings and the latest 100 issued ones are blotted out by {@link redact}, in the forms in which they can travel
 * (raw, percent-encoded, JSON-escaped).
 */
export class Secret {
  readonly #value: string;

  /** @param origin `issued` for one that a service gives for a time and replaces. */
  constructor(value: string, origin: 'settings' | 'issued' = 'settings') {
    this.#value = value;
    if (value.length < SHORTEST_REDACTED) return;
    const forms = [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)];
    if (origin === 'settings') for (const form of forms) lasting.add(form);
    else issued.push(forms);
    if (issued.length > MOST_ISSUED) issued.shift();
    known = undefined;
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
  known ??= [...new Set([...lasting, ...issued.flat()])].sort((a, b) => b.length - a.length);
  let result = text;
  for (const secret of known) {
    if (result.includes(secret)) result = result.replaceAll(secret, MASK);
  }
  return result;
}
