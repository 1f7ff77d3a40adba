import type { Language } from './language.js';
import { spokenLanguage } from './language.js';

/** What stands between the parts of what is said, in each language. */
const MARKS: Readonly<
  Record<Language, Readonly<Record<'stop' | 'space' | 'comma' | 'items' | 'colon' | 'semicolon', string>>>
> = {
  en: { stop: '.', space: ' ', comma: ', ', items: ', ', colon: ': ', semicolon: '; ' },
  zh: { stop: '。', space: '', comma: '，', items: '、', colon: '：', semicolon: '；' },
};

/** Sentences as one text; those that are not said leave no trace. */
export function sentences(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(MARKS[spokenLanguage()].space);
}

/** Names or values one after the other. */
export function listOf(items: readonly string[]): string {
  return items.join(MARKS[spokenLanguage()].items);
}

/** Parts of one sentence, each of which could be a sentence by itself. */
export function clauses(parts: readonly string[], language = spokenLanguage()): string {
  return parts.join(MARKS[language].semicolon);
}

/** Sentences as one text without its last full stop; they come with theirs or without. */
export function openSentences(parts: readonly (string | undefined)[], language = spokenLanguage()): string {
  const { stop, space } = MARKS[language];
  return parts.flatMap((part) => (part ? withoutStop(part) : [])).join(`${stop}${space}`);
}

/** Facts as one line: `images: 3; hosts: 2`. A fact may be a sentence. */
export function factLine(
  facts: readonly (readonly [name: string, value: string])[],
  language = spokenLanguage(),
): string {
  const { colon, semicolon } = MARKS[language];
  // In Chinese no two marks stand side by side.
  return facts.map(([name, value]) => `${name}${colon}${value.replace(/。$/, '')}`).join(semicolon);
}

/** The parts of one fact: `packages 12, hosts 3`. */
export function factParts(parts: readonly (readonly [name: string, value: string])[]): string {
  return parts.map(([name, value]) => `${name} ${value}`).join(MARKS[spokenLanguage()].comma);
}

/** A sentence as a part of another one. */
export function withoutStop(text: string): string {
  return text.replace(/[.。]$/, '');
}
