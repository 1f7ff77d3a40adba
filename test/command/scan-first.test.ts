import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProgressLine } from '../../src/command/progress-line.js';
import { readReportFlags } from '../../src/command/report-flags.js';
import { scanFirst } from '../../src/command/scan-first.js';
import { readConfig } from '../../src/config/config.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { Workspace } from '../../src/workspace/workspace.js';
import { settingsFor } from '../support/program.js';

let sandbox: Sandbox;
let workspace: Workspace;
afterEach(async () => {
  vi.restoreAllMocks();
  await workspace.close();
  await sandbox.close();
});

/** A run at a terminal whose person answers so. @returns what was asked and shown. */
async function run(answer: string, image_name: string | undefined) {
  sandbox = await Sandbox.start({ scanMs: 100 });
  const config = readConfig({ env: settingsFor(sandbox) });
  const log = () => {};
  workspace = new Workspace(config, log, false);
  const stderr = { isTTY: true, write: vi.fn() };
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const asked: string[] = [];
  const { signal } = new AbortController();
  const connected = await workspace.connected();
  const outcome = await scanFirst(
    { image_name },
    {
      flags: readReportFlags({ scan: true }),
      config,
      workspace,
      connected,
      log,
      line: new ProgressLine(stderr as never),
      ask: async (question) => {
        asked.push(question);
        return answer;
      },
      signal,
      scope: () => ({ region: 'cn-north-4', signal, deadline: performance.now() + 60_000 }),
    },
  ).catch((error: unknown) => error);
  const shown = stderr.write.mock.calls.flat().join('');
  return { outcome, asked, shown, scans: sandbox.count('BatchScanLocalImage') };
}

describe('a scan before a report, at a terminal', () => {
  it.each(['y', 'YES', ' y ', '是'])(
    'begins when the person answers %j, and tells how far it is',
    async (answer) => {
      const { outcome, asked, shown, scans } = await run(answer, 'nginx');
      expect(outcome).toBeUndefined();
      expect(asked).toEqual([
        expect.stringMatching(/^Start a scan of the local images that match.*\n(.*\n)*\[y\/N\] $/),
      ]);
      expect(asked[0]).toContain('image_name = "nginx"');
      expect(asked[0]).toMatch(/Images: \d+ image/);
      expect(scans).toBe(1);
      expect(shown).toContain('Scans ended');
      // The line is taken away at the end.
      expect(shown.endsWith('\r\u001b[K')).toBe(true);
    },
    20_000,
  );

  it.each(['', 'n', 'no', 'yesterday', 'j'])('does not begin when the answer is %j', async (answer) => {
    const { outcome, scans } = await run(answer, 'nginx');
    expect(outcome).toMatchObject({ details: { source: 'input', effect: 'not_sent' } });
    expect(scans).toBe(0);
  });

  it('is called one of all where nothing narrows it', async () => {
    const { asked } = await run('n', undefined);
    expect(asked[0]).toContain('ALL local images');
  });
});
