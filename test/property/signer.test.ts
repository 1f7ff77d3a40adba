import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sdkDate, sign } from '../../src/auth/signer.js';
import { canonicalQuery } from '../../src/http/target.js';
import { Secret } from '../../src/text/secret.js';
import { officialSign } from '../support/official-signer.js';

const HOST = 'hss.cn-north-4.myhuaweicloud.com';

// Left out are the points where the official signer departs from the guide; test/unit/signer.test.ts covers each:
// encoded paths, ' and | in paths, untrimmed header values, header names that a locale sorts otherwise, and query
// names that sort otherwise before they are encoded.
const character = fc.oneof(
  fc.constantFrom(...' /:@,;=+&$!()*~-._"<>#%^`[]{}\\?报表镜像é€😀'),
  fc.constantFrom(...'abcxyzABCXYZ0123456789'),
);
const text = fc.oneof(fc.string({ unit: character, maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }));
const segment = fc.string({
  unit: fc.constantFrom(...'abcXYZ019-_.~:@!$&()*+,;=报表镜é€😀'),
  minLength: 1,
  maxLength: 12,
});
const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`);
const word = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 10,
});
const query = fc.dictionary(word, text, { maxKeys: 8, noNullPrototype: true });
const headerValue = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.~/;=%'), minLength: 1, maxLength: 30 });
const headers = fc.dictionary(
  word.map((name) => `x${name}`),
  headerValue,
  { maxKeys: 5, noNullPrototype: true },
);
const body = fc.option(fc.dictionary(text, fc.jsonValue(), { minKeys: 1, maxKeys: 5, noNullPrototype: true }), {
  nil: undefined,
});
const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

it('signs as the official signer does, over generated requests', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'),
      path,
      query,
      headers,
      body,
      date,
      fc.string({ unit: fc.constantFrom(...'ABCXYZ0189'), minLength: 6, maxLength: 20 }),
      (method, requestPath, queryParams, extra, data, when, sk) => {
        const timestamp = sdkDate(when);
        const all = { 'content-type': 'application/json', ...extra };
        const theirs = officialSign(
          {
            endpoint: `https://${HOST}${requestPath}`,
            method,
            headers: { ...all, 'X-Sdk-Date': timestamp },
            queryParams: { ...queryParams },
            ...(data !== undefined && { data }),
          },
          'EXAMPLEAK',
          sk,
        );
        const ours = sign(
          {
            method,
            path: requestPath,
            query: canonicalQuery(Object.entries(queryParams)),
            headers: { ...all, host: HOST },
            ...(data !== undefined && { body: JSON.stringify(data) }),
          },
          { ak: new Secret('EXAMPLEAK'), sk: new Secret(sk) },
          when,
        );
        expect(ours.Authorization).toBe(theirs.Authorization);
        compared += 1;
      },
    ),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThanOrEqual(3000);
});
