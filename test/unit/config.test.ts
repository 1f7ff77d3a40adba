import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { SETTINGS } from '../../src/config/settings.js';
import { Failure } from '../../src/failure.js';
import { Secret } from '../../src/text/secret.js';

const KEYS = { CLOUD_SDK_AK: 'EXAMPLEAK', CLOUD_SDK_SK: 'EXAMPLESK' };
const GOOD = { ...KEYS, HSS_REGION: 'cn-north-4' };

// No credentials file of the person who runs the tests may count.
const connection = (env: Record<string, string>) => readConfig({ env: { HOME: '/nonexistent', ...env } }).connection();

function problem(env: Record<string, string>): string {
  try {
    connection(env);
  } catch (error) {
    if (error instanceof Failure) {
      expect(error.details).toMatchObject({ source: 'owner', effect: 'not_sent', retry: false });
      return error.message;
    }
    throw error;
  }
  throw new Error('the settings were taken');
}

/** What is left of a connection when its secrets are revealed. */
function credentials(env: Record<string, string>) {
  const { credentials: found } = connection(env);
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}

describe('credentials', () => {
  it.each(SETTINGS.accessKey.names.map((ak, index) => [ak, SETTINGS.secretKey.names[index] ?? '']))(
    'takes %s with %s',
    (ak, sk) => {
      expect(credentials({ HSS_REGION: 'cn-north-4', [ak]: 'EXAMPLEAK', [sk]: 'EXAMPLESK' })).toEqual({
        kind: 'access-key',
        ak: 'EXAMPLEAK',
        sk: 'EXAMPLESK',
      });
    },
  );

  it('takes the security token of the same family only', () => {
    expect(credentials({ ...GOOD, CLOUD_SDK_SECURITY_TOKEN: 'EXAMPLESTS' })).toMatchObject({
      securityToken: 'EXAMPLESTS',
    });
    expect(credentials({ ...GOOD, HW_SECURITY_TOKEN: 'LEFTOVER' })).not.toHaveProperty('securityToken');
  });

  it('never mixes two families, and names both', () => {
    const message = problem({ HSS_REGION: 'cn-north-4', CLOUD_SDK_AK: 'EXAMPLEAK', HW_SECRET_KEY: 'EXAMPLESK' });
    expect(message).toContain('CLOUD_SDK_AK is set but CLOUD_SDK_SK is not');
    expect(message).toContain('HW_SECRET_KEY belongs to another family');
    expect(message).not.toMatch(/EXAMPLE/);
  });

  it('takes the first complete family by order, and the token before all', () => {
    const both = { ...GOOD, HW_ACCESS_KEY: 'OTHERAK', HW_SECRET_KEY: 'OTHERSK' };
    expect(credentials(both)).toMatchObject({ ak: 'EXAMPLEAK' });
    expect(credentials({ ...both, HSS_AUTH_TOKEN: 'EXAMPLETOKEN' })).toEqual({ kind: 'token', token: 'EXAMPLETOKEN' });
  });

  it('takes an IAM user, keeping the spaces of the password', () => {
    const env = { HSS_REGION: 'cn-north-4', HSS_IAM_USER: 'u', HSS_IAM_PASSWORD: ' EXAMPLE ', HSS_IAM_DOMAIN: 'd' };
    expect(credentials(env)).toEqual({ kind: 'iam-user', user: 'u', password: ' EXAMPLE ', domain: 'd' });
    expect(problem({ HSS_REGION: 'cn-north-4', HSS_IAM_USER: 'u', HSS_IAM_PASSWORD: 'EXAMPLE' })).toContain(
      'HSS_IAM_USER and HSS_IAM_PASSWORD are set but HSS_IAM_DOMAIN is not',
    );
  });

  it('says what to set when there is nothing', () => {
    expect(problem({ HSS_REGION: 'cn-north-4' })).toContain('give CLOUD_SDK_AK and CLOUD_SDK_SK');
  });

  it.each(['${CLOUD_SDK_AK}', '${user_config.ak}', '<your AK>', 'your-access-key'])(
    'takes %s for an unfilled placeholder',
    (text) => {
      const message = problem({ ...GOOD, CLOUD_SDK_AK: text, CLOUD_SDK_SK: text });
      expect(message).toContain('CLOUD_SDK_AK, CLOUD_SDK_SK still hold placeholders');
    },
  );

  it('names a half-filled placeholder', () => {
    expect(problem({ ...GOOD, CLOUD_SDK_SK: '${SK}' })).toContain('CLOUD_SDK_SK still holds a placeholder');
  });

  it('refuses a key that cannot be a header, without repeating it', () => {
    const message = problem({ ...GOOD, CLOUD_SDK_SK: 'EXAMPLE SK' });
    expect(message).toContain('CLOUD_SDK_SK must be printable ASCII');
    expect(message).not.toContain('EXAMPLE SK');
  });
});

