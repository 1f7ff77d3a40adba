import { describe, expect, it } from 'vitest';
import { parseBounded } from '../../src/cloud/bounded-json.js';
import { readApiError } from '../../src/cloud/error-body.js';
import { namedRate } from '../../src/cloud/pace.js';
import { retryAfterMs } from '../../src/http/retry.js';
import { clean, cleanDeep, quoted } from '../../src/text/clean.js';
import { didYouMean, nearest } from '../../src/text/did-you-mean.js';
import { redact, Secret } from '../../src/text/secret.js';

// Whatever a service, a proxy or a caller sends, twice as much of it costs about twice as much work.

new Secret('EXAMPLE-OF-A-SECRET');
const answer = (body: string, headers = {}) => ({ status: 400, headers, body });
const json = (text: string) => JSON.stringify({ error_code: 'HSS.0001', error_msg: text });

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  clean: (text) => clean(text, 100),
  'clean, uncut': (text) => clean(text, Number.MAX_SAFE_INTEGER),
  quoted,
  cleanDeep: (text) => cleanDeep({ a: [text, { b: text }] }),
  redact: (text) => redact(text),
  'an error of a service': (text) => readApiError(answer(json(text))),
  'a body that is no JSON': (text) => readApiError(answer(text)),
  'a request id': (text) => readApiError(answer('', { 'x-request-id': text })),
  'JSON before it is parsed': (text) => parseBounded(`{"a": ["${text.replace(/["\\\p{Cc}]/gu, '')}"]}`, { rows: 200 }),
  'Retry-After': (text) => retryAfterMs(answer('', { 'retry-after': text })),
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

const LENGTH = 200_000;
/** Below this, in ms, a time says more about the machine than about the work. */
const TOO_SHORT = 30;

/** The shortest of some runs: what else the machine does makes a run longer, never shorter. */
function best(read: (text: string) => unknown, text: string): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4; run += 1) {
    const begun = performance.now();
    read(text);
    shortest = Math.min(shortest, performance.now() - begun);
    if (shortest < TOO_SHORT) break;
  }
  return shortest;
}

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it.each(Object.entries(SHAPES))('of %s', (_shape, make) => {
    const twice = best(read, make(2 * LENGTH));
    if (twice < TOO_SHORT) return;
    expect(twice).toBeLessThan(3.2 * Math.max(best(read, make(LENGTH)), TOO_SHORT / 3.2));
  });
});
