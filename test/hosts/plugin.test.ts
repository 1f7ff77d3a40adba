import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, finished, HOSTS, Place, start } from './host.js';
import { ScriptedModel } from './model/scripted-model.js';

const HOST = HOSTS.claudeCode;
const PLUGIN = 'huaweicloud-hss';
const skipped = HOST.missing ? `: SKIPPED, ${HOST.missing}` : '';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTINGS = { access_key: 'EXAMPLEAK', secret_key: 'EXAMPLESK', region: 'cn-north-4' };

describe.skipIf(HOST.missing)(`the plugin for Claude Code${skipped}`, () => {
  const out = join(mkdtempSync(join(tmpdir(), 'plugin-')), 'marketplace');
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    const script =
      "const { writePlugin } = await import('./packaging/plugin.mjs'); await writePlugin(process.argv[1]);";
    execFileSync(process.execPath, ['--input-type=module', '-e', script, out], { cwd: ROOT });
  });
  afterAll(() => {
    place.remove();
    rmSync(join(out, '..'), { recursive: true });
  });

  const claude = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> => {
    const quiet = { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_TELEMETRY: '1', DISABLE_AUTOUPDATER: '1' };
    const child = start(place, HOST.program, args, { ...quiet, ...env });
    child.stdin.end();
    return finished(child);
  };

  it.each([
    ['the marketplace', ''],
    ['the plugin', PLUGIN],
  ])("passes the host's own validator, %s", async (_, folder) => {
    const { code, stdout, stderr } = await claude(['plugin', 'validate', join(out, folder), '--strict']);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('Validation passed');
    expect(stdout).not.toContain('refuses a submission');
  });

  it('is installed with its settings, of which no secret lies in the settings of the host', async () => {
    const added = await claude(['plugin', 'marketplace', 'add', out]);
    expect(added.code, added.stdout + added.stderr).toBe(0);
    const config = Object.entries(SETTINGS).flatMap(([key, value]) => ['--config', `${key}=${value}`]);
    const done = await claude(['plugin', 'install', `${PLUGIN}@huaweicloud-hss-mcp`, ...config]);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(done.stdout).not.toContain('EXAMPLESK');
    const settings = readFileSync(join(place.home, '.claude', 'settings.json'), 'utf8');
    expect(settings).toContain('cn-north-4');
    expect(settings).not.toContain('EXAMPLESK');
  });

  it('brings its server and its skill to the model', async () => {
    const model = await ScriptedModel.start([]);
    const { code, stdout, stderr } = await claude(['-p', 'Which images are at risk?', '--output-format', 'json'], {
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'EXAMPLEKEY',
    });
    await model.close();
    expect(code, stdout + stderr).toBe(0);
    expect(model.wasGiven(`${PLUGIN}:scan-images`)).toBe(true);
    // Read only until a person changes that: the tool that scans is not there.
    expect(model.wasGiven(`mcp__plugin_${PLUGIN}_hss__list_local_images`)).toBe(true);
    expect(model.wasGiven('hss__batch_scan_local_image')).toBe(false);
  });
});
