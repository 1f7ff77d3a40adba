import { describe, expect, it } from 'vitest';
import { en } from '../../src/words/en.js';
import { languageOf } from '../../src/words/language.js';
import { zh } from '../../src/words/zh.js';

/** Stands for any value that a message is given: a number, a text, a list, a record. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => {
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'string' ? '7' : 7);
    if (key === Symbol.iterator) return [][Symbol.iterator];
    if (key === 'length') return 7;
    return anything;
  },
  apply: () => anything,
});

/** Values that lead a message to its other wordings: one thing, none, what is unknown, what is not so. */
const FILLINGS: readonly unknown[] = [anything, 1, 0, undefined, false, []];

/** Every message by the path of its keys, filled in, in each of its wordings. */
function said(messages: object, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, message]): [string, string][] => {
    const name = path ? `${path}.${key}` : key;
    if (typeof message === 'string') return [[name, message]];
    if (typeof message !== 'function') return said(message as object, name);
    const fill = message as (...values: unknown[]) => string;
    const wordings = FILLINGS.flatMap((filling) => {
      try {
        return [String(fill(...Array.from({ length: fill.length }, () => filling)))];
      } catch {
        // Not every message takes every kind of value; the first filling fits all.
        if (filling === anything) throw new Error(`${name} cannot be filled in`);
        return [];
      }
    });
    return [...new Set(wordings)].map((wording) => [name, wording]);
  });
}

const ENGLISH = said(en);
const CHINESE = said(zh);
/** What is made of values and marks alone has no word to be Chinese. */
const WORDED = new Set(
  ENGLISH.filter(([, message]) => /[A-Za-z]/.test(message.replace(/undefined|false/g, ''))).map(([name]) => name),
);

describe('the catalogue of messages', () => {
  it('has every key in both languages', () => {
    const keysOf = (messages: readonly [string, string][]) => [...new Set(messages.map(([name]) => name))].sort();
    expect(keysOf(CHINESE)).toEqual(keysOf(ENGLISH));
    expect(ENGLISH.length).toBeGreaterThan(0);
  });

  it('takes the same number of values in both', () => {
    const arity = (messages: object): unknown =>
      Object.fromEntries(
        Object.entries(messages).map(([key, message]) => [
          key,
          typeof message === 'object' ? arity(message as object) : typeof message === 'function' ? message.length : 0,
        ]),
      );
    expect(arity(zh)).toEqual(arity(en));
  });

  it.each(CHINESE)('%s is Chinese', (name, message) => {
    if (WORDED.has(name)) expect(message).toMatch(/\p{Script=Han}/u);
    // Punctuation between Chinese characters is full-width; what stands in code, names and numbers is not.
    expect(message).not.toMatch(/\p{Script=Han}[ ]?[,.;:!?()][ ]?\p{Script=Han}/u);
    // No sentence was left in English.
    expect(message).not.toMatch(/(?:\b[A-Za-z]+ ){5}/);
  });

  it.each(ENGLISH)('%s is English', (_, message) => {
    expect(message).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('the language', () => {
  it.each([
    [{}, 'en'],
    [{ HSS_LANG: 'zh' }, 'zh'],
    [{ HSS_LANG: ' ZH ' }, 'zh'],
    [{ HSS_LANG: 'zh-CN' }, 'zh'],
    [{ HSS_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
    [{ HSS_LANG: '', LANG: 'C.UTF-8' }, 'en'],
    [{ HSS_LANG: 'french', LANG: 'zh_CN' }, 'zh'],
    [{ LANG: 'zhuang' }, 'en'],
  ])('of %o is %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});
