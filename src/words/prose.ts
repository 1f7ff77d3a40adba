import { spokenLanguage } from './words.js';

/** Sentences as one text; those that are not said leave no trace. Chinese has no space between them. */
export function sentences(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(spokenLanguage() === 'zh' ? '' : ' ');
}
