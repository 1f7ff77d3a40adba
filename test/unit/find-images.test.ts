import { describe, expect, it } from 'vitest';
import type { HssClient } from '../../src/hss/client.js';
import type { ListImageLocalQuery, LocalImage } from '../../src/hss/models.js';
import { findImages } from '../../src/images/find.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const estate = (count: number): LocalImage[] =>
  Array.from(
    { length: count },
    (_, index) => ({ image_id: `id-${index}`, image_name: `app-${index}.`, image_version: 'v1' }) as LocalImage,
  );

/** ListImageLocal over `rows`, with its partial match of names; keeps the queries. */
function hssWith(rows: readonly LocalImage[]) {
  const queries: ListImageLocalQuery[] = [];
  const listImageLocal = async (query: ListImageLocalQuery) => {
    queries.push(query);
    const found = rows.filter((row) => !query.image_name || row.image_name?.includes(query.image_name));
    const { offset = 0, limit = 10 } = query;
    return { total_num: found.length, data_list: found.slice(offset, offset + limit), servedAt: new Date() };
  };
  return { hss: { listImageLocal } as unknown as HssClient, queries };
}
const ids = (found: { matches: readonly (readonly LocalImage[])[] }) =>
  found.matches.map((rows) => rows.map((row) => row.image_id));

describe('findImages', () => {
  it('asks for one image by its name', async () => {
    const { hss, queries } = hssWith(estate(5000));
    expect(ids(await findImages(hss, [{ image_name: 'app-4321.', image_version: 'v1' }], scope))).toEqual([
      ['id-4321'],
    ]);
    expect(queries).toEqual([{ image_name: 'app-4321.', image_version: 'v1', offset: 0, limit: 200 }]);
  });

  it('finds 200 images on one page with one call', async () => {
    const rows = estate(200);
    const { hss, queries } = hssWith(rows);
    const found = await findImages(
      hss,
      rows.map(({ image_id, image_name }) => ({ image_id, image_name })),
      scope,
    );
    expect(ids(found).flat()).toEqual(rows.map((row) => row.image_id));
    expect(queries).toHaveLength(1);
  });

  it('pages where that takes fewer calls than asking for each name', async () => {
    const rows = estate(900);
    const { hss, queries } = hssWith(rows);
    const found = await findImages(
      hss,
      rows.slice(500, 700).map(({ image_name }) => ({ image_name })),
      scope,
    );
    expect(found.matches.every((matches) => matches.length === 1)).toBe(true);
    expect(queries).toHaveLength(5);
  });

  it('asks for a few names in a large estate instead of paging', async () => {
    const { hss, queries } = hssWith(estate(100_000));
    const wanted = [1, 50_000, 99_999].map((index) => ({ image_name: `app-${index}.` }));
    expect(ids(await findImages(hss, wanted, scope))).toEqual([['id-1'], ['id-50000'], ['id-99999']]);
    expect(queries.length).toBeLessThanOrEqual(3);
  });

  it('searches at most 2,000 rows for an id alone, and says that it is not complete', async () => {
    const { hss, queries } = hssWith(estate(5000));
    expect(await findImages(hss, [{ image_id: 'id-4999' }], scope)).toMatchObject({ matches: [[]], complete: false });
    expect(queries).toHaveLength(10);
    expect(await findImages(hssWith(estate(300)).hss, [{ image_id: 'id-299' }], scope)).toMatchObject({
      complete: true,
    });
  });

  it('finds an image by its name wherever it stands, also beside one that has only an id', async () => {
    const { hss } = hssWith(estate(5000));
    const found = await findImages(hss, [{ image_id: 'id-4999' }, { image_name: 'app-4998.' }], scope);
    expect(ids(found)).toEqual([[], ['id-4998']]);
    expect(found.complete).toBe(false);
  });

  it('matches every field given, and all rows of a name without more', async () => {
    const rows = ['v1', 'v2'].map(
      (image_version) => ({ image_id: image_version, image_name: 'app', image_version }) as LocalImage,
    );
    const { hss } = hssWith(rows);
    const wanted = [
      { image_name: 'app' },
      { image_name: 'app', image_version: 'v2' },
      { image_name: 'ap' },
      { image_name: 'app', image_id: 'v3' },
    ];
    expect(ids(await findImages(hss, wanted, scope))).toEqual([['v1', 'v2'], ['v2'], [], []]);
  });

  it('takes a failing page for a failure', async () => {
    const hss = { listImageLocal: () => Promise.reject(new Error('no')) } as unknown as HssClient;
    await expect(findImages(hss, [{ image_name: 'x' }], scope)).rejects.toThrow('no');
  });
});
