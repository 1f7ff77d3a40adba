import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted } from '../../src/mcp/result.js';
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
      const plain = spells.slice(0, units.length).some((spell) => spell === SPELLINGS['in base64']);
      if (!plain) expect(redact(`<${text}>`)).not.toContain(text);
    }),
  );
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
