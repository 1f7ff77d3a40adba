import { consoleWord } from '../words/console.js';
import type { Language } from '../words/language.js';
import type { Words } from '../words/words.js';
import type { Report } from './report.js';

/** The words of a report in its language. */
export type Say = Words['report'];

/** What a report does not tell, in sentences. */
export function notCovered(say: Say, least: string): readonly string[] {
  const { covers_scan, covers_never, covers_handled, covers_time } = say;
  return [
    covers_scan,
    covers_never,
    covers_handled,
    covers_time,
    ...(least === 'Low' ? [] : [say.covers_least(least)]),
  ];
}

/** A key of a group as people read it: states and reasons of HSS with the console's word, where it has one. */
export function keyWord(say: Say, key: string, language: Language): string {
  switch (key) {
    case 'Critical':
    case 'High':
    case 'Medium':
    case 'Low':
    case 'none':
    case 'not_scanned':
      return say[key];
    default: {
      const word = consoleWord('scan_status', key, language) ?? consoleWord('scan_failed_desc', key, language);
      return word === undefined ? key : say.with_word(key, word);
    }
  }
}

/** Where was looked and for what, by the names of the fields, as people read it. */
export function scopeOf(say: Say, { scope }: Report): (readonly [name: string, value: string])[] {
  return Object.entries(scope).map(([name, value]) => [
    name,
    typeof value === 'number' ? say.selected(value) : String(value),
  ]);
}
