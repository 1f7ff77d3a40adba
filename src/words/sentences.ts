import { spokenLanguage } from './words.js';

/** Sentences one after another, as the language that is spoken sets them: Chinese has no space between. Empty ones are left out. */
export function sentences(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(spokenLanguage() === 'zh' ? '' : ' ');
}
