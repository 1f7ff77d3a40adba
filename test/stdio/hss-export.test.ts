import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { runCommand } from '../support/command.js';
import { Program, settingsFor } from '../support/program.js';

let folder: string;
let sandbox: Sandbox;
let program: Program | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await program?.end();
  program = undefined;
  await sandbox.close();
});

async function settings(options: SandboxOptions = {}, more: Record<string, string> = {}) {
  sandbox = await Sandbox.start(options);
  return { ...settingsFor(sandbox), HSS_REPORT_DIR: folder, ...more };
}

const OPERATIONS = ['BatchExportLocalVulTask', 'ListQueryExportTask', 'ListDownloadExportedFile'];
const sent = () => OPERATIONS.map((operation) => sandbox.count(operation));
const linesOf = (path: string) => {
  const [table = new Uint8Array()] = Object.values(unzipSync(readFileSync(path)));
  return strFromU8(table).trim().split('\r\n');
};

describe('format hss of the tool', () => {
  const exported = (args: object) => {
    if (!program) throw new Error('not started');
    return program.call('export_local_image_report', {
      format: 'hss',
      enterprise_project_id: 'all_granted_eps',
      ...args,
    });
  };

  it('hands over the ZIP as it came, under a name of its own, for its owner only', async () => {
    program = await Program.start(await settings());
    const { isError, text, structured } = await exported({});
    expect(isError, text).toBeFalsy();
    const path = String(structured.path);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^hss-report-[\dTZ]+-[0-9a-f]{6}\.zip$/)]);
    expect(path).toBe(join(folder, readdirSync(folder)[0] ?? ''));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(structured.bytes).toBe(statSync(path).size);
    expect(linesOf(path)).toHaveLength(Number(structured.rows) + 1);
    expect(structured.notes).toEqual([expect.stringContaining('was not opened')]);
    expect(sent()).toEqual([1, 1, 1]);
  }, 20_000);

  it('is of the images that the operation can select', async () => {
    program = await Program.start(await settings());
    const { structured } = await exported({ image_name: 'nginx', has_container: true });
    const rows = linesOf(String(structured.path)).slice(1);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => !row.includes('nginx'))).toEqual([]);
  }, 20_000);

  it.each([
    [{ severity_level: 'High' }, 'severity_level'],
    [{ host_name: 'node' }, 'host_name'],
    [{ selection_id: 'sel_1' }, 'selection_id'],
    [{ title: 'Audit' }, 'title'],
    [{ baseline: 'hss-report.json' }, 'baseline'],
  ])('refuses %j, which it knows nothing of, and says what serves', async (args, name) => {
    program = await Program.start(await settings());
    const { isError, text } = await exported(args);
    expect(isError).toBe(true);
    expect(text).toContain(`knows nothing of ${name}`);
    expect(text).toContain('csv');
    expect(sent()).toEqual([0, 0, 0]);
  });

  it.each(['true', 'nonsense'])('is refused where HSS_READ_ONLY is %s', async (value) => {
    program = await Program.start(await settings({}, { HSS_READ_ONLY: value }));
    const { isError, text } = await exported({});
    expect(isError).toBe(true);
    expect(text).toContain('HSS_READ_ONLY');
    if (value === 'true') expect(text).toContain('csv');
    expect(sent()).toEqual([0, 0, 0]);
  });

  it('says that it is not ready, and goes on with the same task', async () => {
    program = await Program.start(await settings({ exportMs: 19_000 }));
    const { isError, text, structured } = await exported({});
    expect(isError, text).toBeFalsy();
    expect(structured).toMatchObject({ incomplete: { ready_in: 10 }, next: expect.stringContaining('same task') });
    expect(structured).not.toHaveProperty('path');
    expect(readdirSync(folder)).toEqual([]);
    const { structured: later } = await exported({});
    expect(later.path).toBeDefined();
    expect(sent()[0]).toBe(1);
  }, 60_000);

  it('leaves nothing where HSS could not make it, or what came is no ZIP', async () => {
    program = await Program.start(await settings({ exportTask: 'fails' }));
    const failed = await exported({});
    expect(failed.isError).toBe(true);
    expect(failed.text).toContain('ended with failure');
    expect(failed.text).not.toContain('Do not repeat');
    expect(readdirSync(folder)).toEqual([]);
  }, 20_000);
});

describe('format hss of the command', () => {
  it('writes the ZIP, also to a file of the person and to stdout', async () => {
    const env = await settings();
    const plain = await runCommand(env, 'report', '--format', 'hss');
    expect(plain.code, plain.stderr).toBe(0);
    expect(plain.stdout).toMatch(/^\d+ rows of HSS: .*hss-report-\S+\.zip\n$/);
    const file = join(folder, 'mine.zip');
    const named = await runCommand(env, 'report', '--format', 'hss', '--output', file, '--image-name', 'nginx');
    expect(named.code, named.stderr).toBe(0);
    expect(linesOf(file).length).toBeGreaterThan(1);
    const piped = await runCommand(env, 'report', '--format', 'hss', '--output', '-');
    expect(piped.stdout.slice(0, 2)).toBe('PK');
  }, 30_000);

  it.each(['--severity-level High', '--host-name x', '--title x', '--baseline x.json', '--lang zh', '--fail-on High'])(
    'takes no %s: ends with 2',
    async (flag) => {
      const { code, stderr } = await runCommand(await settings(), 'report', '--format', 'hss', ...flag.split(' '));
      expect(code).toBe(2);
      expect(stderr).toContain(`--format hss takes no ${flag.split(' ')[0]}`);
      expect(sent()).toEqual([0, 0, 0]);
    },
  );

  it('ends with 1 where HSS may not be changed, and where it could not make the file', async () => {
    const readOnly = await runCommand(await settings({}, { HSS_READ_ONLY: 'true' }), 'report', '--format', 'hss');
    expect(readOnly).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('HSS_READ_ONLY') });
    await sandbox.close();
    const failed = await runCommand(await settings({ exportTask: 'fails' }), 'report', '--format', 'hss');
    expect(failed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('ended with failure') });
    expect(readdirSync(folder)).toEqual([]);
  }, 20_000);
});
