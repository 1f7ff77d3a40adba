import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { runCommand } from '../support/command.js';
import { settingsFor } from '../support/program.js';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly found: string;
    readonly next?: string;
  }[];
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await Sandbox.start();
});
afterEach(() => sandbox.close());

async function report(
  env: Record<string, string>,
): Promise<Report & { code: number | null; failed: Report['checks'] }> {
  const { code, stdout } = await runCommand(env, 'doctor', '--json');
  const parsed = JSON.parse(stdout) as Report;
  expect(parsed.checks.map((check) => check.name)).toEqual([
    'settings',
    'credentials',
    'clock',
    'endpoint',
    'TLS',
    'proxy',
    'project',
    'permission',
    'limits',
  ]);
  expect(stdout).not.toMatch(/EXAMPLEAK|EXAMPLESK|WRONGSK|EXAMPLEPW/);
  return { ...parsed, code, failed: parsed.checks.filter((check) => check.status === 'failed') };
}

/** The one failed check, with what it says. */
async function cause(env: Record<string, string>): Promise<string> {
  const { ok, code, failed } = await report(env);
  expect({ ok, code }).toEqual({ ok: false, code: 1 });
  expect(failed).toHaveLength(1);
  return `${failed[0]?.name}: ${failed[0]?.found} -> ${failed[0]?.next}`;
}

describe('doctor', () => {
  it('finds nothing wrong with good settings, and says what it found', async () => {
    const { HSS_PROJECT_ID: _id, ...rest } = settingsFor(sandbox);
    const { ok, code, checks } = await report(rest);
    expect({ ok, code }).toEqual({ ok: true, code: 0 });
    const found = Object.fromEntries(checks.map((check) => [check.name, check.found]));
    expect(found).toMatchObject({
      credentials: 'an access key (AK and SK)',
      clock: 'right',
      project: `${sandbox.projectId('cn-north-4')}, found in IAM`,
      permission:
        'HSS lists 12 local images in enterprise project 0, and every other read is allowed; whether scans are was not tried',
    });
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('prints the same for people', async () => {
    const { code, stdout } = await runCommand(settingsFor(sandbox), 'doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +settings/m);
    expect(stdout).toContain('All is well.');
  });

  it('names a missing key', async () => {
    expect(await cause({ HSS_REGION: 'cn-north-4' })).toMatch(/^settings: .*CLOUD_SDK_AK and CLOUD_SDK_SK/);
  });

  it('names mixed families', async () => {
    const { CLOUD_SDK_SK: _sk, ...rest } = settingsFor(sandbox);
    expect(await cause({ ...rest, HUAWEI_SECRET_KEY: 'EXAMPLESK' })).toMatch(
      /^settings: .*CLOUD_SDK_SK is not.*HUAWEI_SECRET_KEY belongs to another family/,
    );
  });

  it('names a wrong secret key', async () => {
    expect(await cause({ ...settingsFor(sandbox), CLOUD_SDK_SK: 'WRONGSK1' })).toMatch(
      /^permission: .*APIGW\.0301: IAM authentication failed.* -> .*AK and SK belong together/,
    );
    expect(sandbox.count('ListImageLocal')).toBe(1);
  });

  it.each([20, -20])('names a clock %i minutes off, before it costs a signature', async (minutes) => {
    await sandbox.close();
    sandbox = await Sandbox.start({ now: () => Date.now() + minutes * 60_000 });
    const said = await cause(settingsFor(sandbox));
    expect(said).toMatch(/^clock: the clock of this machine is 20 minutes/);
    expect(said).toContain(minutes > 0 ? 'behind the server' : 'ahead of the server');
    expect(sandbox.count('ListImageLocal')).toBe(0);
  });

  it('names an unknown region, with the one that was probably meant', async () => {
    const said = await cause({ CLOUD_SDK_AK: 'EXAMPLEAK', CLOUD_SDK_SK: 'EXAMPLESK', HSS_REGION: 'cn-north-44' });
    expect(said).toMatch(
      /^endpoint: .*cn-north-44 is not a region that is known to have HSS\. Did you mean cn-north-4\?/,
    );
  });

  it('names an endpoint that cannot be reached', async () => {
    expect(await cause({ ...settingsFor(sandbox), HSS_ENDPOINT: 'http://127.0.0.1:9' })).toMatch(
      /^endpoint: .*ECONNREFUSED.* -> Check that this machine reaches/,
    );
  });

  it('names a proxy that refuses, and one that is not there', async () => {
    const proxy = createServer().on('connect', (_, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    );
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const env = { CLOUD_SDK_AK: 'EXAMPLEAK', CLOUD_SDK_SK: 'EXAMPLESK', HSS_REGION: 'cn-north-4' };
    expect(await cause({ ...env, HTTPS_PROXY: `http://u:EXAMPLEPW@127.0.0.1:${port}` })).toMatch(
      /^proxy: the proxy 127\.0\.0\.1:\d+ refused with HTTP 407/,
    );
    expect(await cause({ ...env, HTTPS_PROXY: 'http://127.0.0.1:9' })).toMatch(
      /^proxy: the proxy 127\.0\.0\.1:9 cannot be reached/,
    );
    proxy.close();
  });

  it('names a missing permission', async () => {
    sandbox.inject({
      kind: 'respond',
      status: 400,
      body: JSON.stringify({ error_code: 'HSS.0013', error_msg: '权限不足' }),
      operation: 'ListImageLocal',
    });
    expect(await cause(settingsFor(sandbox))).toMatch(
      /^permission: .*HSS\.0013: insufficient permission.* -> The IAM user needs permission/,
    );
  });

  it('names each operation that is refused, with the action that it needs and how sure that is', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ refused: { ListContainerNodes: 'HSS.0013', ListVulAffectImages: '00000010' } });
    const said = await cause(settingsFor(sandbox));
    expect(said).toMatch(/^permission: HSS lists 12 .*but not: ListContainerNodes \(HSS\.0013\); .*\(00000010\)/);
    expect(said).toContain('hss:containers:list for ListContainerNodes;');
    expect(said).toContain('hss:images:list (inferred, not documented) for ListVulAffectImages.');
  });

  it('names what else is refused to a key that may not even list', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ refused: { ListImageLocal: 'HSS.0013', ListContainerNodes: 'HSS.0013' } });
    const said = await cause(settingsFor(sandbox));
    expect(said).toMatch(/^permission: .*ListImageLocal.*insufficient permission.*Nor is allowed: ListContainerNodes/);
    expect(said).toContain('hss:images:list for ListImageLocal; hss:containers:list for ListContainerNodes');
  });

  it('does not ask for permissions where a read fails for another reason', async () => {
    sandbox.inject({ kind: 'respond', status: 404, body: '{}', operation: 'ListContainerNodes' });
    const said = await cause(settingsFor(sandbox));
    expect(said).toContain('ListContainerNodes (HTTP 404)');
    expect(said).not.toContain('Give the IAM user');
  });

  it('names a project that cannot be found', async () => {
    const { HSS_PROJECT_ID: _id, ...rest } = settingsFor(sandbox);
    expect(await cause({ ...rest, HSS_REGION: 'cn-north-1' })).toMatch(
      /^project: IAM lists no project named cn-north-1/,
    );
  });
});
