import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../src/auth/hmac.js';
import { Secret } from '../../src/text/secret.js';

const bytesOf = (max: number) => fc.string({ unit: 'binary', maxLength: max });

it('equals the HMAC of Node, for keys and texts short, long and of any script, used again and again', () => {
  fc.assert(
    fc.property(bytesOf(90), fc.array(bytesOf(260), { minLength: 1, maxLength: 4 }), (key, texts) => {
      const secret = new Secret(key);
      for (const text of texts) {
        expect(hmacSha256(secret, text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
      }
    }),
    { numRuns: 3000 },
  );
});
