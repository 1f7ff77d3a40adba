import { describe, expect, it } from 'vitest';
import { AccessKeyAuthenticator } from '../../src/auth/access-key.js';
import { TokenAuthenticator } from '../../src/auth/token.js';
import { readConfig } from '../../src/config/config.js';
import { RunningCalls } from '../../src/mcp/running-calls.js';
import { createServer } from '../../src/mcp/server.js';
import { Secret } from '../../src/text/secret.js';
import { connect } from '../../src/workspace/connect.js';
import { Workspace } from '../../src/workspace/workspace.js';
import {
  CANARIES,
  CREDENTIALS,
  CREDENTIALS_KINDS,
  leakIn,
  PROXY_PASSWORD,
  printed,
  proxyWithPassword,
} from '../support/secrets.js';

// Whatever a debugger, a logger or an error report prints of the objects that a call goes through.

const COMMON = { HSS_REGION: 'cn-north-4', HSS_PROJECT_ID: 'p', HTTPS_PROXY: proxyWithPassword(9) };

describe.each(CREDENTIALS_KINDS)('objects of the kind %s', (kind) => {
  const config = readConfig({ env: { ...COMMON, ...CREDENTIALS[kind] } });
  const connection = config.connection();
  const connected = connect(connection, config, () => {});
  const session = new Workspace(config, () => {}, false);

  it.each<[string, unknown]>([
    ['the settings', config],
    ['the connection', connection],
    ['its credentials', connection.credentials],
    ['what is connected', connected],
    ['the client of HSS', connected.hss],
    ['the session', session],
    ['the server', createServer(session, new RunningCalls())],
  ])('%s show no secret', (_, object) => {
    expect(leakIn(printed(object))).toBeUndefined();
  });

  it('the client shows none while a request is under way, nor does the failure', async () => {
    const deadline = performance.now() + 300;
    const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline };
    const listed = connected.hss.listImageLocal({}, scope).catch((error: unknown) => error);
    await Promise.resolve();
    expect(leakIn(printed(connected))).toBeUndefined();
    expect(leakIn(printed(await listed))).toBeUndefined();
    await connected.close();
  });
});

describe('authenticators', () => {
  it('show neither key nor token', () => {
    const key = { ak: new Secret(CANARIES.ak), sk: new Secret(CANARIES.sk) };
    expect(leakIn(printed(new AccessKeyAuthenticator(key)))).toBeUndefined();
    expect(leakIn(printed(new TokenAuthenticator(new Secret(CANARIES.authToken))))).toBeUndefined();
  });
});

describe('the check itself', () => {
  it('finds a secret in every form and place', () => {
    const { sk, iamPassword } = CANARIES;
    for (const value of [
      { deep: { er: [sk] } },
      new Error('x', { cause: new Error(sk) }),
      Object.defineProperty({}, 'hidden', { value: sk, enumerable: false }),
      `${encodeURIComponent(iamPassword)}`,
      `Basic ${Buffer.from(`user:${PROXY_PASSWORD}`).toString('base64')}`,
    ]) {
      expect(leakIn(printed(value))).toBeDefined();
    }
  });
});
