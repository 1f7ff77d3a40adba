import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import type { Environment } from '../../src/config/environment.js';
import { SETTINGS } from '../../src/config/settings.js';
import { Failure } from '../../src/failure.js';
import { failureResult } from '../../src/mcp/result.js';
import { listLocalImages } from '../../src/tools/list_local_images.js';
import { hostileText, INVISIBLE, isUnpolluted } from '../support/hostile.js';
import { printed } from '../support/secrets.js';

const ALL = Object.values(SETTINGS);
const NAMES = [...ALL.flatMap(({ names }) => [...names]), 'HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_4', '__proto__'];
const SECRET_NAMES = new Set<string>(ALL.flatMap((setting) => ('secret' in setting ? [...setting.names] : [])));

/** Values that are right for some setting, so that generated settings get beyond the first mistake. */
const RIGHT = [
  'cn-north-4',
  'https://hss.example.com',
  'http://127.0.0.1:1',
  'true',
  'ask',
  '15000',
  '2',
  'debug',
  'ecs',
];
const value = fc.oneof(fc.constantFrom(...RIGHT), hostileText, fc.constantFrom('', ' ', '<key>', '${KEY}', 'your-key'));
/** Long enough to be told from ordinary words. */
const secret = hostileText.filter((text) => text.trim().length >= 12 && text.length < 1_000);

const key = fc.string({ unit: fc.constantFrom(...'ABCdef0123456789+/='), minLength: 12, maxLength: 60 });
/** Settings with which the program would work. */
const usable = fc.record({ HSS_REGION: fc.constant('cn-north-4'), CLOUD_SDK_AK: key, CLOUD_SDK_SK: key });

const environment = fc
  .tuple(
    fc.option(usable, { nil: {} }),
    fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 4 }),
    fc.dictionary(fc.constantFrom(...SECRET_NAMES), secret, { maxKeys: 2 }),
  )
  .map((parts) => Object.assign({ HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nonexistent' }, ...parts) as Environment);

it('settings of any kind are read, or refused in words that name the variables and hold no secret', () => {
  let used = 0;
  fc.assert(
    fc.property(environment, (env) => {
      const config = readConfig({ env });
      expect(config.timeoutMs).toBeGreaterThanOrEqual(1_000);
      expect(config.maxRetries).toBeLessThanOrEqual(5);
      const secrets = Object.entries(env).flatMap(([name, text]) =>
        text && SECRET_NAMES.has(name) && text.trim().length >= 12 ? [text.trim()] : [],
      );
      let shown = printed(config);
      try {
        const connection = config.connection();
        expect(connection.region).toMatch(/^[a-z0-9-]+$/);
        shown += printed(connection);
        used += 1;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.details).toMatchObject({ source: 'owner', effect: 'not_sent', retry: false });
        expect(NAMES.some((name) => error.message.includes(name)) || error.message.includes('credentials file')).toBe(
          true,
        );
        expect(error.message.replaceAll('\n', '')).not.toMatch(INVISIBLE);
        expect(error.message.length).toBeLessThan(4_000);
        // As a call gives it out: the last gate is part of it.
        shown += printed(failureResult(listLocalImages, error));
      }
      for (const text of secrets) {
        if (RIGHT.includes(text)) continue;
        expect(shown.includes(text)).toBe(false);
      }
      expect(isUnpolluted()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  // The generator reaches what it is about.
  expect(used).toBeGreaterThan(20);
});
