import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../src/hss/models.js';
import { HSS_REGIONS, namedRegions, regionNamed } from '../../src/hss/regions.js';
import {
  CONSOLE_FIELDS,
  CONSOLE_WORDS,
  type ConsoleWord,
  consoleValue,
  consoleValues,
  consoleWord,
} from '../../src/words/console.js';

const ALL = CONSOLE_FIELDS.flatMap((field) =>
  Object.entries<ConsoleWord>(CONSOLE_WORDS[field]).map(([value, word]) => ({ field, value, word })),
);

describe('the words of the console', () => {
  it.each(ALL)('$field $value is written as Chinese is, and read back', ({ field, value, word }) => {
    expect(word.zh).toMatch(/\p{Script=Han}/u);
    // A space between Chinese and Latin, and no half-width punctuation.
    expect(word.zh).not.toMatch(/\p{Script=Han}[A-Za-z0-9,.;:!?()]|[A-Za-z0-9,.;:!?()]\p{Script=Han}/u);
    expect(word.en ?? '').not.toMatch(/\p{Script=Han}/u);
    for (const name of [value, word.zh, word.en, ...(word.also ?? [])]) {
      if (name !== undefined) expect(consoleValue(field, name, [value])).toBe(value);
    }
  });

  it.each(CONSOLE_FIELDS)('of %s tell values apart, but for the two that mean waiting', (field) => {
    const words = consoleValues(field).map((value) => consoleWord(field, value, 'zh'));
    const [once, twice] = [new Set(words), words.filter((word, index) => words.indexOf(word) < index)];
    expect(once.size + twice.length).toBe(words.length);
    expect(twice).toEqual(field === 'scan_status' ? ['等待扫描'] : []);
  });

  it('name every severity, and say nothing where the value says it', () => {
    expect(SEVERITIES.map((severity) => consoleWord('severity_level', severity, 'zh'))).toEqual([
      '严重',
      '高危',
      '中危',
      '低危',
    ]);
    expect(consoleWord('severity_level', 'High', 'en')).toBeUndefined();
    expect(consoleWord('scan_status', 'scanning', 'en')).toBeUndefined();
    expect(consoleWord('scan_status', 'success', 'en')).toBe('Scan completed');
    expect(consoleWord('scan_status', 'constructor', 'zh')).toBeUndefined();
    expect(consoleValue('scan_status', 'constructor')).toBeUndefined();
  });
});

describe('the names of regions', () => {
  it.each(['zh', 'en'] as const)('mean their region, in %s', (language) => {
    const named = namedRegions(language, '');
    expect(named.length).toBeGreaterThan(20);
    for (const { name, id } of named) {
      expect(HSS_REGIONS).toContain(id);
      expect(regionNamed(name)).toBe(id);
      expect(regionNamed(name.toLowerCase().replace(/[- ]/g, ''))).toBe(id);
    }
  });

  it('mean nothing where they are of no region, or of more than one', () => {
    for (const name of ['', '-', '北京', 'Beijing', 'cn', '华北-北京五', 'constructor', 'Shanghai'])
      expect(regionNamed(name), name).toBeUndefined();
  });

  it('are offered by their beginning', () => {
    expect(namedRegions('zh', '华东-上海').map(({ id }) => id)).toEqual([
      'cn-east-2',
      'cn-east-3',
      'cn-east-4',
      'cn-east-5',
    ]);
  });
});
