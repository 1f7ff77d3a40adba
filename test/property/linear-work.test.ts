import { describe, expect, it } from 'vitest';
import { parseBounded } from '../../src/cloud/bounded-json.js';
import { clockSkew } from '../../src/cloud/clock-skew.js';
import { readApiError } from '../../src/cloud/error-body.js';
import { namedRate } from '../../src/cloud/pace.js';
import { retryAfterMs } from '../../src/http/retry.js';
import { createLog } from '../../src/log.js';
import { readArguments } from '../../src/mcp/arguments.js';
import { redacted } from '../../src/mcp/result.js';
import { fence, lineOf, rowOf } from '../../src/present/table.js';
import { clean, cleanDeep, quoted } from '../../src/text/clean.js';
import { didYouMean, nearest } from '../../src/text/did-you-mean.js';
import { redact, Secret } from '../../src/text/secret.js';
import { unescaped } from '../../src/text/spelling.js';
import { batchScanLocalImage } from '../../src/tools/batch_scan_local_image.js';
import { listLocalImages } from '../../src/tools/list_local_images.js';

// Whatever a service, a proxy or a caller sends, twice as much of it costs at most about thrice the work. Measured with
// four times as much, nine times the work at most: what grows with the square takes sixteen, and a busy machine cannot
// turn one into the other.

new Secret('EXAMPLE-OF-A-SECRET');
const answer = (body: string, headers = {}) => ({ status: 400, headers, body });
const json = (text: string) => JSON.stringify({ error_code: 'HSS.0001', error_msg: text });

const COLUMN = { name: 'a', value: (row: { readonly a: string }) => row.a };

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  clean: (text) => clean(text, 100),
  'clean, uncut': (text) => clean(text, Number.MAX_SAFE_INTEGER),
  quoted,
  cleanDeep: (text) => cleanDeep({ a: [text, { b: text }] }),
  'cleanDeep of names': (text) => cleanDeep({ [text]: 1, [`${text}x`]: { [text]: 1 } }),
  redact: (text) => redact(text),
  unescaped,
  'a result': (text) => redacted({ content: [{ text }] }),
  fence: (text) => fence([text, text]),
  'a row of a table': (text) => lineOf(rowOf({ a: text }, [COLUMN]), [COLUMN]),
  'the log': (text) => createLog('info', () => {})('info', text, { field: text }),
  'an error of a service': (text) => readApiError(answer(json(text))),
  'a body that is no JSON': (text) => readApiError(answer(text)),
  'a request id': (text) => readApiError(answer('', { 'x-request-id': text })),
  'JSON before it is parsed': (text) => parseBounded(`{"a": ["${text.replace(/["\\\p{Cc}]/gu, '')}"]}`, { rows: 200 }),
  'Retry-After': (text) => retryAfterMs(answer('', { 'retry-after': text })),
  'the date of an answer': (text) => clockSkew(answer('', { date: text })),
  'the rate of a 429': namedRate,
  'a wrong word': (text) => [didYouMean(text, ['image_name']), nearest(text, ['cn-north-4'], 3)],
};

const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  'line breaks after a method': (length) => `GET${'\n'.repeat(length)}`,
  methods: (length) => 'GET |'.repeat(length / 5),
  'methods and bars': (length) => `${'GET|'.repeat(length / 8)}${'|'.repeat(length / 2)}`,
  'operating system commands': (length) => '\u009d'.repeat(length),
  escapes: (length) => '\u001b'.repeat(length),
  'escapes with brackets': (length) => '\u001b]'.repeat(length / 2),
  'control sequences': (length) => `\u001b[${'1;'.repeat(length / 2)}`,
  'zero-width spaces': (length) => '\u200b'.repeat(length),
  spaces: (length) => `x${' '.repeat(length)}x`,
  backslashes: (length) => '\\'.repeat(length),
  'quotes and backslashes': (length) => '\\"'.repeat(length / 2),
  'percent signs': (length) => '%25'.repeat(length / 3),
  'percent-encoded halves': (length) => '%c3'.repeat(length / 3),
  entities: (length) => '&amp;#'.repeat(length / 6),
  'beginnings of a secret': (length) => 'EXAMPLE-OF-A-SECRE'.repeat(length / 18),
  secrets: (length) => 'EXAMPLE-OF-A-SECRET'.repeat(length / 19),
  digits: (length) => '9'.repeat(length),
  limits: (length) => 'limit: 5, time: 1 '.repeat(length / 18),
  surrogates: (length) => '\ud800'.repeat(length),
};

const LENGTH = 100_000;
/** Below this, in ms, a time says more about the machine than about the work; work by the square takes many seconds. */
const TOO_SHORT = 100;

/** The shortest of some runs, in ms of the processor: what else the machine does makes a run longer, never shorter. */
function best(read: (input: never) => unknown, input: unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4; run += 1) {
    const begun = process.cpuUsage();
    read(input as never);
    const { user, system } = process.cpuUsage(begun);
    shortest = Math.min(shortest, (user + system) / 1000);
    if (shortest < TOO_SHORT) break;
  }
  return shortest;
}

function expectLinear(read: (input: never) => unknown, make: (length: number) => unknown, length: number): void {
  const long = best(read, make(4 * length));
  if (long >= TOO_SHORT) expect(long).toBeLessThan(9 * Math.max(best(read, make(length)), TOO_SHORT / 9));
}

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it.each(Object.entries(SHAPES))('of %s', (_shape, make) => expectLinear(read, make, LENGTH));
});

describe('many small things', () => {
  const many = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));
  const names = (length: number, value: unknown) => Object.fromEntries(many(length, (index) => [`x${index}`, value]));
  const refused = (args: unknown) => {
    expect(() => readArguments(listLocalImages, args)).toThrow('is not a field');
  };

  const tooLong = (args: unknown) => {
    expect(() => readArguments(batchScanLocalImage, args)).toThrow('must have at most 10000 entries');
  };

  it.each<[string, (length: number) => unknown, (made: never) => unknown]>([
    [
      'keys that a list was flattened into',
      (length) => Object.fromEntries(many(length, (index) => [`image_info_list[${index}].image_id`, 'a'])),
      tooLong,
    ],
    ['tags', (length) => ({ image_info_list: '<i><image_id>a</image_id></i>'.repeat(length) }), tooLong],
    ['rows', (length) => many(length, (index) => ({ image_name: `a${index}` })), cleanDeep],
    ['names of fields', (length) => names(length, 'x'), cleanDeep],
    ['lines', (length) => many(length, (index) => `a${index}`), fence],
    ['texts of a result', (length) => many(length, (index) => `a${index}`), redacted],
    ['names of arguments that there are not', (length) => names(length, 1), refused],
  ])('%s', (_, make, read) => expectLinear(read, make, 20_000));
});
