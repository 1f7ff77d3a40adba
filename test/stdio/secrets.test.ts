import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.js';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';

// Values that occur nowhere else; each secret setting holds one of them, at the most verbose log level.
const CANARIES = {
  ak: 'CANARYAK0',
  sk: 'CANARYSK0',
  securityToken: 'CANARYSTS0',
  authToken: 'CANARYTOKEN0',
  iamUser: 'EXAMPLEUSER',
  iamPassword: 'CANARY"PASSWORD/0',
  iamDomain: 'EXAMPLEDOMAIN',
};
const PROXY_PASSWORD = 'CANARYPROXY0';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const html = '<html>CANARYSK0 CANARYTOKEN0</html>';
const FAULTS: Fault[] = [
  {
    kind: 'respond',
    status: 401,
    body: JSON.stringify({
      error_code: 'APIGW.0301',
      error_msg: 'bad CANARYSTS0: GET|/v5/|x-security-token:CANARYSTS0|',
      request_id: 'CANARYAK0',
    }),
  },
  { kind: 'respond', status: 401, body: JSON.stringify({ error_code: 'APIGW.0307', error_msg: 'CANARYTOKEN0' }) },
  {
    kind: 'respond',
    status: 400,
    body: JSON.stringify({
      error_code: 'HSS.0001',
      error_msg: 'CANARY"PASSWORD/0',
      error_description: encodeURIComponent('CANARY"PASSWORD/0'),
    }),
  },
  { kind: 'respond', status: 500, body: html },
  { kind: 'respond', status: 200, body: html, headers: { 'X-Request-Id': 'CANARYSK0' } },
  {
    kind: 'respond',
    status: 200,
    body: JSON.stringify({ total_num: 1, data_list: [{ image_name: 'CANARYSK0', scan_status: 'CANARYAK0' }] }),
  },
  { kind: 'reset-before' },
  { kind: 'truncate' },
];

async function drive(env: Record<string, string>, options: SandboxOptions): Promise<string> {
  sandbox = await Sandbox.start({ credentials: CANARIES, ...options });
  const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, ...place } = settingsFor(sandbox);
  const program = await Program.start({
    ...place,
    ...env,
    HSS_LOG_LEVEL: 'debug',
    HSS_MAX_RETRIES: '0',
    HTTPS_PROXY: `http://user:${PROXY_PASSWORD}@127.0.0.1:9`,
  });
  const scan = { image_info_list: [{ image_name: 'nginx' }] };
  const good = await program.call('list_local_images');
  expect(good.isError).toBeFalsy();
  for (const fault of FAULTS) {
    for (const [tool, args] of [
      ['list_local_images', {}],
      ['batch_scan_local_image', scan],
    ] as const) {
      sandbox.inject(fault);
      await program.call(tool, args);
    }
  }
  await program.call('batch_scan_local_image', { image_info_list: [{ image_name: 'CANARYSK0' }], CANARYAK0: 1 });
  await program.call('list_local_images', { region: 'xx-nowhere-1' });
  await program.end();
  return program.output();
}

describe('no secret appears on stdout or stderr, in good and failing calls', () => {
  it.each([
    [
      'access key',
      {
        CLOUD_SDK_AK: CANARIES.ak,
        CLOUD_SDK_SK: CANARIES.sk,
        CLOUD_SDK_SECURITY_TOKEN: CANARIES.securityToken,
        HSS_AUTH_TOKEN: '',
      },
    ],
    ['ready token', { HSS_AUTH_TOKEN: CANARIES.authToken, CLOUD_SDK_AK: CANARIES.ak, CLOUD_SDK_SK: CANARIES.sk }],
    [
      'IAM user',
      { HSS_IAM_USER: CANARIES.iamUser, HSS_IAM_PASSWORD: CANARIES.iamPassword, HSS_IAM_DOMAIN: CANARIES.iamDomain },
    ],
  ])('%s', async (_, env) => {
    const output = await drive(env, {});
    expect(output.length).toBeGreaterThan(5000);
    const secrets = Object.values(env).filter((value) => value.startsWith('CANARY'));
    const issued = sandbox.requests
      .map((request) => request.headers['x-auth-token'])
      .filter((token) => token !== undefined);
    for (const secret of [...secrets, ...issued, PROXY_PASSWORD]) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64'),
      ]) {
        expect(output.includes(form), `${form.slice(0, 20)} came out`).toBe(false);
      }
    }
    expect(output).not.toContain('Signature=');
  });

  it('nor in what a wrong secret key brings back: the gateway echoes the canonical request', async () => {
    sandbox = await Sandbox.start({ credentials: { ...CANARIES } });
    const program = await Program.start({
      ...settingsFor(sandbox),
      CLOUD_SDK_SK: 'CANARYWRONG',
      CLOUD_SDK_SECURITY_TOKEN: CANARIES.securityToken,
      HSS_LOG_LEVEL: 'debug',
    });
    const { text } = await program.call('list_local_images');
    expect(text).toContain('APIGW.0301');
    expect(text).toContain('[canonical request removed]');
    expect(text).not.toContain('x-sdk-date');
    await program.end();
    expect(program.output()).not.toMatch(/CANARY/);
  });
});
