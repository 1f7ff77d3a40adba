import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/config/config.js';
import type { Credentials } from '../../src/config/identity.js';
import { Failure } from '../../src/failure.js';
import type { HssClient } from '../../src/hss/client.js';
import { Secret } from '../../src/text/secret.js';
import { connect } from '../../src/workspace/connect.js';
import { Routes } from '../../src/workspace/routes.js';
import { Listener } from '../support/listener.js';

// The matrix of SECURITY.md: which credentials go where, for every kind of region and of request. All that leaves is
// seen: what goes to an address of the settings by stand-ins on loopback, what goes anywhere else by a proxy that writes
// down the host and leads nowhere.

const HOME = 'cn-north-4';
const TABLE = 'ap-southeast-3';
const NAMED = 'cn-north-7';
const UNKNOWN = 'eu-west-199';

const secret = (text: string) => new Secret(text);
const key = { kind: 'access-key', ak: secret('EXAMPLEAK'), sk: secret('EXAMPLESK') } as const;
const KINDS = {
  'access key': key,
  'temporary key': { ...key, securityToken: secret('EXAMPLESECURITYTOKEN') },
  token: { kind: 'token', token: secret('EXAMPLETOKEN') },
  'IAM user': { kind: 'iam-user', user: 'user', password: secret('EXAMPLEPASSWORD'), domain: 'domain' },
  'ECS agency': { kind: 'ecs' },
} satisfies Readonly<Record<string, Credentials>>;
type Kind = keyof typeof KINDS;
const ALL_KINDS = Object.keys(KINDS) as Kind[];
/** The metadata service of an ECS cannot be asked on loopback. */
const ASKABLE: readonly Kind[] = ALL_KINDS.filter((kind) => kind !== 'ECS agency');

/** What is sent itself, and more than a signature. */
const SENT_THEMSELVES = /EXAMPLESECURITYTOKEN|EXAMPLETOKEN|EXAMPLEPASSWORD/;

let came: string[] = [];
let redirect: string | undefined;

/** A stand-in for HSS or IAM that writes down what comes to it. */
function standIn(name: string): Listener {
  return new Listener(
    createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const sent = SENT_THEMSELVES.exec(`${JSON.stringify(request.headers)}${body}`)?.[0];
      came.push([name, ...(sent ? [sent] : [])].join(' '));
      if (redirect) {
        response.writeHead(307, { Location: redirect }).end();
        return;
      }
      response.setHeader('X-Subject-Token', 'EXAMPLEISSUED');
      response.end(
        JSON.stringify({
          token: { expires_at: '2100-01-01T00:00:00Z' },
          projects: [HOME, TABLE, NAMED, UNKNOWN].map((region) => ({ id: `id-of-${region}`, name: region })),
          total_num: 0,
          data_list: [],
        }),
      );
    }),
  );
}

const SERVICES = {
  HSS: standIn('HSS'),
  IAM: standIn('IAM'),
  named: standIn('named HSS'),
  elsewhere: standIn('elsewhere'),
};
const proxy = new Listener(
  createServer().on('connect', ({ url }, client: Socket) => {
    came.push(String(url));
    client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
  }),
);
const origins = { HSS: '', IAM: '', named: '', elsewhere: '' };
let proxyUrl: string;
beforeAll(async () => {
  for (const name of Object.keys(SERVICES) as (keyof typeof SERVICES)[]) {
    origins[name] = `http://127.0.0.1:${await SERVICES[name].open()}`;
  }
  proxyUrl = `http://127.0.0.1:${await proxy.open()}`;
});
afterAll(() => Promise.all([proxy, ...Object.values(SERVICES)].map((listener) => listener.close())));
beforeEach(() => {
  came = [];
  redirect = undefined;
});

/** Settings beside credentials and region. */
const SETTINGS = {
  'no endpoint': () => ({}),
  HSS_ENDPOINT: () => ({ hssEndpoint: origins.HSS }),
  HSS_IAM_ENDPOINT: () => ({ iamEndpoint: origins.IAM }),
  'both endpoints': () => ({ hssEndpoint: origins.HSS, iamEndpoint: origins.IAM }),
  'a regional endpoint': () => ({ regionEndpoints: { [NAMED]: origins.named, [TABLE]: origins.named } }),
} satisfies Readonly<Record<string, () => Partial<Connection>>>;
type SettingsName = keyof typeof SETTINGS;

