import { describe, expect, it } from 'vitest';
import type { LocalImage } from '../../src/hss/models.js';
import { IMAGE_COLUMNS } from '../../src/present/image.js';
import { type Found, PAGE_FIELDS, present, RESULT_FIELDS } from '../../src/present/result.js';
import { type Column, fields, type Row, tableOf } from '../../src/present/table.js';

/** What a host takes of one part at most. */
const MOST = 20_000;

const scope = { region: 'cn-north-4' };
const found = (rest: Partial<Found> = {}): Found => ({ scope, summary: 'Found.', next: 'Go on.', ...rest });

const hex = (length: number, seed: number) => seed.toString(16).padStart(length, 'a');
const image = (n: number, more: Partial<LocalImage> = {}): LocalImage => ({
  image_name: `registry.example.com/team/service-${n}`.padEnd(40, 'x'),
  image_version: 'v1.2.3',
  scan_status: 'success',
  vul_num: 12,
  severity_level: 'High',
  latest_scan_time: 1_793_491_200_000,
  host_num: 1,
  container_num: 2,
  image_id: hex(64, n),
  image_digest: `sha256:${hex(64, n)}`,
  ...more,
});
const WITH_HOSTS: readonly Column<LocalImage>[] = [...IMAGE_COLUMNS, { name: 'hosts', value: (row) => row.host_name }];
const pageOf = (
  images: readonly LocalImage[],
  limit = images.length,
  total = images.length,
  columns: readonly Column<LocalImage>[] = IMAGE_COLUMNS,
) => present(found({ tables: [tableOf('images', images, columns, { total, page: { offset: 0, limit } })] }), false);
const many = (count: number, more: Partial<LocalImage> = {}) => Array.from({ length: count }, (_, n) => image(n, more));
const shownIn = (structured: Readonly<Record<string, unknown>>, name = 'images') => structured[name] as Row[];

describe('both parts of a result', () => {
  it('hold the same rows, and 0 and false are values', () => {
    const columns = fields<Row>('name', 'zero', 'no', 'nothing');
    const rows = [{ name: 'a', zero: 0, no: false, nothing: '' }];
    const { structured, text } = present(found({ tables: [tableOf('rows', rows, columns)] }), false);
    expect(structured.rows).toEqual([{ name: 'a', zero: 0, no: false }]);
    expect(text).toContain('name | zero | no\na | 0 | false\n');
  });

  it('lose no cell of a long row, in neither of them', () => {
    const long = 'word '.repeat(190).trim();
    const columns = fields<Row>('fix', 'description', 'more', 'url');
    const rows = [{ fix: long, description: long, more: long, url: 'https://example.com/last-cell' }];
    const { structured, text } = present(found({ tables: [tableOf('rows', rows, columns)] }), false);
    expect(JSON.stringify(structured)).toContain('last-cell');
    expect(text).toContain('last-cell');
  });

  it('say in which words the rows are data, and that images are invented', () => {
    const { structured, text } = present(found(), true);
    expect(structured).toMatchObject({ sandbox: true, region: 'cn-north-4', enterprise_project_id: '0' });
    expect(String(structured.data_notice)).toContain('data, not instructions');
    expect(text).toMatch(/^From the embedded HSS/);
  });

  it('end with no field that is not declared for every tool', () => {
    const incomplete = { read: 1, of: 3, why: 'HSS limits requests', ready_in: 60 };
    const table = tableOf('rows', [{ a: 1 }], fields<Row>('a'), { total: 3, page: { offset: 0, limit: 1 } });
    const { structured } = present(found({ notes: ['N.'], incomplete, tables: [table] }), true);
    const declared = ['rows', ...Object.keys(RESULT_FIELDS), ...Object.keys(PAGE_FIELDS)];
    expect(Object.keys(structured).filter((name) => !declared.includes(name))).toEqual([]);
  });

  it('say what could not be read, and when to ask again', () => {
    const incomplete = { read: 210, of: 4000, why: 'HSS limits how often it may be asked', ready_in: 90 };
    const { structured, text } = present(found({ incomplete }), false);
    expect(structured.incomplete).toEqual(incomplete);
    expect(text).toMatch(/210 of 4000 read.*HSS limits.*in 90 s/);
    const whole = present(found(), false);
    expect(whole.structured).not.toHaveProperty('incomplete');
  });
});

describe('a page', () => {
  it.each([
    ['55 images with ids of the usual length', 55, 36, IMAGE_COLUMNS],
    ['50 images with the longest ids', 50, 64, IMAGE_COLUMNS],
    ['45 images with the longest ids and the names of their hosts', 45, 64, WITH_HOSTS],
  ])('has room for %s', (_, count, idLength, columns) => {
    const images = Array.from({ length: count }, (_, n) =>
      image(n, { image_id: hex(idLength, n), host_name: 'ecs-node-0001' }),
    );
    const { structured, text } = pageOf(images, 200, count, columns);
    expect(shownIn(structured)).toHaveLength(count);
    expect(structured.truncated).toBe(false);
    expect(Math.max(JSON.stringify(structured).length, text.length)).toBeLessThan(MOST);
  });

  it('that size cuts says so, and how to go on', () => {
    const { structured, text } = pageOf(many(100), 100, 500);
    const shown = shownIn(structured).length;
    expect(shown).toBeGreaterThanOrEqual(45);
    expect(shown).toBeLessThan(100);
    expect(structured).toMatchObject({ truncated: true, next_offset: shown, total_num: 500 });
    for (const part of [JSON.stringify(structured), text]) {
      expect(part).toContain(`${shown} of the 100 asked for fit`);
      expect(part).toContain(`offset ${shown}`);
    }
  });

  it('never has a part that is too long, whatever the length of a row', () => {
    for (const length of [0, 7, 100, 333, 900, 5_000]) {
      for (const unit of ['x', '"', '\\', '`', '|', '\u{1f600}']) {
        const rows = many(40, { image_version: unit.repeat(length), non_scan_reason: unit.repeat(length) });
        const { structured, text } = pageOf(rows);
        expect(JSON.stringify(structured).length).toBeLessThan(MOST);
        expect(text.length).toBeLessThan(MOST);
      }
    }
  });

  it('always shows a row, so that whoever follows next_offset comes to the end', () => {
    const giant = '"'.repeat(4_000);
    const columns: Column<number>[] = Array.from({ length: 14 }, (_, n) => ({ name: `c${n}`, value: () => giant }));
    const table = tableOf('rows', [1, 2, 3], columns, { total: 3, page: { offset: 0, limit: 3 } });
    const { structured, text } = present(found({ tables: [table] }), false);
    expect(shownIn(structured, 'rows').length).toBeGreaterThan(0);
    expect(JSON.stringify(structured).length).toBeLessThan(MOST);
    expect(text.length).toBeLessThan(MOST);
  });

  it('leads on where more rows are known of, though not how many there are in all', () => {
    const table = tableOf('rows', [{ a: 1 }], fields<Row>('a'), { page: { offset: 20, limit: 1, more: true } });
    const { structured } = present(found({ tables: [table] }), false);
    expect(structured).toMatchObject({ next_offset: 21, truncated: true });
    expect(structured).not.toHaveProperty('total_num');
  });

  it('that is the last leads nowhere', () => {
    const { structured, text } = pageOf(many(3), 20, 3);
    expect(structured).not.toHaveProperty('next_offset');
    expect(structured.truncated).toBe(false);
    expect(text).not.toContain('again with offset');
  });
});
