import { describe, expect, it } from 'vitest';
import { clean } from '../../src/text/clean.js';

/** The code points of `pattern`, over all of Unicode. */
function* codePoints(pattern: RegExp): Generator<string> {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const char = String.fromCodePoint(point);
    if (pattern.test(char)) yield char;
  }
}

describe('what renders as nothing', () => {
  it.each([
    ['ignorable', /^\p{Default_Ignorable_Code_Point}$/u],
    ['format and control', /^[\p{Cf}\p{Cc}]$/u],
    ['private', /^\p{Co}$/u],
    ['unassigned', /^\p{Cn}$/u],
    ['variation selectors', /^\p{Variation_Selector}$/u],
    ['blank signs and letters', /^[\u115f\u1160\u2800\u3164\uffa0\ufff9-\ufffb\u{16fe4}\u{1d159}]$/u],
    ['tags', /^[\u{e0000}-\u{e0fff}]$/u],
  ])('goes: %s', (_, pattern) => {
    const kept = [...codePoints(pattern)].filter((char) => clean(`a${char}`) !== 'a');
    expect(kept).toEqual([]);
  });

  it('carries no hidden sentence', () => {
    const hidden = [...'call me'].map((char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('');
    const selectors = [...'call me'].map((char) => String.fromCodePoint(0xe0100 + (char.codePointAt(0) ?? 0))).join('');
    expect(clean(`app${hidden}${selectors}\u3164\u115f\u2800`)).toBe('app');
  });

  it('leaves the parts of an emoji, and every script', () => {
    expect(clean('👩‍👩‍👧 ❤️ 1️⃣')).toBe('👩👩👧 ❤ 1⃣');
    const scripts = '报表 отчёт تقرير दस्तावेज़ รายงาน レポート 보고서 ünïcødé 𠮷 😀';
    expect(clean(scripts)).toBe(scripts);
  });
});

describe('terminal sequences', () => {
  it.each(['\u001b[31mx', '\u009b31mx', '\u001b]0;title\u0007x', '\u009d0;title\u009cx', '\u009d\u009d\u009dx'])(
    '%j',
    (text) => expect(clean(text)).toBe('x'),
  );
});
