import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import type { Environment } from '../../src/config/environment.js';
import { REGION_ENDPOINT_PREFIX, SETTINGS } from '../../src/config/settings.js';
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
        // What stands in another setting, too, is no secret there.
        const isElsewhere = Object.entries(env).some(
          ([name, other]) => !SECRET_NAMES.has(name) && other?.includes(text),
        );
        if (RIGHT.includes(text) || isElsewhere) continue;
        expect(shown.includes(text)).toBe(false);
      }
      expect(isUnpolluted()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  // The generator reaches what it is about.
  expect(used).toBeGreaterThan(20);
});

/** What stands where a value should, with a password in it. Some of it is right for settings that take any text. */
const WITH_A_PASSWORD = [
  'https://user:CANARYPW1@hss.example.com',
  'https://CANARYPW1@hss.example.com',
  'HTTPS://user:CANARYPW1@hss.example.com:8443/',
  'http://user:CANARYPW1@127.0.0.1',
  '//user:CANARYPW1@hss.example.com',
  'user:CANARYPW1@hss.example.com',
  'https:user:CANARYPW1@hss.example.com',
  'https:\\\\user:CANARYPW1@hss.example.com',
  'https://user:CANARYPW1\uff20hss.example.com',
  'https://user:CANARYPW1\ufe6bhss.example.com',
  'https://user%3aCANARYPW1%40hss.example.com',
  'https://hss.example.com?token=CANARYPW1',
  'https://hss.example.com/?token=CANARYPW1',
  'https://hss.example.com/\uff1ftoken=CANARYPW1',
  'https://hss.example.com/#CANARYPW1',
  'https://hss.example.com/;token=CANARYPW1',
  'https://a.example.com,https://user:CANARYPW1@b.example.com',
  'https://a.example.com, ,https://b.example.com?token=CANARYPW1',
];
const PLACEHOLDERS = ['${HSS}', '${user_config.hss}', '${input:hss}', '<hss>', 'your-hss', 'YOUR_HSS', 'your hss'];
const LEFT_BY_A_SHELL = ['$HSS_VALUE', '%HSS_VALUE%', '{{hss}}', '{hss}', '"hss"', "'hss'"];

