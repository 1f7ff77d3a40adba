import { afterEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { runCommand } from '../support/command.js';
import { Program, settingsFor } from '../support/program.js';
import {
  CANARIES,
  CREDENTIALS,
  CREDENTIALS_KINDS,
  ECHO,
  leakIn,
  PROXY_PASSWORD,
  proxyWithPassword,
  secretsOf,
} from '../support/secrets.js';

// The fault matrix looks for secrets on the ways that calls take. Here are the others: secrets that come back as data or
// as arguments, in a crash, and in what the self-test prints.

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** Settings of a sandbox that takes the canaries, without credentials. */
async function place(): Promise<Record<string, string>> {
  sandbox = await Sandbox.start({ credentials: CANARIES });
  const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, ...rest } = settingsFor(sandbox);
  return { ...rest, HTTPS_PROXY: proxyWithPassword(9), HSS_LOG_LEVEL: 'debug', HSS_MAX_RETRIES: '0' };
}

describe.each(CREDENTIALS_KINDS)('no secret of the kind %s comes out', (kind) => {
  it('when HSS sends it as data, or a caller as an argument', async () => {
    const settings = { ...(await place()), ...CREDENTIALS[kind] };
    const program = await Program.start(settings);
    expect((await program.call('list_local_images')).isError).toBeFalsy();
    const secrets = secretsOf(kind, sandbox);
    const all = [...secrets, ...secrets.map(encodeURIComponent)].join(' ');
    const row = { image_id: 'i', image_name: all, scan_status: secrets[0], [all]: all };
    const body = JSON.stringify({ total_num: 1, data_list: [row] });
    sandbox.inject({ kind: 'respond', status: 200, body, headers: { 'X-Request-Id': secrets[0] ?? '' } });
    expect((await program.call('list_local_images')).text).toContain('[secret]');
    await program.call('batch_scan_local_image', { image_info_list: [{ image_name: all }], [all]: 1 });
    await program.call('batch_scan_local_image', { image_info_list: [{ image_name: all }] });
    await program.call('list_local_images', { region: all, scan_status: all });
    await program.end();
    expect(program.output().length).toBeGreaterThan(5_000);
    expect(leakIn(program.output(), secrets)).toBeUndefined();
    expect(program.output()).not.toContain('Signature=');
  });

  it('in the end of a program that breaks', async () => {
    const settings = { ...(await place()), ...CREDENTIALS[kind] };
    const secrets = secretsOf(kind, sandbox);
    for (const failure of [
      `throw new Error(text, { cause: new Error(text) })`,
      `Promise.reject(new Error(text))`,
      `Promise.reject(text)`,
      `throw { text, toString() { return text; } }`,
    ]) {
      // Thrown inside the running program, as a defect of its own would be.
      // Only once it runs, however long a busy machine takes to load it.
      const runs = 'process.listenerCount("uncaughtException") > 0';
      const breaks = `const text = ${JSON.stringify(secrets.join(' '))}; ${failure};`;
      const script = `const timer = setInterval(() => { if (${runs}) setTimeout(() => { ${breaks} }, 400, clearInterval(timer)); }, 5)`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(script)}`;
      const program = await Program.start({ ...settings, NODE_OPTIONS });
      expect(await program.exited()).toBe(1);
      expect(program.stderr).toContain('defect');
      expect(leakIn(program.output(), secrets)).toBeUndefined();
    }
  });

  it('from the self-test, whether all is well or nothing', async () => {
    const settings = { ...(await place()), ...CREDENTIALS[kind] };
    const doctor = async (over: Record<string, string> = {}) => {
      const texts = await Promise.all(
        [[], ['--json']].map((options) => runCommand({ ...settings, ...over }, 'doctor', ...options)),
      );
      return texts.map(({ code, stdout, stderr }) => `${code} ${stdout} ${stderr}`).join('\n');
    };
    const good = await doctor();
    expect(good).toMatch(/^0 /);
    sandbox.inject({ kind: 'respond', status: 401, body: ECHO, times: Number.POSITIVE_INFINITY });
    const outputs = [
      good,
      await doctor(),
      await doctor({ HSS_ENDPOINT: 'https://hss.invalid' }),
      await doctor({ HSS_REGION: secretsOf(kind, sandbox)[0] ?? '' }),
      await doctor({ HSS_ENDPOINT: `https://user:${PROXY_PASSWORD}@h` }),
    ];
    for (const output of outputs) expect(leakIn(output, secretsOf(kind, sandbox))).toBeUndefined();
  });
});

it('nor in what a wrong secret key brings back: the gateway echoes the canonical request', async () => {
  const program = await Program.start({
    ...(await place()),
    CLOUD_SDK_AK: CANARIES.ak,
    CLOUD_SDK_SK: 'CANARYWRONG',
    CLOUD_SDK_SECURITY_TOKEN: CANARIES.securityToken,
  });
  const { text } = await program.call('list_local_images');
  expect(text).toContain('APIGW.0301');
  expect(text).toContain('[canonical request removed]');
  expect(text).not.toContain('x-sdk-date');
  await program.end();
  expect(program.output()).not.toMatch(/CANARY/);
});
