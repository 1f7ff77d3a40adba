import { en } from './en.js';
import type { Language } from './language.js';
import type { Same } from './same.js';
import { zh } from './zh.js';

/** The messages of one language. */
export type Words = Same<typeof en>;

const CATALOGUE: Readonly<Record<Language, Words>> = { en, zh };

/** One process speaks one language: that of its settings. */
let spoken: Language = 'en';

/** Makes `language` the one of all that is said from now on. */
export function speak(language: Language): void {
  spoken = language;
}

/** The language that is spoken. */
export const spokenLanguage = (): Language => spoken;

/** The messages in the language that is spoken. They are asked for when something is said, never kept. */
export const words = (): Words => CATALOGUE[spoken];

/** The messages in a language of their own: for a file that is read elsewhere. */
export const wordsIn = (language: Language): Words => CATALOGUE[language];