/** All that a person may read about these settings: the refusal, the self-test's, and what is said at start. */
function said(env: Environment, sandbox = false): string {
  const config = readConfig({ env: { HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nonexistent', ...env }, sandbox });
  try {
    config.assertUsable();
    return config.warnings.join('\n');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [error.message, error.details.next, ...config.warnings].join('\n');
  }
}

const GOOD = { CLOUD_SDK_AK: 'EXAMPLEAK', CLOUD_SDK_SK: 'EXAMPLESK', HSS_REGION: 'cn-north-4' };
const PLACES = [...new Set(NAMES)].filter((name) => name !== '__proto__');
/** Any text is right for these. */
const ANY_TEXT = new Set<string>([...SETTINGS.noProxy.names, ...SETTINGS.iamPassword.names]);
const IAM_USER = { HSS_IAM_USER: 'user', HSS_IAM_PASSWORD: 'EXAMPLEPW', HSS_IAM_DOMAIN: 'domain' };

/** Settings in which `name` counts, and holds `text`. */
function holding(name: string, text: string): Environment {
  const { HSS_REGION } = GOOD;
  const at = SETTINGS.iamUser.names.findIndex((_, index) =>
    [SETTINGS.iamUser, SETTINGS.iamPassword, SETTINGS.iamDomain].some(({ names }) => names[index] === name),
  );
  if (at >= 0) {
    const family = [SETTINGS.iamUser, SETTINGS.iamPassword, SETTINGS.iamDomain].map(({ names }) => names[at] ?? '');
    const values = Object.values(IAM_USER).map((value, index) => [family[index], value]);
    return { HSS_REGION, ...Object.fromEntries(values), [name]: text };
  }
  const key = SETTINGS.accessKey.names.findIndex((_, index) =>
    [SETTINGS.accessKey, SETTINGS.secretKey, SETTINGS.securityToken].some(
      ({ names }) => (names as readonly string[])[index] === name,
    ),
  );
  if (key >= 0) {
    const family = [SETTINGS.accessKey, SETTINGS.secretKey].map(({ names }) => names[key] ?? '');
    return { HSS_REGION, ...Object.fromEntries(family.map((part) => [part, 'EXAMPLEKEY'])), [name]: text };
  }
  if ((SETTINGS.credentialsFile.names as readonly string[]).includes(name)) return { HSS_REGION, [name]: text };
  const isRegion = (SETTINGS.region.names as readonly string[]).includes(name);
  const { CLOUD_SDK_AK, CLOUD_SDK_SK } = GOOD;
  return { CLOUD_SDK_AK, CLOUD_SDK_SK, ...(isRegion ? {} : { HSS_REGION }), [name]: text };
}

const isEndpoint = (name: string) =>
  name.startsWith(REGION_ENDPOINT_PREFIX) ||
  [...SETTINGS.hssEndpoint.names, ...SETTINGS.iamEndpoint.names].some((endpoint) => endpoint === name);

describe.each(PLACES)('%s', (name) => {
  it('never shows a password that stands in it', () => {
    // A value that another test has made known as a secret would be masked.
    const canary = `CANARY${name.replaceAll('_', '')}`;
    for (const text of WITH_A_PASSWORD.map((example) => example.replaceAll('CANARYPW1', canary))) {
      const words = said(holding(name, text));
      expect(words.toUpperCase(), text).not.toContain(canary.toUpperCase());
      if (isEndpoint(name)) expect(words, text).toContain(`${name} must be`);
    }
  });

  it('is refused by name when a shell left something else in it', () => {
    for (const text of LEFT_BY_A_SHELL) {
      if (ANY_TEXT.has(name) || name.toLowerCase().endsWith('proxy')) continue;
      if (SETTINGS.credentialsFile.names.some((file) => file === name))
        expect(said(holding(name, text)), text).toContain('The credentials file');
      else expect(said(holding(name, text)), text).toContain(`${name} must be`);
    }
  });

  it('counts as unset while nobody has filled it in', () => {
    for (const text of PLACEHOLDERS) {
      expect(readConfig({ env: { [name]: text } })).toMatchObject({ timeoutMs: 15_000, maxRetries: 2 });
      // Named where it is needed, and refused as a value nowhere.
      expect(said(holding(name, text)), text).not.toContain(`${name} must be`);
    }
  });
});

describe('a setting of behaviour', () => {
  const closing = Object.entries(SETTINGS).flatMap(([key, setting]) =>
    setting.closed === undefined
      ? []
      : [[setting.names[0], key as 'readOnly' | 'scanAll' | 'scanFilters', setting.closed] as const],
  );

  it.each(closing)('%s closes with every value that cannot be read, and is named', (name, key, closed) => {
    for (const text of [...WITH_A_PASSWORD, ...PLACEHOLDERS, ...LEFT_BY_A_SHELL, 'maybe', '2', '是', 'null']) {
      for (const sandbox of [false, true]) {
        const env = { ...GOOD, [name]: text };
        expect(readConfig({ env, sandbox })[key], text).toBe(closed);
        expect(said(env, sandbox), text).toContain(name);
      }
    }
    for (const text of ['', ' ', '\t']) {
      const config = readConfig({ env: { ...GOOD, [name]: text } });
      expect(config[key]).toBe(readConfig({ env: GOOD })[key]);
      expect(config.warnings).toEqual([]);
    }
  });

  it('still lets the rest work while it holds a placeholder', () => {
    expect(readConfig({ env: { ...GOOD, HSS_READ_ONLY: '${HSS_READ_ONLY}' } }).connection().region).toBe('cn-north-4');
  });
});