type Scope = Parameters<HssClient['listImageLocal']>[1];
const OPERATIONS: Readonly<Record<string, (hss: HssClient, scope: Scope) => Promise<unknown>>> = {
  list: (hss, scope) => hss.listImageLocal({}, scope),
  scan: (hss, scope) => hss.batchScanLocalImage({ operate_all: true }, scope),
  export: (hss, scope) => hss.batchExportLocalVulTask({}, scope),
  download: (hss, scope) => hss.listDownloadExportedFile('file', scope),
  project: (hss, scope) => hss.projectId(scope.region, scope),
};

async function outcome(kind: Kind, settings: Partial<Connection>, region: string, operation: string) {
  const { hss, close } = connect(
    {
      region: HOME,
      regionEndpoints: {},
      sandbox: false,
      proxy: { url: secret(proxyUrl), noProxy: '' },
      credentials: KINDS[kind],
      ...settings,
    },
    {
      readOnly: false,
      scanAll: 'ask',
      scanFilters: 'resolve',
      timeZone: 'UTC',
      language: 'en' as const,
      timeoutMs: 2_000,
      maxRetries: 0,
      logLevel: 'debug',
    },
    () => {},
  );
  const scope = { region, signal: new AbortController().signal, deadline: performance.now() + 5_000 };
  const result = await OPERATIONS[operation]?.(hss, scope).catch((error: unknown) => error);
  await close();
  return result;
}

const REFUSED = { details: { source: 'input', effect: 'not_sent', retry: false } };

const every = (value: 'yes' | 'no'): Record<Kind, 'yes' | 'no'> => ({
  'access key': value,
  'temporary key': value,
  token: value,
  'IAM user': value,
  'ECS agency': value,
});

/** Regions that each kind of credentials reaches; no stands for "refused and nothing sent". */
const MATRIX: readonly (readonly [SettingsName, region: string, Readonly<Record<Kind, 'yes' | 'no'>>])[] = [
  ['no endpoint', HOME, every('yes')],
  ['no endpoint', TABLE, { ...every('no'), 'access key': 'yes' }],
  ['no endpoint', NAMED, every('no')],
  ['no endpoint', UNKNOWN, every('no')],
  ['HSS_ENDPOINT', HOME, every('yes')],
  ['HSS_ENDPOINT', TABLE, every('no')],
  ['HSS_ENDPOINT', UNKNOWN, every('no')],
  ['HSS_IAM_ENDPOINT', HOME, every('yes')],
  ['HSS_IAM_ENDPOINT', TABLE, { ...every('no'), 'access key': 'yes' }],
  ['HSS_IAM_ENDPOINT', UNKNOWN, every('no')],
  ['both endpoints', HOME, every('yes')],
  ['both endpoints', TABLE, every('no')],
  ['both endpoints', UNKNOWN, every('no')],
  ['a regional endpoint', NAMED, every('yes')],
  ['a regional endpoint', TABLE, every('yes')],
  ['a regional endpoint', UNKNOWN, every('no')],
];

/** Where a request for `region` may be seen: at the addresses of the settings, or at the known ones of the region. */
function allowed(settings: SettingsName, region: string): string[] {
  const named = settings === 'a regional endpoint' && (region === NAMED || region === TABLE);
  const fixedHss = settings === 'HSS_ENDPOINT' || settings === 'both endpoints';
  const fixedIam = settings === 'HSS_IAM_ENDPOINT' || settings === 'both endpoints';
  const knownHss = fixedHss ? 'HSS' : `hss.${region}.myhuaweicloud.com:443`;
  const knownIam = region === NAMED ? 'iam.myhuaweicloud.com:443' : `iam.${region}.myhuaweicloud.com:443`;
  return [named ? 'named HSS' : knownHss, fixedIam ? 'IAM' : knownIam];
}

const CASES = MATRIX.flatMap(([settings, region, reached]) =>
  ALL_KINDS.flatMap((kind) =>
    Object.keys(OPERATIONS).map((operation) => ({ kind, settings, region, operation, reached: reached[kind] })),
  ),
);

