import { describe, expect, it } from 'vitest';
import { ofAllImages, ofOneImage } from '../../src/findings/listing.js';
import { byWeight } from '../../src/findings/worst-first.js';
import type { CallScope, HssClient } from '../../src/hss/client.js';
import type { GeneralImageVul } from '../../src/hss/models.js';

const scope: CallScope = {
  region: 'cn-north-4',
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
};

/** HSS with these application vulnerabilities, each of which every image has; its lists are in their order. */
function hssWith(rows: readonly GeneralImageVul[]): HssClient {
  const servedAt = new Date(0);
  const fake: Pick<HssClient, 'listGeneralImageVuls' | 'listVulAffectImages'> = {
    listGeneralImageVuls: async ({ type, offset = 0, limit = 10 }) => {
      const all = type === 'app_vul' ? rows : [];
      return { total_num: all.length, data_list: all.slice(offset, offset + limit), servedAt };
    },
    listVulAffectImages: async () => ({ total_num: 1, data_list: [{ image_id: 'ID' }], servedAt }),
  };
  return fake as HssClient;
}
const rowsOf = (count: number): GeneralImageVul[] =>
  Array.from({ length: count }, (_, n) => ({ vul_id: `V${n}`, type: 'app_vul', severity_level: 'Low' }));

describe('worst first', () => {
  it('orders by severity, then score, then images, then id', () => {
    const row = (vul_id: string, severity_level: string, max_cvss_score?: number, image_num?: number) => ({
      vul_id,
      severity_level,
      max_cvss_score,
      image_num,
    });
    const right = [
      row('D', 'Critical', 10, 1),
      row('C', 'Critical', 9.1, 9),
      row('A', 'Critical', 9.1, 2),
      row('B', 'Critical', 9.1, 2),
      row('E', 'High', 10, 50),
      row('F', 'High'),
      row('G', 'Low', 9),
      row('H', 'Unheard', 10),
    ];
    expect([...right].reverse().sort(byWeight)).toEqual(right);
    expect([...right.slice(3), ...right.slice(0, 3)].sort(byWeight)).toEqual(right);
  });

  it('gives each row once over all pages, whatever the order of HSS', async () => {
    const rows = rowsOf(57).reverse();
    const seen: (string | undefined)[] = [];
    for (let offset = 0; offset < 57; offset += 10) {
      const page = await ofAllImages({ handle_status: 'unhandled' }, { offset, limit: 10 }, scope, hssWith(rows));
      seen.push(...page.rows.map(({ vul_id }) => vul_id));
    }
    expect(new Set(seen).size).toBe(57);
  });
});

describe('the vulnerabilities of one image', () => {
  it('lead on to the next page also where not all could be checked', async () => {
    const list = (offset: number, limit: number) =>
      ofOneImage('ID', { handle_status: 'unhandled' }, { offset, limit }, scope, hssWith(rowsOf(301)));
    expect(await list(0, 20)).toMatchObject({ total: undefined, more: true, checked: { read: 300, of: 301 } });
    expect(await list(280, 20)).toMatchObject({ more: false });
  });

  it('are whole where all could be checked', async () => {
    const page = await ofOneImage(
      'ID',
      { handle_status: 'unhandled' },
      { offset: 20, limit: 20 },
      scope,
      hssWith(rowsOf(300)),
    );
    expect(page).toMatchObject({ total: 300, more: true });
    expect(page.checked).toBeUndefined();
  });
});
