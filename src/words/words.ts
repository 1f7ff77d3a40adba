import { en } from './en.js';
import { type Language, spokenLanguage } from './language.js';
import type { Same } from './same.js';
import { zh } from './zh.js';

/** The messages of one language. */
export type Words = Same<typeof en>;

const CATALOGUE: Readonly<Record<Language, Words>> = { en, zh };

/** The messages in the language that is spoken. They are asked for when something is said, never kept. */
export const words = (): Words => CATALOGUE[spokenLanguage()];

/** The messages in a language of their own: for a file that is read elsewhere. */
export const wordsIn = (language: Language): Words => CATALOGUE[language];
