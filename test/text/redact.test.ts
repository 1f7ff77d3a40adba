import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.js';
import { redacted } from '../../src/mcp/result.js';
import { fence, lineOf, rowOf } from '../../src/present/table.js';
import { clean, cleanDeep, quoted } from '../../src/text/clean.js';
import { redact, Secret } from '../../src/text/secret.js';
import { SPELLINGS } from '../support/spellings.js';

const SECRET = 'EXAMPLE+sec/ret=="x" é😀 <&>%41';
new Secret(SECRET);

describe.each(Object.entries(SPELLINGS))('a secret spelled %s', (_, spell) => {
  const spelled = spell(SECRET);

  it('comes out of no text', () => {
    for (const text of [spelled, `before ${spelled} after`, `${spelled}${spelled}`, `{"a": "${spelled}"}`]) {
      expect(redact(text)).toBe(text.replace(spelled + spelled, '[secret]').replaceAll(spelled, '[secret]'));
    }
  });

  it('comes out of no cleaned, quoted or nested value', () => {
    expect(clean(`a ${spelled} b`, 4_000)).toBe('a [secret] b');
    expect(quoted(spelled, 4_000)).toBe('"[secret]"');
    expect(cleanDeep({ deep: [{ name: spelled }] }, 4_000)).toEqual({ deep: [{ name: '[secret]' }] });
  });

  it('leaves no part of it where the text is cut, before it or within', () => {
    expect(clean(`${'x'.repeat(20)}${spelled}`, 30)).toBe(`${'x'.repeat(20)}[secret]`);
    for (const before of [0, 1, spelled.length >> 1, spelled.length - 1]) {
      const text = `${'x'.repeat(64 * 1024 - before)}${spelled}tail`;
      const kept = redact(text, 64 * 1024);
      expect(kept.replace(/^x+/, '')).toBe(before === 0 ? '' : '[secret]');
    }
  });
});

it('is found in any mixture of spellings, unit by unit', () => {
  const units = [...SECRET];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(SPELLINGS)), { minLength: units.length }), (spells) => {
      // A unit in base64 of its own is no spelling of a secret.
      const text = units.map((unit, at) => (spells[at] ?? ((raw) => raw))(unit)).join('');
      const plain = spells
        .slice(0, units.length)
        .some((spell) => spell === SPELLINGS['in base64'] || spell === SPELLINGS['in base64url']);
      if (!plain) expect(redact(`<${text}>`)).not.toContain(text);
    }),
  );
});

describe('a secret with something in between', () => {
  it.each([
    ['a zero-width space', '\u200b'],
    ['a variation selector', '\ufe0f'],
    ['a tag', '\u{e0041}'],
    ['a terminal sequence', '\u001b[1m'],
    ['a control character', '\u0000'],
  ])('that cleaning takes out, %s, is found after it', (_, between) => {
    const broken = `${SECRET.slice(0, 9)}${between}${SECRET.slice(9)}`;
    expect(clean(`a ${broken} b`)).toBe('a [secret] b');
    const lines: string[] = [];
    createLog('info', (line) => lines.push(line))('info', broken, { field: broken });
    expect(lines.join()).toMatch(/ info \[secret\] field="\[secret\]"\n$/);
  });
});

describe('base64', () => {
  it.each(['', 'u:', 'user:', 'a-user:'])('of a secret behind %j tells nothing of it, in both alphabets', (before) => {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = redact(Buffer.from(`${before}${SECRET}:more`).toString(alphabet));
      expect(text).toContain('[secret]');
      // At most the units at its edges are left, which hold bits of what stands beside it.
      const [head = '', tail = ''] = text.split('[secret]');
      const left = [head, tail].map((part) => Buffer.from(part, alphabet).toString('latin1'));
      expect(left[0]).toBe(before.slice(0, left[0]?.length));
      expect(tail.length).toBeLessThan(11);
    }
  });
});

describe('a cell of a table', () => {
  it('shows no secret with a bar or a backtick in it', () => {
    const secret = 'EXAMPLE|with`bars|1';
    new Secret(secret);
    const column = { name: 'a', value: () => secret };
    expect(fence([lineOf(rowOf({}, [column]), [column])])).not.toContain('with');
  });
});

describe('a row', () => {
  it('keeps its names where a secret is an ordinary word, and loses names that hold any other', () => {
    new Secret('image_name');
    const row = { image_name: 'the image_name', vul_num: 1, [`x${SECRET}`]: 1, image_name2: 2 };
    expect(cleanDeep([row])).toEqual([{ image_name: 'the [secret]', vul_num: 1, 'x[secret]': 1, '[secret]2': 2 }]);
  });
});

describe('a result', () => {
  it('keeps its names, numbers and structure, whatever is secret', () => {
    new Secret('123456');
    new Secret('images');
    const result = {
      images: [{ image_name: 'my images', size: 123456, deep: { images: '123456' } }],
      ok: true,
      n: null,
    };
    expect(redacted(result)).toEqual({
      images: [{ image_name: 'my [secret]', size: 123456, deep: { images: '[secret]' } }],
      ok: true,
      n: null,
    });
  });
});
