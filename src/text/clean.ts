import { redact } from './secret.js';

/** Units of a foreign text that are looked at; what names something is far shorter. */
const MOST_READ = 64 * 1024;

// Terminal sequences go whole, or their visible rest ("[31m") would stay. No part of a pattern can begin where another
// one of the same kind may go on, so that their work grows with the text and not faster.
const ESCAPE_SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|[\u001b\u009d]\]?[^\u0007\u001b\u009c\u009d]*(?:\u0007|\u001b\\|\u009c)|\u001b[@-Z\\-_]/g;
const LINE_BREAKS = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;
// What renders as nothing can carry a hidden sentence to a model: controls, format characters (bidi, zero-width, tags),
// variation selectors and whatever else is ignorable, private use, unassigned, and the signs that are blank by design: of
// Braille, of Khitan script, of musical notes.
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Co}|\p{Cn}|[\u2800\u{16fe4}\u{1d159}]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** What any of the patterns above begins with. Hardly a text has it, and none of the others needs more than this look. */
const UNTIDY = new RegExp(`${INVISIBLE.source}|${LONE_SURROGATES.source}|[\\u2028\\u2029]`, 'u');

/**
 * Text from outside (an image name, a host name, an error message) made harmless: known secrets blotted out, one line, no
 * terminal sequences, nothing that renders as nothing, at most `max` UTF-16 units with an ellipsis when cut. What lies
 * beyond 64 KiB is not looked at.
 */
export function clean(text: string, max = 512): string {
  // In this order: what is cut or cleaned first could hide a part of a secret from the search for it.
  const known = redact(text, MOST_READ);
  const tidied = tidy(known);
  // A secret that was broken up by something invisible is whole only now.
  const visible = tidied === known ? known : redact(tidied);
  return visible.length <= max ? visible : `${visible.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function tidy(text: string): string {
  if (!UNTIDY.test(text)) return text.trim();
  // Halves of a character come first: two of them make one as soon as what stands between them is gone.
  return text
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(ESCAPE_SEQUENCES, '')
    .replace(LINE_BREAKS, ' ')
    .replace(INVISIBLE, '')
    .trim();
}

/** Whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return clean(text) === '';
}

/** A value from outside, cleaned, cut to `max` UTF-16 units and in quotes, as it may stand in a sentence. */
export function quoted(text: string, max = 256): string {
  return JSON.stringify(clean(text, max));
}

/** Names as HSS gives them to fields. No key or token looks like this, and a password that does is a word of its own. */
const FIELD_NAME = /^[a-z_]{1,64}$/;

/** Levels of lists and objects that are kept: rows of HSS have three. */
const MOST_LEVELS = 8;

/**
 * Every string inside `value` cleaned by {@link clean}; numbers, booleans, the shape and the names of fields stay, also
 * where a password is such a name. What lies deeper than any answer of HSS is cut off with an ellipsis, and a key that
 * could change prototypes is left out.
 */
export function cleanDeep<T>(value: T, max?: number): T;
export function cleanDeep(value: unknown, max = 512): unknown {
  return cleanLevel(value, max, MOST_LEVELS);
}

function cleanLevel(value: unknown, max: number, levels: number): unknown {
  if (typeof value === 'string') return clean(value, max);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => cleanLevel(item, max, levels - 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, item]) => [FIELD_NAME.test(key) ? key : clean(key), cleanLevel(item, max, levels - 1)]),
  );
}