describe('a request', () => {
  it.each(CASES.filter(({ reached }) => reached === 'no'))(
    'of $operation with $kind is refused and sends nothing: $settings, $region',
    async ({ kind, settings, region, operation }) => {
      for (const project of [{}, { projectId: 'p' }]) {
        const result = await outcome(kind, { ...SETTINGS[settings](), ...project }, region, operation);
        expect(result).toBeInstanceOf(Failure);
        expect(result).toMatchObject(REFUSED);
      }
      expect(came).toEqual([]);
    },
  );

  it.each(CASES.filter(({ reached, kind }) => reached === 'yes' && ASKABLE.includes(kind)))(
    'of $operation with $kind goes where it belongs and nowhere else: $settings, $region',
    async ({ kind, settings, region, operation }) => {
      const result = await outcome(kind, SETTINGS[settings](), region, operation);
      expect(result).not.toMatchObject(REFUSED);
      expect(came.length).toBeGreaterThan(0);
      const places = came.map((request) => request.replace(/ EXAMPLE\w+$/, ''));
      for (const place of places) expect(allowed(settings, region)).toContain(place);
    },
  );
});

describe('what is sent itself', () => {
  it.each<[Kind, string[]]>([
    ['access key', ['IAM', 'HSS']],
    ['temporary key', ['IAM EXAMPLESECURITYTOKEN', 'HSS EXAMPLESECURITYTOKEN']],
    ['token', ['IAM EXAMPLETOKEN', 'HSS EXAMPLETOKEN']],
    // HSS gets the token that IAM issues, and never the password.
    ['IAM user', ['IAM EXAMPLEPASSWORD', 'IAM', 'HSS']],
  ])('of %s arrives at these: %j', async (kind, expected) => {
    expect(await outcome(kind, SETTINGS['both endpoints'](), HOME, 'list')).toMatchObject({ total_num: 0 });
    expect(came).toEqual(expected);
  });

  it.each(ASKABLE)('of %s follows no redirect', async (kind) => {
    redirect = `${origins.elsewhere}/v5/p/image/local-repositories`;
    for (const operation of Object.keys(OPERATIONS)) {
      expect(await outcome(kind, SETTINGS['both endpoints'](), HOME, operation)).toBeInstanceOf(Failure);
    }
    expect(came.length).toBeGreaterThan(0);
    expect(came.filter((request) => request.startsWith('elsewhere'))).toEqual([]);
  });
});

describe('the project of the settings', () => {
  it('stays with its region: another one has its own', async () => {
    const settings = { ...SETTINGS['a regional endpoint'](), iamEndpoint: origins.IAM, projectId: 'home-project' };
    expect(await outcome('access key', settings, HOME, 'project')).toBe('home-project');
    expect(await outcome('access key', settings, NAMED, 'project')).toBe(`id-of-${NAMED}`);
  });
});

describe('a region that is an odd word', () => {
  it.each(['constructor', '__proto__', 'xx-north-1', '', '../iam', 'evil.example/#', 'CN-NORTH-4'])(
    '%j is refused with fixed endpoints, too, and sends nothing',
    async (region) => {
      for (const kind of ALL_KINDS) {
        for (const settings of ['no endpoint', 'both endpoints'] as const) {
          expect(await outcome(kind, SETTINGS[settings](), region, 'list')).toMatchObject(REFUSED);
        }
      }
      expect(came).toEqual([]);
    },
  );
});

describe('a request that was put together wrongly', () => {
  it.each([
    ['the host of another region', TABLE, 'https://hss.cn-north-4.myhuaweicloud.com'],
    ['a host of nobody', HOME, 'https://evil.example'],
    ['plain http', HOME, 'http://hss.cn-north-4.myhuaweicloud.com'],
    ['another port', HOME, 'https://hss.cn-north-4.myhuaweicloud.com:8443'],
  ])('for %s is a defect, and nothing is sent', (_, region, origin) => {
    const routes = new Routes({ region: HOME, regionEndpoints: {}, sandbox: false, credentials: key });
    expect(() => routes.admit({ region, origin })).toThrow(TypeError);
  });
});

describe('a refusal', () => {
  it.each([
    ['cn-nort-4', 'cn-north-4'],
    ['ap-southeast-33', 'ap-southeast-3'],
    ['EU-WEST-101', 'eu-west-101'],
  ])('of %s names %s', async (region, near) => {
    const result = await outcome('access key', {}, region, 'list');
    expect(result).toMatchObject({ details: { ...REFUSED.details, next: expect.stringContaining(near) } });
  });

  it('shows a region that is no region in quotes, and short', async () => {
    const result = await outcome('access key', {}, `x"\n${'y'.repeat(5_000)}`, 'list');
    expect(result).toMatchObject(REFUSED);
    const { message, details } = result as Failure;
    expect(`${message} ${details.next}`.length).toBeLessThan(600);
    expect(`${message} ${details.next}`).not.toContain('\n');
  });
});
