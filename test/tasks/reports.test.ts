import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { cycloneDxSchema, sarifSchema } from '../report/schemas.js';
import {
  countBySeverity,
  findings,
  imagesByFailure,
  imagesByState,
  type TrueFinding,
} from '../support/estate-truth.js';
import { Program, settingsFor } from '../support/program.js';
import { type Row, rowsOf } from './task.js';

/** Image and vulnerability of a finding: one that lies in two packages of an image is one. */
const keyOf = ({ image, vulnerability }: TrueFinding) =>
  `${image.image_id} ${image.image_digest} ${vulnerability.vul_id}`;
const once = (found: readonly TrueFinding[]) => [...new Map(found.map((each) => [keyOf(each), each])).values()];

describe('a report of 2,400 images', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'));
  let sandbox: Sandbox;
  let program: Program;
  beforeAll(async () => {
    sandbox = await Sandbox.start({ estate: { images: 2400, seed: 7 } });
    program = await Program.start({ ...settingsFor(sandbox), HSS_REPORT_DIR: folder, HSS_READ_ONLY: 'true' });
  }, 60_000);
  afterAll(async () => {
    await program.end();
    await sandbox.close();
  });

  const truth = () => {
    const estate = sandbox.estate('cn-north-4');
    const open = once(findings(estate));
    const isOpen = new Set(open.map(keyOf));
    const handled = once(findings(estate, { handled: true })).filter((found) => !isOpen.has(keyOf(found)));
    return { estate, open, handled };
  };

  async function exported(args: object): Promise<{ told: Row; text: string; path: string }> {
    const all = { enterprise_project_id: 'all_granted_eps', ...args };
    const { isError, text, structured } = await program.call('export_local_image_report', all);
    expect(isError, text).toBeFalsy();
    const path = String(structured.path);
    return { told: structured, text: readFileSync(path, 'utf8'), path };
  }

  it('holds every finding once in CSV, and no other', async () => {
    const { open, handled } = truth();
    const { told, text, path } = await exported({ format: 'csv' });
    const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
    const keysOf = (state: string) =>
      rows.filter((row) => row.state === state).map((row) => `${row.image_id} ${row.image_digest} ${row.vul_id}`);
    expect(keysOf('open').sort()).toEqual(open.map(keyOf).sort());
    expect(keysOf('handled').sort()).toEqual(handled.map(keyOf).sort());
    expect(told.rows).toBe(open.length + handled.length);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(rowsOf(told, 'first_lines')).toHaveLength(5);
  }, 60_000);

  it('counts in JSON what is true', async () => {
    const { estate, open, handled } = truth();
    const { told, text } = await exported({ format: 'json' });
    const { report, images, findings: rows } = JSON.parse(text);
    expect(report).toMatchObject({ complete: true, sandbox: false });
    expect(report.counts).toMatchObject({
      open: countBySeverity(open),
      handled: handled.length,
      images: estate.images.length,
    });
    expect(images).toHaveLength(estate.images.length);
    expect(rows).toHaveLength(open.length + handled.length);
    const states = report.counts.by_state as { key: string; images: number }[];
    for (const { key, images: count } of states) {
      expect(count, key).toBe(imagesByState(estate).get(key as never)?.length);
    }
    const reasons = report.counts.by_reason as { key: string; images: number }[];
    expect(new Map(reasons.map(({ key, images: count }) => [key, count]))).toEqual(
      new Map([...imagesByFailure(estate)].map(([key, failed]) => [key, failed.length])),
    );
    const { Critical: critical, High: high, Medium: medium, Low: low } = countBySeverity(open);
    expect(told).toMatchObject({ critical, high, medium, low, handled: handled.length });
  }, 60_000);

  it('has one result and one affects a finding in SARIF and CycloneDX, and both validate', async () => {
    const { open, handled } = truth();
    const sarif = JSON.parse((await exported({ format: 'sarif' })).text);
    const validSarif = sarifSchema();
    validSarif(sarif);
    expect(validSarif.errors ?? []).toEqual([]);
    const { results } = sarif.runs[0] as { results: { suppressions?: unknown; partialFingerprints: object }[] };
    expect(results.filter(({ suppressions }) => !suppressions)).toHaveLength(open.length);
    expect(results.filter(({ suppressions }) => suppressions)).toHaveLength(handled.length);
    const prints = new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)));
    expect(prints.size).toBe(results.length);
    const bom = JSON.parse((await exported({ format: 'cyclonedx' })).text);
    const validBom = cycloneDxSchema();
    validBom(bom);
    expect(validBom.errors ?? []).toEqual([]);
    const affects = (bom.vulnerabilities as { affects: unknown[] }[]).reduce(
      (sum, each) => sum + each.affects.length,
      0,
    );
    expect(affects).toBe(open.length + handled.length);
  }, 120_000);

  it('shows the true numbers to people', async () => {
    const { open, handled } = truth();
    const { text: html } = await exported({ format: 'html', title: 'Lagebericht <b>' });
    const { text: page } = await exported({ format: 'markdown' });
    const counts = { ...countBySeverity(open), 'Handled findings': handled.length, 'Open findings': open.length };
    for (const [name, count] of Object.entries(counts)) {
      expect(html).toMatch(new RegExp(`<dt>${name}</dt><dd[^>]*>${count}</dd>`));
      expect(page).toContain(`| ${name} | ${count} |`);
    }
    expect(html).toContain('<title>Lagebericht &lt;b&gt;</title>');
    expect(html).toContain('<svg');
  }, 60_000);

  it('selects findings by severity, images by name and by selection', async () => {
    const { open, handled } = truth();
    const severe = (found: TrueFinding) => found.vulnerability.severity === 'Critical';
    const { told } = await exported({ format: 'csv', severity_level: 'Critical' });
    expect(told.rows).toBe(open.filter(severe).length + handled.filter(severe).length);
    const named = (found: TrueFinding) => found.image.image_name.includes('gateway');
    const { told: some } = await exported({ format: 'csv', image_name: 'gateway' });
    expect(some.rows).toBe(open.filter(named).length + handled.filter(named).length);
    const selected = await program.call('list_local_images', {
      enterprise_project_id: 'all_granted_eps',
      image_name: 'gateway',
      select: true,
    });
    const { selection_id } = selected.structured;
    const { told: chosen } = await exported({ format: 'csv', selection_id, enterprise_project_id: undefined });
    expect(chosen.rows).toBe(some.rows);
    // As many other images are no baseline for these.
    const selectionOf = async (image_name: string, args: object) => {
      const all = { enterprise_project_id: 'all_granted_eps', image_name, select: true, ...args };
      return (await program.call('list_local_images', all)).structured.selection_id;
    };
    const [one, same, other] = await Promise.all(
      ['success', 'success', 'failed'].map((scan_status) => selectionOf('gateway', { scan_status })),
    );
    const report = (selection_id: unknown, baseline?: string) =>
      program.call('export_local_image_report', { format: 'json', selection_id, ...(baseline && { baseline }) });
    const earlier = basename(String((await report(one)).structured.path));
    expect((await report(same, earlier)).structured).toHaveProperty('changes');
    expect((await report(other, earlier)).text).toContain('other values of selection');
  }, 60_000);

  it('tells what changed since an earlier report', async () => {
    const { open } = truth();
    const { path } = await exported({ format: 'json' });
    const { told } = await exported({ format: 'json', baseline: basename(path) });
    expect(told.changes).toMatchObject({ new: 0, still_open: open.length, handled: 0, gone: 0, gone_with_image: 0 });
    for (const baseline of ['../x.json', '/etc/passwd', 'x/y.json', 'nothing.json', '..']) {
      const { isError, text } = await program.call('export_local_image_report', { format: 'csv', baseline });
      expect(isError, text).toBe(true);
    }
    const other = await program.call('export_local_image_report', {
      format: 'csv',
      baseline: basename(path),
      severity_level: 'High',
      enterprise_project_id: 'all_granted_eps',
    });
    expect(other.text).toContain('was made with other values of severity_level');
  }, 60_000);

  it('leaves nothing half written', () => {
    expect(readdirSync(folder).filter((name) => !name.startsWith('hss-report-'))).toEqual([]);
  });
});
