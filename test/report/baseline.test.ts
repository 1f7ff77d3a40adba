import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { withChanges } from '../../src/report/baseline.js';
import { renderJson } from '../../src/report/json.js';
import type { Report, ReportImage } from '../../src/report/report.js';
import { image, reportOf } from './sample.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});

const [first, second, third] = [image('one'), image('two'), image('three')];

/** Findings by vulnerability: those images where it is open, and those where somebody decided about it. */
function report(
  found: Readonly<Record<string, readonly [open: readonly ReportImage[], handled?: readonly ReportImage[]]>>,
  more: Partial<Report> = {},
): Report {
  const groups = Object.entries(found).map(([vul_id, [open, handled = []]]) => ({
    vulnerability: { vul_id, type: 'linux_vul', severity_level: 'High', cve_ids: [] } as const,
    open,
    handled,
  }));
  return reportOf('x', { images: [first, second, third], groups: () => groups, ...more });
}

function save(name: string, earlier: Report): void {
  writeFileSync(join(folder, name), [...renderJson(earlier)].join(''));
}

describe('a report with a baseline', () => {
  it('tells new, still open, handled and gone apart, and what went with its image', async () => {
    save('a.json', report({ A: [[first, second, third]], B: [[first]], C: [[second]] }));
    const now = report({ A: [[first]], B: [[], [first]], D: [[second]] }, { images: [first, second] });
    const { changes } = await withChanges(now, folder, 'a.json');
    expect(changes).toEqual({
      baseline: 'a.json',
      baseline_as_of: '2026-01-02T03:04:05Z',
      new: 1,
      still_open: 1,
      handled: 1,
      gone: 2,
      gone_with_image: 1,
      gone_findings: [
        { vul_id: 'A', image: 'two:v1' },
        { vul_id: 'C', image: 'two:v1' },
      ],
    });
  });

  it('calls nothing gone as long as not everything was read', async () => {
    save('a.json', report({ A: [[first]] }));
    const { changes } = await withChanges(report({}, { incomplete: 'half' }), folder, 'a.json');
    expect(changes).toMatchObject({ still_open: 0, gone_findings: [] });
    expect(changes).not.toHaveProperty('gone');
  });

  it('keeps since when a finding is open over several reports', async () => {
    const at = (as_of: string, more: Parameters<typeof report>[0]) => report(more, { as_of });
    save('a.json', at('2026-01-01T00:00:00Z', { A: [[first]] }));
    save('b.json', await withChanges(at('2026-02-01T00:00:00Z', { A: [[first]], B: [[first]] }), folder, 'a.json'));
    const last = await withChanges(
      at('2026-03-01T00:00:00Z', { A: [[first]], B: [[first, second]] }),
      folder,
      'b.json',
    );
    const rows = JSON.parse([...renderJson(last)].join('')).findings as { open_since: string }[];
    expect(rows.map(({ open_since }) => open_since.slice(0, 7))).toEqual(['2026-01', '2026-02', '2026-03']);
  });

  it.each([
    ['of another place', report({}, { scope: { region: 'eu-west-101' } }), 'other values of region'],
    ['of another severity', report({}, { least: 'High' }), 'other values of severity_level'],
    ['that was not whole', report({}, { incomplete: 'half' }), 'could not read everything'],
  ])('refuses a report %s', async (_, earlier, why) => {
    save('a.json', earlier);
    await expect(withChanges(report({}), folder, 'a.json')).rejects.toThrow(why);
  });

  it.each(['', '{}', '[]', 'null', '{"report":{}}', '{"report":1,\n', 'x'.repeat(3_000_000), '\u0000'])(
    'refuses what is no report of ours (%#)',
    async (text) => {
      writeFileSync(join(folder, 'a.json'), text);
      await expect(withChanges(report({}), folder, 'a.json')).rejects.toThrow(/baseline "a\.json"/);
    },
  );

  it('reads nothing outside the folder', async () => {
    const outside = join(mkdtempSync(join(tmpdir(), 'other-')), 'a.json');
    save('b.json', report({}));
    writeFileSync(outside, readFileSync(join(folder, 'b.json')));
    symlinkSync(outside, join(folder, 'link.json'));
    for (const name of ['link.json', outside, '../b.json', './b.json', '.json', 'b.json\u0000', 'b']) {
      await expect(withChanges(report({}), folder, name), name).rejects.toThrow(/baseline/);
    }
    expect((await withChanges(report({}), folder, 'b.json')).changes).toMatchObject({ new: 0, gone: 0 });
  });
});
