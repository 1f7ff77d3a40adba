import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { PROGRAM, runCommand } from '../support/command.js';
import { Program, settingsFor } from '../support/program.js';

let folder: string;
let sandbox: Sandbox | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

async function settingsOf(options: SandboxOptions = {}): Promise<Record<string, string>> {
  sandbox = await Sandbox.start(options);
  return { ...settingsFor(sandbox), HSS_REPORT_DIR: folder };
}

describe('the command report', () => {
  it('takes the words of the console, and refuses the unknown with the right ones', async () => {
    const env = await settingsOf({ estate: { images: 60, seed: 7 } });
    const flags = ['--severity-level', '高危', '--region', '华北-北京四', '--fail-on', '严重', '--output', '-'];
    const { code, stdout, stderr } = await runCommand({ ...env, HSS_LANG: 'zh' }, 'report', ...flags);
    expect([0, 3], stderr).toContain(code);
    // The console's words stand beside the values of HSS.
    expect(stdout).toContain('success（扫描完成）');
    const wrong = await runCommand(env, 'report', '--region', '华北-北京九');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('cn-north-4');
  });

  it('writes a report and ends with 0, or with 3 when there is a finding that it shall fail on', async () => {
    const env = await settingsOf({ estate: { images: 60, seed: 7 } });
    const plain = await runCommand(env, 'report', '--format', 'csv', '--image-name', 'no such image');
    expect(plain.code, plain.stderr).toBe(0);
    expect(plain.stderr).toBe('');
    expect(plain.stdout).toMatch(/^0 open findings and 0 handled in 0 images: .*hss-report-\S+\.csv\n$/);
    const gate = await runCommand(env, 'report', '--format', 'sarif', '--fail-on', 'High');
    expect(gate.code, gate.stderr).toBe(3);
    expect(gate.stderr).toBe('There are open findings of at least High.\n');
    const nothing = await runCommand(env, 'report', '--fail-on', 'Critical', '--image-name', 'no such image');
    expect(nothing.code, nothing.stderr).toBe(0);
    expect(
      readdirSync(folder)
        .map((name) => name.replace(/^.*?\./, ''))
        .sort(),
    ).toEqual(['csv', 'md', 'sarif']);
  });

  it('ends with 4 when not everything could be read, and says so in the file and in its name', async () => {
    const env = await settingsOf({
      estate: { images: 60, seed: 7 },
      refused: { ListVulAffectImages: 'HSS.0013' },
      pairs: 'refused_403',
    });
    const { code, stderr } = await runCommand(env, 'report', '--format', 'markdown');
    expect(code, stderr).toBe(4);
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(/-incomplete\.md$/);
    expect(readFileSync(join(folder, name), 'utf8')).toContain('**Not everything was read**');
  });

  it.each([
    [['--format', 'pdf'], '--format is one of markdown'],
    [['--fail-on', 'Medium'], '--fail-on is one of Critical, High'],
    [['--severity-level', 'highest'], '--severity-level is one of'],
    [['--has-container', 'yes'], '--has-container is one of true, false'],
    [['--output', ''], '--output is empty'],
    [['--fail-on', 'High', '--severity-level', 'Critical'], '--fail-on High needs findings that are High'],
    [['--nonsense'], 'nonsense'],
    [['--json'], '--json goes with doctor'],
    [['twice'], 'Unknown command'],
  ])('ends with 2 for %j', async (flags, why) => {
    const { code, stderr, stdout } = await runCommand({}, 'report', ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
  });

  it('ends with 2 for flags of the report without it, and for a region that is none', async () => {
    expect((await runCommand({}, '--fail-on', 'High')).code).toBe(2);
    expect((await runCommand({}, 'report', '--sandbox', '--output', '-', '--region', '../x')).code).toBe(2);
  });

  it('ends with 1 without settings, and names them', async () => {
    const { code, stderr } = await runCommand({}, 'report', '--output', '-');
    expect(code).toBe(1);
    expect(stderr).toContain('CLOUD_SDK_AK');
  });

  it('writes to stdout, or to a file of the person, in the language that is asked for', async () => {
    const out = await runCommand({}, 'report', '--sandbox', '--output', '-', '--format', 'html', '--lang', 'zh');
    expect(out.stdout).toMatch(/^<!doctype html>\n<html lang="zh-CN">[\s\S]*<\/html>\n$/);
    const file = join(folder, 'mine.json');
    for (const _ of [1, 2]) {
      const { code, stdout } = await runCommand({}, 'report', '--sandbox', '--output', file, '--format', 'json');
      expect(code).toBe(0);
      expect(stdout).toContain(file);
    }
    expect(JSON.parse(readFileSync(file, 'utf8')).report.sandbox).toBe(true);
    expect(readdirSync(folder)).toEqual(['mine.json']);
  });

  it('says what is wrong with the place of the file before it reads anything', async () => {
    const env = await settingsOf();
    for (const [output, why] of [
      [join(folder, 'missing', 'a.csv'), 'is missing'],
      [folder, 'is there and is no file'],
    ] as const) {
      const { code, stderr } = await runCommand(env, 'report', '--output', output);
      expect(code, stderr).toBe(1);
      expect(stderr).toContain(why);
    }
    expect(sandbox?.requests).toEqual([]);
  });

  it('leaves nothing where there is no room for the file', async () => {
    const file = join(folder, 'large.json');
    // The system takes no file beyond 4 blocks of this process and those it begins.
    const line = 'ulimit -f 4; exec "$0" "$@"';
    const flags = ['report', '--sandbox', '--images', '200', '--format', 'json', '--output', file];
    const child = spawn('sh', ['-c', line, process.execPath, PROGRAM, ...flags], {
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('takes no file that large');
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);

  it('has no key in anything', async () => {
    const env = await settingsOf();
    for (const format of ['markdown', 'html', 'csv', 'sarif', 'cyclonedx', 'json']) {
      const { code, stdout, stderr } = await runCommand(env, 'report', '--format', format, '--output', '-');
      expect(code, stderr).toBe(0);
      expect(stdout + stderr).not.toMatch(new RegExp(`${env.CLOUD_SDK_AK}|${env.CLOUD_SDK_SK}`));
    }
  }, 120_000);

  it('lists its flags and its exit statuses', async () => {
    const { stdout } = await runCommand({}, '--help');
    for (const flag of [
      '--format',
      '--output',
      '--severity-level',
      '--image-name',
      '--host-name',
      '--has-container',
      '--region',
      '--enterprise-project-id',
      '--title',
      '--baseline',
      '--lang',
      '--fail-on',
      '--scan',
      '--confirm-image-count',
    ]) {
      expect(stdout).toContain(`\n  ${flag} `);
    }
    expect(stdout).toMatch(/0 written; 1 failed; 2 bad usage; 3 see --fail-on; 4 written, but not everything/);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves a whole file or none when %s ends it while it writes',
    async (signal) => {
      const file = join(folder, 'large.json');
      const child = spawn(
        process.execPath,
        [PROGRAM, 'report', '--sandbox', '--images', '4000', '--format', 'json', '--output', file],
        {
          env: { PATH: process.env.PATH ?? '', HOME: folder },
          stdio: 'ignore',
        },
      );
      const ended = new Promise((resolve) => child.on('close', resolve));
      while (child.exitCode === null && !readdirSync(folder).some((name) => name.endsWith('.part'))) await sleep(1);
      child.kill(signal);
      await ended;
      expect(readdirSync(folder)).not.toContain('large.json');
      if (signal === 'SIGTERM') expect(readdirSync(folder)).toEqual([]);
    },
    60_000,
  );
});

describe('export_local_image_report', () => {
  const call = async (env: Record<string, string>, args: object = {}) => {
    const program = await Program.start(env, { args: ['--sandbox'] });
    const result = await program.call('export_local_image_report', { format: 'markdown', ...args });
    await program.end();
    return result;
  };

  it('says what is wrong with the folder before it reads anything', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    for (const [path, why] of [
      ['missing', 'is missing'],
      ['link', 'is a link to elsewhere'],
    ] as const) {
      const { isError, text } = await call({ HSS_REPORT_DIR: join(folder, path) });
      expect(isError).toBe(true);
      expect(text).toContain(why);
      expect(text).toContain('HSS_REPORT_DIR');
    }
    const relative = await call({ HSS_REPORT_DIR: 'reports' });
    expect(relative.text).toContain('HSS_REPORT_DIR must be an absolute path');
    chmodSync(join(folder, 'real'), 0o500);
    const locked = await call({ HSS_REPORT_DIR: join(folder, 'real') });
    // Nobody keeps root out.
    if (process.getuid?.() !== 0) expect(locked.text).toContain('may not be written to');
    expect(readdirSync(join(folder, 'real')).length).toBe(process.getuid?.() === 0 ? 1 : 0);
  }, 30_000);

  it('takes no path from anybody', async () => {
    for (const args of [{ path: '/tmp/x' }, { output: '/tmp/x' }, { file: 'x' }]) {
      expect((await call({ HSS_REPORT_DIR: folder }, args)).isError).toBe(true);
    }
    await call({ HSS_REPORT_DIR: folder }, { title: '../../../etc/passwd' });
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^hss-report-[\dTZ]+-[0-9a-f]{6}\.md$/)]);
  }, 30_000);
});