describe('the credentials file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hss-profile-'));
  mkdirSync(join(folder, '.huaweicloud'));
  const file = join(folder, '.huaweicloud', 'credentials');
  afterAll(() => rmSync(folder, { recursive: true }));
  const REGION = { HSS_REGION: 'cn-north-4' };

  it('is read at its default place, section [basic] only', () => {
    writeFileSync(
      file,
      '[global]\nak = WRONG1\n[basic]\r\nak = EXAMPLEAK\n  sk=EXAMPLESK\nproject_id = p1\nsecurity_token =\n',
    );
    const found = connection({ ...REGION, HOME: folder });
    expect(found.projectId).toBe('p1');
    expect(credentials({ ...REGION, HOME: folder })).toEqual({ kind: 'access-key', ak: 'EXAMPLEAK', sk: 'EXAMPLESK' });
    expect(connection({ ...REGION, HOME: folder, HSS_PROJECT_ID: 'p2' }).projectId).toBe('p2');
  });

  it('loses to keys of the environment, and a half-filled family is not completed from it', () => {
    expect(credentials({ ...REGION, HOME: folder, HW_ACCESS_KEY: 'OTHERAK', HW_SECRET_KEY: 'OTHERSK' })).toMatchObject({
      ak: 'OTHERAK',
    });
    expect(problem({ ...REGION, HOME: folder, HW_ACCESS_KEY: 'OTHERAK' })).toContain('HW_SECRET_KEY is not');
  });

  it('that was named must be there and complete', () => {
    const named = (path: string) => problem({ ...REGION, HUAWEICLOUD_SDK_CREDENTIALS_FILE: path });
    expect(named('/nonexistent/file')).toContain('The credentials file "/nonexistent/file" cannot be read');
    writeFileSync(file, '[basic]\nak = EXAMPLEAK\n');
    expect(named(file)).toContain('must hold ak and sk in its section [basic]');
  });
});

/** What people leave where a key should stand; each failure of such a key counts towards its lock. */
const NO_KEYS = [
  '"EXAMPLE1KEY"',
  "'EXAMPLE1KEY'",
  '`EXAMPLE1KEY`',
  'EXAMPLE1 KEY',
  '$EXAMPLE1KEY',
  '%EXAMPLE1KEY%',
  '{EXAMPLE1KEY}',
  '{{EXAMPLE1KEY}}',
  '${EXAMPLE1KEY}',
  '<EXAMPLE1KEY>',
  'EXAMPLE1KEYé',
  '密钥EXAMPLE1KEY',
  'your_EXAMPLE1KEY',
];

describe('what is no key', () => {
  const secrets = ['accessKey', 'secretKey', 'securityToken'] as const;
  const family = SETTINGS.accessKey.names.map((_, at) => secrets.map((key) => SETTINGS[key].names[at] ?? ''));
  const places = [...family.flat().filter(Boolean), ...SETTINGS.authToken.names];

  it.each(places)('is refused in %s, by name and without its value', (place) => {
    const [ak = '', sk = ''] = family.find((names) => names.includes(place)) ?? [];
    for (const text of NO_KEYS) {
      const env = { HSS_REGION: 'cn-north-4', ...(ak && { [ak]: 'EXAMPLEAK', [sk]: 'EXAMPLESK' }), [place]: text };
      // An optional token that is a placeholder is not given at all.
      if (place.endsWith('SECURITY_TOKEN') && /^(\$\{|<|your)/.test(text)) continue;
      const message = problem(env);
      expect(message, text).toContain(place);
      expect(message, text).not.toContain('EXAMPLE1');
    }
  });

  it('is refused in the credentials file, by name and without its value', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hss-keys-')), 'credentials');
    for (const name of ['ak', 'sk', 'security_token']) {
      for (const text of NO_KEYS) {
        const values = { ak: 'EXAMPLEAK', sk: 'EXAMPLESK', [name]: text };
        const lines = Object.entries(values).map((entry) => entry.join(' = '));
        writeFileSync(file, `[basic]\n${lines.join('\n')}\n`);
        const message = problem({ HSS_REGION: 'cn-north-4', HUAWEICLOUD_SDK_CREDENTIALS_FILE: file });
        expect(message).toContain(`${name} in the credentials file`);
        expect(message).not.toContain('EXAMPLE1');
      }
    }
  });
});

