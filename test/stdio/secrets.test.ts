import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
import { SPELLINGS } from '../support/spellings.js';

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

/** Settings with which `failure`, which says `text`, is thrown inside the running program, as a defect of its own would be. */
function breaking(text: string, failure: string): { NODE_OPTIONS: string } {
  // Only once it runs, however long a busy machine takes to load it.
  const runs = 'process.listenerCount("uncaughtException") > 0';
  const breaks = `const text = ${JSON.stringify(text)}; ${failure};`;
  const script = `const timer = setInterval(() => { if (${runs}) setTimeout(() => { ${breaks} }, 400, clearInterval(timer)); }, 5)`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
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
      const program = await Program.start({ ...settings, ...breaking(secrets.join(' '), failure) });
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

describe('what says a password back in any spelling', () => {
  const PASSWORD = 'CANARY"+pass=wo/rd&<%41> é';
  const SPELLED = Object.entries(SPELLINGS).map(([name, spell]) => ({ name, spelled: spell(PASSWORD) }));
  const ALL = SPELLED.map(({ spelled }) => spelled).join(' ; ');
  const VUL = { vul_id: 'v', type: 'app_vul', image_num: 1 };
  let settings: Record<string, string>;
  let program: Program;
  let service: Sandbox;
  beforeAll(async () => {
    service = await Sandbox.start({ credentials: CANARIES });
    const keys = { CLOUD_SDK_AK: CANARIES.ak, CLOUD_SDK_SK: CANARIES.sk };
    const careful = { HSS_MAX_RETRIES: '0', HSS_LOG_LEVEL: 'debug' };
    settings = { ...settingsFor(service), ...keys, ...careful, HW_USER_PASSWORD: PASSWORD };
    program = await Program.start(settings, { capabilities: { elicitation: {} } });
    program.onServerRequest = () => ({ result: { action: 'decline' } });
  });
  afterAll(async () => {
    await program.end();
    await service.close();
  });

  const answer = (status: number, body: unknown, headers = {}) => ({
    kind: 'respond' as const,
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    times: Number.POSITIVE_INFINITY,
  });
  const rows = (row: object) => answer(200, { total_num: 1, data_list: [row] });
  const header = (text: string) => (/^[!-~]+$/.test(text) ? text : encodeURIComponent(text));

  it.each<[string, (text: string) => ReturnType<typeof answer>, tool?: string]>([
    ['an error', (text) => answer(400, { error_code: 'HSS.1', error_msg: text })],
    ['the code of an error', (text) => answer(400, { error_code: text, error_msg: 'no' })],
    ['an error within', (text) => answer(400, { error: { code: 1, message: text } })],
    ['an answer as it is', (text) => answer(502, text)],
    ['a header', (text) => answer(400, {}, { 'X-Request-Id': header(text) })],
    ['a field', (text) => rows({ image_name: text, image_version: `a${text}b` })],
    ['the name of a field', (text) => rows({ image_id: 'i', [text]: 1 })],
    [
      'a list in a row',
      (text) => rows({ ...VUL, cve_list: [{ cve_id: text, [text]: text }] }),
      'list_local_image_vulnerabilities',
    ],
  ])('%s', async (_, spoken, tool = 'list_local_images') => {
    for (const { name, spelled } of SPELLED) {
      service.heal();
      service.inject(spoken(spelled));
      expect(leakIn(await outputOf(tool, {}), [PASSWORD]), name).toBeUndefined();
    }
  });

  it.each<[string, (text: string) => object, tool?: string]>([
    ['an argument', (image_name) => ({ image_name })],
    ['a wrong argument', (text) => ({ region: text, scan_status: text, [text]: 1 })],
    [
      'the question to a person',
      (image_name) => ({ operate_all: true, image_name, scan_status: 'unscan' }),
      'batch_scan_local_image',
    ],
  ])('%s', async (_, args, tool = 'list_local_images') => {
    service.heal();
    for (const { name, spelled } of SPELLED)
      expect(leakIn(await outputOf(tool, args(spelled)), [PASSWORD]), name).toBeUndefined();
  });

  it('the log', async () => {
    const broken = await Program.start({ ...settings, ...breaking(ALL, 'throw new Error(text)') });
    expect(await broken.exited()).toBe(1);
    expect(broken.stderr).toContain('[secret] ; [secret]');
    expect(leakIn(broken.output(), [PASSWORD])).toBeUndefined();
  });

  it('the self-test', async () => {
    service.heal();
    service.inject(answer(400, { error_code: 'HSS.1', error_msg: ALL }));
    for (const over of [{}, { HSS_REGION: ALL }, { HSS_ENDPOINT: `https://h/${ALL}` }, { HSS_PROJECT_ID: ALL }]) {
      const { stdout, stderr } = await runCommand({ ...settings, ...over }, 'doctor', '--json');
      expect(stdout).toContain('checks');
      expect(leakIn(stdout + stderr, [PASSWORD])).toBeUndefined();
    }
  });

  it.each(['images', 'image_name', 'cve_id', '123456', 'success'])(
    '%j as a password breaks neither a name nor a number',
    async (password) => {
      service.heal();
      const odd = await Program.start({ ...settings, HW_USER_PASSWORD: password });
      const image = { image_id: 'i', image_name: `my ${password}`, scan_status: 'success', vul_num: 123456 };
      service.inject(rows({ ...image, latest_scan_time: 1_700_000_000_000 }));
      const [listed] = (await odd.call('list_local_images')).structured.images;
      expect(listed).toMatchObject({ image_id: 'i', image_name: 'my [secret]', vul_num: 123456 });
      service.heal();
      service.inject(rows({ ...VUL, cve_list: [{ cve_id: 'CVE-1', cvss: 9.8 }] }));
      // The watch over stdout holds both against the advertised schemas.
      await odd.call('list_local_image_vulnerabilities', { type: 'app_vul' });
      await odd.end();
    },
  );

  /** All that comes out of the program meanwhile. */
  async function outputOf(tool: string, args: object): Promise<string> {
    const [lines, logged] = [program.lines.length, program.stderr.length];
    await program.call(tool, args);
    // What is logged comes before the answer, but through another pipe.
    await program.request('ping');
    return [...program.lines.slice(lines), program.stderr.slice(logged)].join('\n');
  }
});
