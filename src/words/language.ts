/** The languages that people are spoken to in. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

/** The language that a text names, as settings and locales write it: `zh`, `zh-CN`, `zh_CN.UTF-8`. */
export function languageNamed(text: string): Language | undefined {
  const named = /^\s*(en|zh)(?![a-z])/i.exec(text)?.[1]?.toLowerCase();
  return LANGUAGES.find((language) => language === named);
}

/**
 * The language that the environment asks for: `HSS_LANG`, else what the locale (`LC_ALL`, `LANG`) begins with, else
 * English. What cannot be read counts as absent: a wrong language must not stop anything.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  for (const text of [env.HSS_LANG, env.LC_ALL, env.LANG]) {
    const named = languageNamed(text ?? '');
    if (named) return named;
  }
  return 'en';
}

/** One process speaks one language: that of its settings. */
let spoken: Language = 'en';

/** Makes `language` the one of all that is said from now on. */
export function speak(language: Language): void {
  spoken = language;
}

/** The language that is spoken. */
export const spokenLanguage = (): Language => spoken;