describe('a credentials file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hss-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'credentials');
  const named = { HSS_REGION: 'cn-north-4', HUAWEICLOUD_SDK_CREDENTIALS_FILE: file };
  const basic = '[basic]\nak = EXAMPLEAK\nsk = EXAMPLESK\n';

  it('may begin with a byte-order mark, hold comments and name IAM', () => {
    writeFileSync(file, `\ufeff${basic}# sk = WRONG\n; ak = WRONG\niam_endpoint = https://iam.example.com\r\n`);
    expect(connection(named).iamEndpoint).toBe('https://iam.example.com');
    expect(credentials(named)).toMatchObject({ ak: 'EXAMPLEAK', sk: 'EXAMPLESK' });
    const own = { ...named, HSS_IAM_ENDPOINT: 'https://iam.example.org' };
    expect(connection(own).iamEndpoint).toBe('https://iam.example.org');
  });

  it('is refused with an address of IAM that is none', () => {
    writeFileSync(file, `${basic}iam_endpoint = https://user:EXAMPLEPW@iam.example.com\n`);
    expect(problem(named)).toContain('iam_endpoint');
    expect(problem(named)).not.toContain('EXAMPLEPW');
  });

  it('is found below ~', () => {
    writeFileSync(file, basic);
    const env = { ...named, HOME: folder, HUAWEICLOUD_SDK_CREDENTIALS_FILE: '~/credentials' };
    expect(credentials(env)).toMatchObject({ ak: 'EXAMPLEAK' });
  });

  it('is named without its path where that may hold a password', () => {
    const path = 'https://user:EXAMPLEPW@files.example.com/credentials';
    const message = problem({ ...named, HUAWEICLOUD_SDK_CREDENTIALS_FILE: path });
    expect(message).toContain('The credentials file of HUAWEICLOUD_SDK_CREDENTIALS_FILE cannot be read');
    expect(message).not.toContain('EXAMPLEPW');
  });

  it('is found below a home folder of any name', () => {
    const home = join(folder, "$& $' $1");
    mkdirSync(home);
    writeFileSync(join(home, 'credentials'), basic);
    const env = { ...named, HOME: home, HUAWEICLOUD_SDK_CREDENTIALS_FILE: '~/credentials' };
    expect(credentials(env)).toMatchObject({ ak: 'EXAMPLEAK' });
  });

  it('is never waited for', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, folder, '/dev/zero'])
      expect(problem({ ...named, HUAWEICLOUD_SDK_CREDENTIALS_FILE: path })).toContain('must be an ordinary file');
  });

  it('is not looked for in the folder where the program runs', () => {
    const before = process.cwd();
    mkdirSync(join(folder, '.huaweicloud'));
    writeFileSync(join(folder, '.huaweicloud', 'credentials'), basic);
    process.chdir(folder);
    try {
      for (const HOME of ['', ' ', '.', 'relative']) {
        const env = { HSS_REGION: 'cn-north-4', HOME, USERPROFILE: '/nonexistent' };
        expect(() => readConfig({ env }).connection()).toThrow('No credentials are set');
      }
    } finally {
      process.chdir(before);
    }
  });
});

it.each(['HW_ASSUME_ROLE_AGENCY_NAME', 'HW_ASSUME_ROLE_DOMAIN_NAME', 'HW_ASSUME_ROLE_DURATION'])(
  '%s is not passed over',
  (name) => {
    expect(problem({ ...GOOD, [name]: 'agency' })).toContain(`${name} is set, but assuming a role is not supported`);
    expect(connection({ ...GOOD, [name]: '' }).region).toBe('cn-north-4');
  },
);

it('a password is taken as it is, unless it is the name of a variable that nobody filled in', () => {
  const user = { HSS_REGION: 'cn-north-4', HSS_IAM_USER: 'u', HSS_IAM_DOMAIN: 'd' };
  for (const password of ['pa$$word', '$Ecret1', '50%', '%41%', '"quoted"', '{a}', 'päss wörd', 'a<b>'])
    expect(credentials({ ...user, HSS_IAM_PASSWORD: password })).toMatchObject({ password });
  for (const password of ['$HSS_IAM_PASSWORD', '%HSS_IAM_PASSWORD%', '{{password}}']) {
    const message = problem({ ...user, HSS_IAM_PASSWORD: password });
    expect(message).toContain('HSS_IAM_PASSWORD must be the password itself');
    expect(message).not.toContain(password);
  }
});

it('the agency of an ECS is used only when asked for', () => {
  expect(credentials({ HSS_REGION: 'cn-north-4', HSS_CREDENTIALS: 'ecs' })).toEqual({ kind: 'ecs' });
  expect(problem({ HSS_REGION: 'cn-north-4', HSS_CREDENTIALS: 'eks' })).toContain('HSS_CREDENTIALS must be one of ecs');
});

