import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { runCommand } from '../support/command.js';
import { settingsFor } from '../support/program.js';

let folder: string;
let sandbox: Sandbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => sandbox.close());

async function settings(options: SandboxOptions = {}, more: Record<string, string> = {}) {
  sandbox = await Sandbox.start({ scanMs: 200, ...options });
  return { ...settingsFor(sandbox), HSS_REPORT_DIR: folder, HSS_ENTERPRISE_PROJECT_ID: 'all_granted_eps', ...more };
}

const scans = () => sandbox.carriedOut('BatchScanLocalImage');
const named = (name: string) =>
  sandbox.estate('cn-north-4').images.filter(({ image_name }) => image_name.includes(name));
const scannedSince = (time: number) =>
  sandbox
    .estate('cn-north-4')
    .states()
    .filter(({ latest_scan_time }) => latest_scan_time >= time);
const nothingWritten = () => expect(readdirSync(folder)).toEqual([]);

describe('report --scan', () => {
  it('wants the number of images where nobody can be asked, and says it', async () => {
    const env = await settings();
    const { length } = named('nginx');
    for (const flags of [[], ['--confirm-image-count', String(length + 1)]]) {
      const { code, stdout, stderr } = await runCommand(env, 'report', '--scan', '--image-name', 'nginx', ...flags);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`--confirm-image-count ${length}`);
      expect(stderr).toContain('No scan request was sent');
    }
    expect(scans()).toBe(0);
    nothingWritten();
  });

  it('scans exactly what matches, waits for the end, and reports what is so afterwards', async () => {
    const env = await settings();
    const begun = Date.now();
    const images = named('nginx');
    const count = String(images.length);
    const flags = ['--scan', '--image-name', 'nginx', '--confirm-image-count', count, '--format', 'json'];
    const { code, stdout, stderr } = await runCommand(env, 'report', ...flags);
    expect(code, stderr).toBe(0);
    expect(scannedSince(begun).map(({ image }) => image.image_id)).toEqual(images.map(({ image_id }) => image_id));
    expect(stderr).toMatch(
      new RegExp(
        `^\\S+ info scan request .*images=${count} .*\\nScanned ${count} images?: ${count} finished, 0 failed\\.\\n$`,
      ),
    );
    const report = JSON.parse(readFileSync(stdout.trim().replace(/^.*: /, ''), 'utf8'));
    for (const image of report.images) expect(Date.parse(image.latest_scan_time)).toBeGreaterThanOrEqual(begun - 1000);
    expect(report.images).toHaveLength(images.length);
  }, 60_000);

  it('needs no number where the owner allows it; one that is given has to be right', async () => {
    const env = await settings({}, { HSS_SCAN_ALL: 'allow' });
    const filter = ['--scan', '--image-name', 'nginx'];
    expect((await runCommand(env, 'report', ...filter, '--confirm-image-count', '99')).code).toBe(2);
    expect(scans()).toBe(0);
    const { code, stderr } = await runCommand(env, 'report', ...filter);
    expect(code, stderr).toBe(0);
    expect(scans()).toBe(1);
  }, 60_000);

  it.each([
    [{ HSS_READ_ONLY: 'true' }, 'HSS_READ_ONLY'],
    [{ HSS_SCAN_ALL: 'deny' }, 'HSS_SCAN_ALL'],
  ])('is refused where the settings say %j: ends with 1', async (more, name) => {
    const env = await settings({}, more);
    const flags = ['--scan', '--image-name', 'nginx', '--confirm-image-count', '1'];
    const { code, stdout, stderr } = await runCommand(env, 'report', ...flags);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(name);
    expect(sandbox.requests).toEqual([]);
    nothingWritten();
  });

  it('ends with 2 where nothing matches', async () => {
    const flags = ['--scan', '--image-name', 'no such image', '--confirm-image-count', '0'];
    const { code, stderr } = await runCommand(await settings(), 'report', ...flags);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain('No image matches');
    nothingWritten();
  });

  it('writes no report of a scan that HSS did not take: ends with 1', async () => {
    const env = await settings({ refused: { BatchScanLocalImage: 'HSS.0013' } });
    const flags = ['--scan', '--image-name', 'nginx', '--confirm-image-count', String(named('nginx').length)];
    const { code, stderr } = await runCommand(env, 'report', ...flags);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('HSS.0013');
    expect(stderr).toContain('The scan request was refused');
    nothingWritten();
  });

  it('is careful with a request of which nobody knows what became: it is not sent again', async () => {
    const env = await settings();
    sandbox.inject({ kind: 'reset-after', operation: 'BatchScanLocalImage' });
    const flags = ['--scan', '--image-name', 'nginx', '--confirm-image-count', String(named('nginx').length)];
    const { code, stderr } = await runCommand(env, 'report', ...flags);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('A scan may have started');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
    nothingWritten();
  });

  it('sends many in batches', async () => {
    const env = await settings(
      { estate: { images: 700, seed: 7 }, failedScanMovesTime: true },
      { HSS_SCAN_ALL: 'allow' },
    );
    const { code, stderr } = await runCommand(
      env,
      'report',
      '--scan',
      '--format',
      'csv',
      '--severity-level',
      'Critical',
    );
    expect(code, stderr).toBe(0);
    expect(scans()).toBe(2);
    expect(stderr).toMatch(/Scanned \d+ images: \d+ finished, \d+ failed, \d+ cannot be scanned/);
  }, 120_000);

  it.each([
    [['--confirm-image-count', '3'], '--confirm-image-count goes with --scan'],
    [['--scan', '--confirm-image-count', 'all'], '--confirm-image-count is a whole number'],
    [['--scan', '--confirm-image-count', '-1'], 'confirm-image-count'],
  ])('ends with 2 for %j', async (flags, why) => {
    const { code, stderr } = await runCommand(await settings(), 'report', ...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });
});
