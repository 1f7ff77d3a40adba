import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BeyondBounds, parseBounded } from '../../src/cloud/bounded-json.js';

const rows = (count: number, row = '{}') => `[${Array.from({ length: count }, () => row).join(',')}]`;
const parse = (text: string, most = 200) => parseBounded(text, { rows: most });

/** Text of `megabytes` MB made of one piece again and again. */
const full = (piece: string, megabytes = 8) => piece.repeat(Math.floor((megabytes * 1024 * 1024) / piece.length));

/** Three rows with 5,000 times the same. */
const wide = (piece: string) => `{"data_list":${rows(3, `{"a":${rows(5_000, piece)}}`)}}`;

describe('JSON of a service', () => {
  it.each([
    ['a full page', `{"total_num":200,"data_list":${rows(200)}}`],
    ['a list alone', rows(200)],
    ['all CVEs that a vulnerability may have', `{"data_list":[{"cve_list":${rows(10_000, '{"cve_id":"C"}')}}]}`],
    ['commas, brackets and quotes in texts', `{"data_list":["${',[{\\"'.repeat(1000)}"]}`],
    ['an object of many fields', `{"data_list":[{${Array.from({ length: 300 }, (_, i) => `"f${i}":1`).join(',')}}]}`],
  ])('is taken: %s', (_, text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['one row too many', `{"data_list":${rows(201)}}`, /more than 200 entries/],
    ['a list alone', rows(201), /more than 200 entries/],
    ['2.8 million rows', `{"data_list":[${full('{},')}{}]}`, /more than 200 entries/],
    ['a list beside the rows', `{"data_list":[],"other":${rows(201)}}`, /more than 200 entries/],
    ['too many CVEs', `{"data_list":[{"cve_list":${rows(10_001)}}]}`, /more than 10000 entries/],
    ['fields without end', `{"data_list":[{${full('"":1,')}"":1}]}`, /values/],
    ['lists in lists, deep', '['.repeat(1_000_000), /nested deeper/],
    ['objects in objects, deep', '{"a":'.repeat(1_000_000), /nested deeper/],
    // No list is long and no level too deep, and yet it is a million lists.
    ['lists in lists, wide', wide(`${'['.repeat(50)}${']'.repeat(50)}`), /values/],
    ['objects in lists, wide', wide(`${'{"":'.repeat(50)}0${'}'.repeat(50)}`), /values/],
  ])('is refused: %s', (_, text, why) => {
    expect(() => parse(text)).toThrow(BeyondBounds);
    expect(() => parse(text)).toThrow(why);
  });

  it.each([
    '',
    '<html>',
    '<p>one, two, three</p>'.repeat(200),
    ','.repeat(1000),
    ']}'.repeat(200),
    '{"a":1}}',
    '[1,,2]',
  ])('is none: %.20j', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('reads as JSON.parse does, whatever small text it is given', () => {
    const plainly = (text: string): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(fc.json({ maxDepth: 4 }), fc.string({ unit: fc.constantFrom(...'[]{},:"\\a1') })),
        (text) => {
          expect(parse(text)).toEqual(plainly(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
