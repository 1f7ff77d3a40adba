import { namedRegions, regionNamed } from '../hss/regions.js';
import { named } from '../present/legend.js';
import { quoted } from '../text/clean.js';
import { readTime } from '../text/dates.js';
import { REGION_ID } from '../text/ids.js';
import { type ConsoleField, consoleValue, consoleValues, isConsoleField } from '../words/console.js';
import { spokenLanguage } from '../words/language.js';
import { words } from '../words/words.js';

/** What a text in an argument stands for in the terms of the API, or what is wrong with it: a sentence. */
type Meant = { readonly value: unknown } | { readonly problem: string };

/** Longer texts are no word, name or time that anybody writes. */
const LONGEST = 64;
const CHINESE = /\p{Script=Han}/u;

/**
 * Reads a text argument as people give it: a word of the console for a value ("高危", "Not scanned"), the name of a
 * region ("华北-北京四"), a date for a time in milliseconds ("2026-11-01", "today"). What is none of these stays as it
 * is, for the tool's schema to judge.
 * @param field the name of the argument, wherever it stands
 * @param values those that the tool takes, where it takes certain ones only
 */
export function readAsMeant(field: string, text: string, values?: readonly string[]): Meant {
  if (isTimeField(field)) return timeMeant(field, text);
  if (text.length > LONGEST) return { value: text };
  if (field === 'region') return regionMeant(text);
  if (isConsoleField(field)) return valueMeant(field, text, values);
  return { value: text };
}

/** Whether an argument is a time in milliseconds since 1970: HSS calls those of its filters so. */
const isTimeField = (field: string): boolean => /^(?:start|end)_\w+_time$/.test(field);

/** The end of a range means the end of a day that is named without a time. */
function timeMeant(field: string, text: string): Meant {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return { value: text };
  const ms = text.length > LONGEST ? undefined : readTime(text, field.startsWith('end_') ? 'end' : 'start');
  return ms === undefined ? { problem: words().times.no_time(field, quoted(text, LONGEST)) } : { value: ms };
}

function regionMeant(text: string): Meant {
  if (REGION_ID.test(text)) return { value: text };
  const id = regionNamed(text);
  if (id !== undefined) return { value: id };
  if (!CHINESE.test(text)) return { value: text };
  return { problem: words().console.no_region(quoted(text, LONGEST), namedRegions(spokenLanguage(), text)) };
}

function valueMeant(field: ConsoleField, text: string, values: readonly string[] | undefined): Meant {
  const value = consoleValue(field, text, values);
  if (value !== undefined) return { value };
  // A code that this table does not know may be a new one of HSS; Chinese is none.
  if (values !== undefined || !CHINESE.test(text)) return { value: text };
  const known = consoleValues(field).map((one) => named(field, one));
  return { problem: words().console.no_value(field, known, quoted(text, LONGEST)) };
}
