import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { runChecks } from '../../src/doctor/checks.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { timeZoneOf, useTimeZone } from '../../src/text/zone.js';
import { runCommand } from '../support/command.js';
import { Program, settingsFor } from '../support/program.js';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await Sandbox.start();
});
afterEach(() => sandbox.close());

const SCAN = { image_info_list: [{ image_name: 'nginx' }] };

describe('a setting of behaviour that nobody has filled in', () => {
  it.each(['${HSS_READ_ONLY}', '${user_config.read_only}', '<true or false>'])(
    'HSS_READ_ONLY=%s takes the scan away and leaves the rest',
    async (text) => {
      const program = await Program.start({ ...settingsFor(sandbox), HSS_READ_ONLY: text });
      const { tools } = (await program.request('tools/list')) as { tools: { name: string }[] };
      expect(tools.map(({ name }) => name)).not.toContain('batch_scan_local_image');
      await expect(program.call('batch_scan_local_image', SCAN)).rejects.toThrow(/HSS_READ_ONLY is true, or cannot/);
      expect((await program.call('list_local_images')).isError).toBeFalsy();
      expect(program.stderr).toContain('HSS_READ_ONLY still holds a placeholder. Until it is set, it counts as true.');
      expect(sandbox.count('BatchScanLocalImage')).toBe(0);
      await program.end();
    },
  );

  it('HSS_SCAN_ALL denies, and the refusal and the self-test name it', async () => {
    const settings = { ...settingsFor(sandbox), HSS_SCAN_ALL: '${HSS_SCAN_ALL}' };
    const program = await Program.start(settings);
    const { text } = await program.call('batch_scan_local_image', { operate_all: true });
    expect(text).toContain('HSS_SCAN_ALL is deny, or cannot be read');
    expect((await program.call('batch_scan_local_image', SCAN)).structured.accepted).toBe(true);
    await program.end();
    const { code, stdout } = await runCommand(settings, 'doctor');
    expect(code).toBe(0);
    expect(stdout).toContain('HSS_SCAN_ALL still holds a placeholder. Until it is set, it counts as deny.');
  });
});

describe('the self-test', () => {
  it('tells the time in a zone that was chosen, and refuses what is none', async () => {
    const settings = settingsFor(sandbox);
    const found = async (HSS_TIME_ZONE: string) => {
      useTimeZone(timeZoneOf({ HSS_TIME_ZONE }));
      const [first] = await runChecks(readConfig({ env: { ...settings, HSS_TIME_ZONE } }));
      return first?.found;
    };
    expect(await found('Asia/Shanghai')).toMatch(
      /usable\. Times are shown in Asia\/Shanghai, where it is \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00\.$/,
    );
    expect(await found('')).toMatch(/usable$/);
    expect(await found('Beijing')).toMatch(
      /HSS_TIME_ZONE must be a name of a time zone such as Asia\/Shanghai, Europe\/Berlin or UTC, not "Beijing"/,
    );
  });

  it('reports a defect of its own as a check that failed', async () => {
    const config = readConfig({ env: {} });
    const broken = { ...config, connection: () => new URL('%').href as never };
    const [first, ...others] = await runChecks(broken);
    expect(first).toMatchObject({ name: 'settings', status: 'failed' });
    expect(first?.found).toContain('a defect of this program: TypeError: Invalid URL');
    for (const check of others) expect(check.status).toBe('skipped');
  });

  it.each(['user:100%', 'user:%', '%:%25', 'us%er:EXAMPLEPW%'])(
    'survives a proxy of %s in a few lines',
    async (userinfo) => {
      const env = {
        ...settingsFor(sandbox),
        HSS_ENDPOINT: 'https://hss.invalid',
        HTTPS_PROXY: `http://${userinfo}@127.0.0.1:9`,
      };
      const { code, stdout, stderr } = await runCommand(env, 'doctor');
      expect(code).toBe(1);
      expect(stdout).toMatch(/FAILED +proxy .*127\.0\.0\.1:9 cannot be reached/);
      expect(stdout.length + stderr.length).toBeLessThan(2_000);
      expect(stdout + stderr).not.toContain('EXAMPLEPW');
    },
  );

  it('breaks off in one line, whatever breaks', async () => {
    // As soon as the self-test runs, however long it took to load.
    const throws = 'if (process.listenerCount("uncaughtException")) throw new TypeError("x".repeat(200000))';
    const script = `setInterval(() => { ${throws} }, 5)`;
    const env = {
      ...settingsFor(sandbox),
      HSS_ENDPOINT: 'https://192.0.2.1',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
    };
    const { code, stderr } = await runCommand(env, 'doctor');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^doctor failed: TypeError: x+…\n$/);
    expect(stderr.length).toBeLessThan(2_100);
  });
});
