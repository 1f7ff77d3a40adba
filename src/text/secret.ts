import { inspect } from 'node:util';
import { inBase64, unescaped } from './spelling.js';

/** Shorter values would blot out ordinary words; no Huawei Cloud key, token or password is this short. */
const SHORTEST_REDACTED = 6;

/**
 * Issued secrets that are blotted out, the latest ones. A service that refuses every token makes the program fetch one
 * with every call, and the old ones would fill the memory and slow down every answer.
 */
const MOST_ISSUED = 100;

/** Longer values travel in no header of basic authentication, and their base64 would only fill the memory. */
const LONGEST_IN_BASE64 = 512;

/** Levels of escapes that are looked through: JSON within JSON, percent-encoded once more. */
const MOST_LEVELS = 3;

const MASK = '[secret]';
/** The forms of the secrets that last as long as the process, and those of each one that was issued on the way. */
const lasting = new Set<string>();
const issued: string[][] = [];
/** All of them, and the length of the longest. Made when they are needed after a change. */
let known: readonly string[] | undefined;
let longest = 0;

/**
 * A value that must never be printed. It shows as `[secret]` in strings, JSON and `util.inspect`, and every secret of
 * the settings and the latest 100 issued ones are blotted out by {@link redact}.
 */
export class Secret {
  readonly #value: string;

  /** @param origin `issued` for one that a service gives for a time and replaces. */
  constructor(value: string, origin: 'settings' | 'issued' = 'settings') {
    this.#value = value;
    if (value.length < SHORTEST_REDACTED) return;
    const forms = formsOf(value);
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

/**
 * What resolving escapes does not bring back: base64 (alone or beside a user name), the plus sign of forms, which stands for a space and is taken for
 * one, and what becomes of a secret that itself looks escaped.
 */
function formsOf(value: string): string[] {
  const forms = [value, value.replaceAll(' ', '+'), value.replaceAll('+', ' ')];
  let spelled = unescaped(value);
  for (let level = 0; spelled && level < MOST_LEVELS; level += 1) {
    forms.push(spelled.text);
    spelled = unescaped(spelled.text);
  }
  if (value.length <= LONGEST_IN_BASE64) forms.push(...inBase64(value));
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_REDACTED);
}

/**
 * `text` with every secret known to this process replaced by `[secret]`, in whatever spelling it stands there: raw,
 * percent-encoded, escaped for JSON or HTML, in upper or lower case, or several of these on top of each other.
 * @param most UTF-16 units of `text` that are handed on; a secret that straddles the end is blotted out, too.
 */
export function redact(text: string, most = Number.POSITIVE_INFINITY): string {
  if (!known) {
    known = [...new Set([...lasting, ...issued.flat()])];
    longest = known.reduce((length, secret) => Math.max(length, secret.length), 0);
  }
  // A secret that begins before the end is seen whole, however it is spelled.
  const seen = text.length > most ? text.slice(0, most + longest * LONGEST_SPELLING) : text;
  return masked(seen, rangesIn(seen, known), Math.min(most, seen.length));
}

/** The most units that one of a secret takes: `\u0041` with each of its own six escaped in the same way. */
const LONGEST_SPELLING = 36;

type Range = readonly [start: number, end: number];

function rangesIn(text: string, secrets: readonly string[]): Range[] {
  const ranges: Range[] = [];
  let spelled = text;
  let origin = (at: number) => at;
  for (let level = 0; ; level += 1) {
    for (const secret of secrets) {
      for (let at = spelled.indexOf(secret); at !== -1; at = spelled.indexOf(secret, at + 1))
        ranges.push([origin(at), origin(at + secret.length)]);
    }
    const next = level < MOST_LEVELS ? unescaped(spelled) : undefined;
    if (!next) return ranges.sort(([a], [b]) => a - b);
    const before = origin;
    origin = (at) => before(next.offsets[at] ?? 0);
    spelled = next.text;
  }
}

/** The first `most` units of `text`, with one mask for ranges that touch or overlap. */
function masked(text: string, ranges: readonly Range[], most: number): string {
  if (ranges.length === 0) return text.length > most ? text.slice(0, most) : text;
  let result = '';
  let end = 0;
  for (const [start, stop] of ranges) {
    if (start >= most) break;
    if (start > end || result === '') result += `${text.slice(end, start)}${MASK}`;
    end = Math.max(end, stop);
  }
  return result + text.slice(end, Math.max(end, most));
}
