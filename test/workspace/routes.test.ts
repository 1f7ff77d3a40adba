import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/config/config.js';
import type { Credentials } from '../../src/config/identity.js';
import { Failure } from '../../src/failure.js';
import { Secret } from '../../src/text/secret.js';
import { connect } from '../../src/workspace/connect.js';
import { Routes } from '../../src/workspace/routes.js';
import { Listener } from '../support/listener.js';

// Whatever region a caller names, a request leaves only for where these credentials may go. The services are stand-ins
// on loopback that write down what comes; every other address of the tests has a name that nobody knows.

const HOME = 'cn-north-4';
const OTHER = 'ap-southeast-3';
const NAMED = 'cn-north-7';

const secret = (text: string) => new Secret(text);
const KINDS: Readonly<Record<string, Credentials>> = {
  'access key': { kind: 'access-key', ak: secret('EXAMPLEAK'), sk: secret('EXAMPLESK') },
  'temporary key': {
    kind: 'access-key',
    ak: secret('EXAMPLEAK'),
    sk: secret('EXAMPLESK'),
    securityToken: secret('EXAMPLESECURITYTOKEN'),
  },
  token: { kind: 'token', token: secret('EXAMPLETOKEN') },
  'IAM user': { kind: 'iam-user', user: 'user', password: secret('EXAMPLEPASSWORD'), domain: 'domain' },
};

const SETTINGS = { region: HOME, regionEndpoints: {}, sandbox: false };

function credentialsOf(kind: string): Credentials {
  const credentials = KINDS[kind];
  if (!credentials) throw new Error('no such credentials');
  return credentials;
}

const came: string[] = [];
const service = new Listener(
  createServer((request, response) => {
    came.push(`${request.method} ${request.url}`);
    const iam = request.url?.startsWith('/v3/');
    response.setHeader('X-Subject-Token', 'EXAMPLEISSUED');
    response.end(
      JSON.stringify(
        iam
          ? {
              projects: [HOME, OTHER, NAMED].map((name) => ({ id: `id-of-${name}`, name })),
              token: { expires_at: '2100-01-01T00:00:00Z' },
            }
          : { total_num: 0, data_list: [] },
      ),
    );
  }),
);
let origin: string;
beforeAll(async () => {
  origin = `http://127.0.0.1:${await service.open()}`;
});
afterAll(() => service.close());

type Setting = Partial<Pick<Connection, 'hssEndpoint' | 'iamEndpoint' | 'regionEndpoints' | 'projectId'>>;

/** What comes of listing images in `region`, and how many requests were tried. */
async function list(kind: string, region: string, setting: Setting) {
  let tried = 0;
  const { hss, close } = connect(
    { ...SETTINGS, credentials: credentialsOf(kind), ...setting },
    { readOnly: false, scanAll: 'ask', timeoutMs: 1_000, maxRetries: 0, logLevel: 'debug' },
    () => {
      tried += 1;
    },
  );
  const scope = { region, signal: new AbortController().signal, deadline: performance.now() + 5_000 };
  const calls = [
    () => hss.listImageLocal({}, scope),
    () => hss.projectId(region, scope),
    () => hss.batchScanLocalImage({}, scope),
  ];
  const results: unknown[] = [];
  for (const call of calls) {
    results.push(
      await call().then(
        () => 'went',
        (error: unknown) => error,
      ),
    );
  }
  await close();
  return { results, tried };
}

const everywhere = (): Setting => ({ hssEndpoint: origin, iamEndpoint: origin });

describe.each(Object.keys(KINDS))('%s', (kind) => {
  it('goes to the region and endpoints of the settings', async () => {
    const { results } = await list(kind, HOME, everywhere());
    expect(results).toEqual(['went', 'went', 'went']);
  });

  it('goes where a regional endpoint variable names another region', async () => {
    const { results } = await list(kind, NAMED, { iamEndpoint: origin, regionEndpoints: { [NAMED]: origin } });
    expect(results).toEqual(['went', 'went', 'went']);
  });

  it.each([
    ['a region that is not in the table', 'eu-west-199', () => ({ iamEndpoint: origin })],
    [
      'a region that is not in the table, with a project',
      'eu-west-199',
      () => ({ projectId: 'p', iamEndpoint: origin }),
    ],
    ['a made-up region with fixed endpoints', 'xx-north-1', everywhere],
    ['another region of the table with a fixed endpoint', OTHER, everywhere],
    ['the name of a property', 'constructor', everywhere],
  ])('sends nothing to %s', async (_, region, setting) => {
    const before = came.length;
    const { results, tried } = await list(kind, region, setting());
    for (const result of results) {
      expect(result).toBeInstanceOf(Failure);
      expect(result).toMatchObject({ details: { source: 'input', effect: 'not_sent', retry: false } });
    }
    expect(tried).toBe(0);
    expect(came.length).toBe(before);
  });
});

describe('another region of the table', () => {
  it.each(['temporary key', 'token', 'IAM user'])('gets no %s', async (kind) => {
    const { results, tried } = await list(kind, OTHER, {});
    for (const result of results) expect(result).toBeInstanceOf(Failure);
    expect(tried).toBe(0);
    expect(String(results[0])).toContain(`${OTHER} cannot be reached`);
  });

  it('is signed for with an access key', () => {
    const routes = new Routes({ ...SETTINGS, credentials: credentialsOf('access key') });
    expect(() => routes.admit({ region: OTHER, origin: routes.hss(OTHER) })).not.toThrow();
    expect(() => routes.admit({ region: OTHER, origin: routes.iam(OTHER) })).not.toThrow();
    expect(() => routes.admit({ region: OTHER, origin: routes.hss(HOME) })).toThrow(TypeError);
  });
});

describe('a region that nobody knows', () => {
  it('is answered with near ones', async () => {
    const { results } = await list('access key', 'cn-nort-4', {});
    const [failure] = results;
    expect(failure).toMatchObject({ details: { next: expect.stringContaining('cn-north-4') } });
  });
});
