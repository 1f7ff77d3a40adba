/** The languages that people are spoken to in. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

/**
 * The language that the environment asks for: `HSS_LANG`, else what the locale (`LC_ALL`, `LANG`) begins with, else
 * English. What cannot be read counts as absent: a wrong language must not stop anything.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  for (const text of [env.HSS_LANG, env.LC_ALL, env.LANG]) {
    const asked = /^(en|zh)(?![a-z])/i.exec(text?.trim() ?? '')?.[1]?.toLowerCase();
    if (asked) return asked === 'zh' ? 'zh' : 'en';
  }
  return 'en';
}
