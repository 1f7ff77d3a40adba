import { languageOf, type Say, wordsOf } from './words.js';

/** How the person reads: words, numbers and times, in their language and time zone. */
export interface Reader {
  readonly say: Say;
  readonly language: 'en' | 'zh';
  number(value: number): string;
  /** A time as people read it, from ISO 8601; the text itself where it is none. */
  time(iso: string): string;
  /** How long ago, roughly. */
  ago(iso: string): string;
  size(bytes: number): string;
}

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** @param timeZone of IANA; one that the browser does not know counts as none. */
export function readerOf(locale: string, timeZone: string | undefined): Reader {
  const language = languageOf(locale);
  const tag = tagOf(locale, language);
  const times = timesOf(tag, timeZone);
  const numbers = new Intl.NumberFormat(tag);
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'always', style: 'short' });
  return {
    language,
    say: wordsOf(language),
    number: (value) => numbers.format(value),
    time: (iso) => (Number.isNaN(Date.parse(iso)) ? iso : times.format(new Date(iso))),
    ago(iso) {
      const passed = Date.now() - Date.parse(iso);
      const [unit, ms] = STEPS.find(([, least]) => passed >= least) ?? ['minute', 60_000];
      return Number.isNaN(passed) ? iso : relative.format(-Math.max(0, Math.floor(passed / ms)), unit);
    },
    size: (bytes) => `${numbers.format(Math.round(bytes / 1_048_576))} MiB`,
  };
}

/** The locale as it stands where its words are ours, so that a British reader gets British dates. */
function tagOf(locale: string, language: Reader['language']): string {
  const fallback = language === 'zh' ? 'zh-CN' : 'en';
  try {
    return Intl.getCanonicalLocales(locale).find((tag) => tag.startsWith(language)) ?? fallback;
  } catch {
    return fallback;
  }
}

function timesOf(tag: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(tag, { ...style, ...(timeZone && { timeZone }) });
  } catch {
    return new Intl.DateTimeFormat(tag, style);
  }
}
