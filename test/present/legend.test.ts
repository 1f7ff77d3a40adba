import { afterEach, describe, expect, it } from 'vitest';
import { LISTED_IMAGE_COLUMNS } from '../../src/present/image.js';
import { legendOf } from '../../src/present/legend.js';
import { type Found, present } from '../../src/present/result.js';
import { fields, tableOf, timeColumn } from '../../src/present/table.js';
import { useTimeZone } from '../../src/text/zone.js';
import { speak } from '../../src/words/language.js';

afterEach(() => {
  speak('en');
  useTimeZone('UTC');
});

const images = (...rows: Readonly<Record<string, string>>[]) =>
  tableOf('images', rows, fields('image_name', 'scan_status', 'scan_failed_desc', 'severity_level'));

describe('the legend of a result', () => {
  it('names the words of the values that occur, each once', () => {
    const table = images(
      { image_name: 'a', scan_status: 'success', severity_level: 'Low' },
      { image_name: 'b', scan_status: 'failed', scan_failed_desc: 'huge_image' },
      { image_name: 'c', scan_status: 'success' },
    );
    expect(legendOf([table])).toEqual([
      'In the words of Huawei Cloud: scan_status success = Scan completed, failed = Scan failed.',
    ]);
    speak('zh');
    expect(legendOf([table])).toEqual([
      '华为云用语：scan_status：success=扫描完成，failed=扫描失败；severity_level：Low=低危；scan_failed_desc：huge_image=超大镜像。',
    ]);
  });

  it('is absent where no value has another word', () => {
    expect(legendOf([images({ image_name: 'a', scan_status: 'scanning', severity_level: 'Medium' })])).toEqual([]);
    expect(legendOf([images({ image_name: 'success', scan_status: 'of no table' })])).toEqual([]);
    expect(legendOf([])).toEqual([]);
  });

  it('says of an image at its top that there is no Critical, and of a vulnerability nothing', () => {
    expect(legendOf([images({ image_name: 'a', severity_level: 'High' })])).toEqual([
      expect.stringMatching(/knows no Critical: High is its top/),
    ]);
    const found = tableOf(
      'vulnerabilities',
      [{ vul_id: 'CVE-1', severity_level: 'High' }],
      fields('vul_id', 'severity_level'),
    );
    expect(legendOf([found])).toEqual([]);
  });

  it('knows a column by what it holds', () => {
    speak('zh');
    const column = { name: 'key', holds: 'scan_status', value: ({ key }: { key: string }) => key };
    expect(legendOf([tableOf('groups', [{ key: 'unscan' }], [column])])).toEqual([
      '华为云用语：scan_status：unscan=未扫描。',
    ]);
  });
});

const found = (rows: number): Found => ({
  summary: 'Found.',
  scope: { region: 'cn-north-4' },
  facts: { as_of: '2026-11-25T12:00:00Z', submitted_at: '2026-11-25T12:00:00.123Z', note: '12:00' },
  tables: [
    tableOf(
      'images',
      Array.from({ length: rows }, (_, index) => ({
        image_name: `image-${index}`.padEnd(70, '.'),
        scan_status: 'failed',
        at: 1_793_589_000_000,
      })),
      [...fields('image_name', 'scan_status'), timeColumn('at', ({ at }: { at: number }) => at)],
    ),
  ],
  next: 'Nothing.',
});

describe('a result', () => {
  it('carries the legend in both parts, and still fits with it', () => {
    speak('zh');
    const { structured, text } = present(found(200), false);
    expect(structured.notes).toContain('华为云用语：scan_status：failed=扫描失败。');
    expect(text).toContain('华为云用语：scan_status：failed=扫描失败。');
    expect(Math.max(text.length, JSON.stringify(structured).length)).toBeLessThan(20_000);
  });

  it('shows people the times of their zone, and programs those of UTC', () => {
    const utc = present(found(1), false);
    useTimeZone('Asia/Shanghai');
    const { structured, text } = present(found(1), false);
    expect(structured).toEqual(utc.structured);
    expect(structured).toMatchObject({ as_of: '2026-11-25T12:00:00Z', images: [{ at: '2026-11-02T03:10:00Z' }] });
    expect(text).toContain('as_of: 2026-11-25T20:00:00+08:00');
    // What is handed back by a model that reads the text alone has to be as exact.
    expect(text).toContain('submitted_at: 2026-11-25T20:00:00.123+08:00');
    expect(text).toContain('| 2026-11-02T11:10:00+08:00');
    expect(text).not.toMatch(/\dZ/);
    expect(utc.text).toContain('| 2026-11-02T03:10:00Z');
  });
});

describe('the columns of a list of images', () => {
  it('show the counts by severity before the level of HSS', () => {
    const names = LISTED_IMAGE_COLUMNS.map(({ name }) => name);
    for (const count of ['critical', 'high', 'medium', 'low'])
      expect(names.indexOf(count)).toBeLessThan(names.indexOf('severity_level'));
  });
});