describe('other settings', () => {
  it('takes every alias', () => {
    for (const name of SETTINGS.region.names)
      expect(connection({ ...KEYS, [name]: 'cn-east-3' }).region).toBe('cn-east-3');
    for (const name of SETTINGS.projectId.names) expect(connection({ ...GOOD, [name]: 'p1' }).projectId).toBe('p1');
    for (const name of SETTINGS.enterpriseProjectId.names) {
      expect(connection({ ...GOOD, [name]: 'all_granted_eps' }).enterpriseProjectId).toBe('all_granted_eps');
    }
    for (const name of SETTINGS.iamEndpoint.names) {
      expect(connection({ ...GOOD, [name]: 'https://iam.example.com/' }).iamEndpoint).toBe('https://iam.example.com');
    }
    for (const name of SETTINGS.maxRetries.names) expect(readConfig({ env: { [name]: '5' } }).maxRetries).toBe(5);
  });

  it('has the documented defaults', () => {
    expect(readConfig({ env: {} })).toMatchObject({
      readOnly: false,
      scanAll: 'ask',
      scanFilters: 'resolve',
      timeoutMs: 15_000,
      maxRetries: 2,
      logLevel: 'info',
    });
    expect(connection(GOOD)).toMatchObject({ region: 'cn-north-4', regionEndpoints: {}, sandbox: false });
  });

  it.each([
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    [' zh_CN ', 'zh'],
    ['zh_CN.UTF-8', 'zh'],
    ['en-US', 'en'],
    ['EN', 'en'],
  ])('takes the language %j as locales write it', (text, language) => {
    expect(readConfig({ env: { HSS_LANG: text, LANG: 'C' } }).language).toBe(language);
    expect(connection({ ...GOOD, HSS_LANG: text }).region).toBe('cn-north-4');
  });

  it('names a language that there is not, and speaks the one of the locale', () => {
    expect(problem({ ...GOOD, HSS_LANG: 'zhuang' })).toContain('HSS_LANG must be one of en, zh, not "zhuang".');
    expect(readConfig({ env: { HSS_LANG: 'zhuang', LANG: 'zh_CN.UTF-8' } }).language).toBe('zh');
  });

  it('has no default for the region', () => {
    expect(problem(KEYS)).toContain('HSS_REGION is not set');
    expect(problem({ ...KEYS, HSS_REGION: '<YOUR REGION>' })).toContain('HSS_REGION still holds a placeholder');
  });

  it.each([
    [{ HSS_REGION: 'CN-North-4' }, 'HSS_REGION must be a region id such as cn-north-4 (lower case), not "CN-North-4"'],
    [{ HSS_ENDPOINT: 'http://hss.example.com' }, 'HSS_ENDPOINT must be an https:// address'],
    [{ HSS_ENDPOINT: 'https://u:p@hss.example.com' }, 'HSS_ENDPOINT must be'],
    [{ HSS_ENDPOINT: 'https://hss.example.com/v5' }, 'HSS_ENDPOINT must be'],
    [{ HSS_TIMEOUT_MS: '999' }, 'HSS_TIMEOUT_MS must be a whole number from 1000 to 40000, not "999"'],
    [{ HSS_TIMEOUT_MS: '1e4' }, 'HSS_TIMEOUT_MS must be'],
    [{ HW_MAX_RETRIES: '6' }, 'HW_MAX_RETRIES must be a whole number from 0 to 5'],
    [{ HSS_READ_ONLY: 'maybe' }, 'HSS_READ_ONLY must be true or false'],
    [{ HSS_SCAN_ALL: 'never' }, 'HSS_SCAN_ALL must be one of ask, allow, deny'],
    [{ HSS_SCAN_FILTERS: 'maybe' }, 'HSS_SCAN_FILTERS must be one of resolve, send'],
    [{ HSS_LOG_LEVEL: 'loud' }, 'HSS_LOG_LEVEL must be one of'],
    [{ HSS_PROJECT_ID: 'a/b' }, 'HSS_PROJECT_ID must be'],
    [{ HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7: 'nonsense' }, 'HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7 must be'],
    [{ HTTPS_PROXY: 'ftp://proxy.example.com' }, 'HTTPS_PROXY must be an http:// or https:// address'],
  ])('refuses %j', (over, message) => {
    expect(problem({ ...GOOD, ...over })).toContain(message);
  });

  it('reports several mistakes at once', () => {
    const message = problem({ HSS_TIMEOUT_MS: '1', HSS_READ_ONLY: 'x', CLOUD_SDK_AK: 'EXAMPLEAK' });
    for (const name of ['HSS_TIMEOUT_MS', 'HSS_READ_ONLY', 'CLOUD_SDK_SK', 'HSS_REGION'])
      expect(message).toContain(name);
  });

  it('takes http on loopback only', () => {
    for (const origin of ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9']) {
      expect(connection({ ...GOOD, HSS_ENDPOINT: origin }).hssEndpoint).toBe(origin);
    }
    expect(problem({ ...GOOD, HSS_ENDPOINT: 'http://127.0.0.1.example.com' })).toContain('HSS_ENDPOINT');
  });

  it('reads endpoints of single regions, the first of several', () => {
    const env = { ...GOOD, HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7: 'https://a.example.com, https://b.example.com' };
    expect(connection(env).regionEndpoints).toEqual({ 'cn-north-7': 'https://a.example.com' });
    for (const text of ['https://a.example.com,', ' https://a.example.com , ']) {
      const one = { ...GOOD, HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7: text };
      expect(connection(one).regionEndpoints).toEqual({ 'cn-north-7': 'https://a.example.com' });
    }
    for (const text of [',', ', ,', 'https://a.example.com,http://b.example.com']) {
      expect(problem({ ...GOOD, HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7: text })).toContain(
        'HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7 must be an https:// address',
      );
    }
  });

  it('ignores leftovers of an account in the sandbox, but not how to behave', () => {
    const env = { CLOUD_SDK_AK: 'EXAMPLEAK', HSS_ENDPOINT: 'nonsense', HSS_READ_ONLY: 'true' };
    const config = readConfig({ env, sandbox: true });
    expect(config.readOnly).toBe(true);
    expect(() => config.connection()).toThrow(TypeError);
    const wrong = readConfig({ env: { HSS_READ_ONLY: 'maybe' }, sandbox: true });
    expect(() => wrong.assertUsable()).toThrow('HSS_READ_ONLY must be true or false');
  });

  it.each([
    ['HSS_READ_ONLY', 'readOnly', true],
    ['HSS_SCAN_ALL', 'scanAll', 'deny'],
    ['HSS_SCAN_FILTERS', 'scanFilters', 'resolve'],
  ] as const)('%s closes when it cannot be read, and never opens', (name, key, closed) => {
    for (const text of ['maybe', '${HSS}', '${user_config.x}', '<x>', 'your-choice', 'yes please', '是']) {
      for (const sandbox of [true, false])
        expect(readConfig({ env: { ...GOOD, [name]: text }, sandbox })[key], text).toBe(closed);
    }
    for (const text of ['', '  '])
      expect(readConfig({ env: { [name]: text } })[key]).toBe(readConfig({ env: {} })[key]);
  });

  const ENDPOINTS = [
    'HSS_ENDPOINT',
    'HSS_IAM_ENDPOINT',
    'HUAWEICLOUD_SDK_IAM_ENDPOINT',
    'HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7',
  ];
  it.each(ENDPOINTS)('%s is refused with a user and a password, which are not shown', (name) => {
    for (const text of [
      'https://user:EXAMPLEPW@hss.example.com',
      'https://EXAMPLEPW@hss.example.com',
      'https://user:EXAMPLEPW@127.0.0.1',
      'user:EXAMPLEPW@hss.example.com',
      'https://hss.example.com/?token=EXAMPLEPW',
      'https://hss.example.com/#EXAMPLEPW',
      'https://user:EXAMPLEPW@hss.example.com, https://b.example.com',
    ]) {
      const message = problem({ ...GOOD, [name]: text });
      expect(message).toContain(`${name} must be an https:// address without user, password and path`);
      expect(message).not.toContain('EXAMPLEPW');
    }
  });

  it.each([
    ['proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['user:EXAMPLE%PW@proxy.example.com', 'http://user:EXAMPLE%PW@proxy.example.com'],
    ['https://proxy.example.com', 'https://proxy.example.com'],
  ])('takes %s as a proxy', (text, url) => {
    expect(connection({ ...GOOD, HTTPS_PROXY: text }).proxy?.url.reveal()).toBe(url);
  });

  it('shows no secret when it is printed', () => {
    const env = {
      ...GOOD,
      CLOUD_SDK_SECURITY_TOKEN: 'EXAMPLESTS',
      HTTPS_PROXY: 'http://u:EXAMPLEPW@proxy.example.com',
    };
    const found = connection(env);
    for (const shown of [inspect(found, { depth: 9 }), JSON.stringify(found), `${Object.values(found.credentials)}`]) {
      expect(shown).not.toMatch(/EXAMPLE/);
    }
  });
});
