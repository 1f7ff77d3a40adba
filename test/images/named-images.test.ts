import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import type { HssClient } from '../../src/hss/client.js';
import type { ListImageLocalQuery, LocalImage } from '../../src/hss/models.js';
import { listNamedImages } from '../../src/hss/named-images.js';
import { findImages } from '../../src/images/find.js';
import { lookAtFilters } from '../../src/images/follow-states.js';
import { resolveFilters } from '../../src/images/resolve.js';
import { targetsOfFilters } from '../../src/images/targets.js';
import { SeenRunning } from '../../src/workspace/seen-running.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

const RULES: Readonly<Record<string, RegExp>> = {
  image_name: /^[\w.-]{1,256}$/,
  image_version: /^[\w.:-]{1,128}$/,
  host_name: /^[\w\u4e00-\u9fff-]{1,64}$/,
  pod_name: /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/,
  container_name: /^[\w.-]{1,64}$/,
  app_name: /^[\w\u4e00-\u9fff-]{1,64}$/,
};

const invalid = () =>
  new Failure('HSS answered with HTTP 400, HSS.0001.', {
    source: 'input',
    effect: 'not_sent',
    retry: false,
    next: 'Look.',
    code: 'HSS.0001',
    status: 400,
  });

type Rule = 'none' | 'enforced' | 'empty';

/** ListImageLocal over `rows`, with or without the documented rule for characters; keeps the queries. */
function hssWith(rows: readonly Partial<LocalImage>[], rule: Rule, largestPage = 200) {
  const queries: ListImageLocalQuery[] = [];
  const listImageLocal = async (query: ListImageLocalQuery) => {
    queries.push(query);
    const broken = Object.entries(RULES).some(([name, allowed]) => {
      const value = query[name as keyof ListImageLocalQuery];
      return value !== undefined && !allowed.test(String(value));
    });
    if (broken && rule === 'enforced') throw invalid();
    const { image_name, image_version, host_name, scan_status, offset = 0, limit = 10 } = query;
    const found = rows.filter(
      (row) =>
        !(broken && rule === 'empty') &&
        (!image_name || row.image_name?.includes(image_name)) &&
        (!image_name || !image_version || row.image_version === image_version) &&
        (!host_name || row.host_name?.includes(host_name)) &&
        (!scan_status || row.scan_status === scan_status) &&
        query.app_name === undefined,
    );
    const data_list = found.slice(offset, offset + Math.min(limit, largestPage)) as LocalImage[];
    return { total_num: found.length, data_list, servedAt: new Date() };
  };
  return { hss: { listImageLocal } as unknown as HssClient, queries };
}

const NAMES = [
  'registry.example.com:5000/shop/app',
  'registry.example.com:5000/shop/app-web',
  'registry.example.com:5000/other/app',
  'registry.example.com:5000/shop/db',
  'app',
  '报表/镜像',
];
const ROWS = NAMES.map((image_name, index) => ({
  image_name,
  image_id: `id-${index}`,
  image_version: index === 1 ? '<none>' : 'v1',
  scan_status: index === 0 ? 'scanning' : 'success',
  latest_scan_time: 5,
  host_name: index === 0 ? 'node-1.example.com' : 'node-2.example.com',
  host_id: `host-${index}`,
  host_num: 1,
}));
const names = ({ data_list }: { data_list: readonly LocalImage[] }) => data_list.map(({ image_name }) => image_name);

describe.each<Rule>(['none', 'enforced', 'empty'])('names outside the documented rule, which is %s', (rule) => {
  it.each([
    ['a part with a slash', { image_name: 'shop/app' }, [0, 1]],
    ['a full name', { image_name: NAMES[3] }, [3]],
    ['a registry with its port', { image_name: 'example.com:5000/' }, [0, 1, 2, 3]],
    ['a folder', { image_name: 'shop/' }, [0, 1, 3]],
    ['no allowed character at all', { image_name: '报表' }, [5]],
    ['a name that is not there', { image_name: 'shop/zzz' }, []],
    ['a version with brackets', { image_name: 'app', image_version: '<none>' }, [1]],
    ['both', { image_name: 'shop/app', image_version: '<none>' }, [1]],
    ['no allowed character, and a version', { image_name: '报表', image_version: 'v2' }, []],
    ['a host name with dots', { host_name: 'node-1.example.com' }, [0]],
    ['a host name and a name', { host_name: 'node-2.example', image_name: 'shop/' }, [1, 3]],
  ] as const)('%s finds the same images', async (_, query, expected) => {
    const { hss, queries } = hssWith(ROWS, rule);
    const found = await listNamedImages(hss, { ...query, offset: 0, limit: 20 }, scope);
    expect(names(found)).toEqual(expected.map((index) => NAMES[index]));
    expect(found.total_num).toBe(expected.length);
    // The text is sent whole first.
    expect(queries[0]).toMatchObject(query);
  });

  it('pages count the rows that match', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({
      image_name: index % 3 === 0 ? `other/app-${index}` : `shop/app-${index}`,
    }));
    const all = many.filter(({ image_name }) => image_name.startsWith('shop/')).map(({ image_name }) => image_name);
    for (const largestPage of [200, 70]) {
      const { hss } = hssWith(many, rule, largestPage);
      for (const [offset, limit] of [
        [0, 20],
        [60, 20],
        [290, 50],
        [300, 20],
      ] as const) {
        const page = await listNamedImages(hss, { image_name: 'shop/app', offset, limit }, scope);
        expect(page.total_num).toBe(300);
        expect(names(page)).toEqual(all.slice(offset, offset + limit));
      }
    }
  });

  it('images are found by their full names, with few requests', async () => {
    const { hss, queries } = hssWith(ROWS, rule);
    const wanted = [{ image_name: NAMES[0] }, { image_name: NAMES[2], image_version: 'v1' }];
    const ids = async () =>
      (await findImages(hss, wanted, scope)).matches.map((rows) => rows.map((row) => row.image_id));
    expect(await ids()).toEqual([['id-0'], ['id-2']]);
    expect(queries.length).toBeLessThanOrEqual(rule === 'none' ? 2 : 4);
    // What HSS does with such names is known by now.
    queries.length = 0;
    expect(await ids()).toEqual([['id-0'], ['id-2']]);
    expect(queries).toHaveLength(2);
  });

  it('targets and states are counted alike', async () => {
    const { hss } = hssWith(ROWS, rule);
    const filters = { image_name: 'shop/app' };
    expect(await targetsOfFilters(filters, scope, hss)).toMatchObject({ count: 2 });
    expect(await resolveFilters(filters, scope, hss)).toHaveLength(2);
    const follower = { hss, seenRunning: new SeenRunning() };
    expect(await lookAtFilters(filters, undefined, scope, follower)).toMatchObject({
      finished: 1,
      running: 1,
      open: true,
    });
    expect(await lookAtFilters(filters, 6, scope, follower)).toMatchObject({ finished: 0, running: 1 });
  });
});

describe('names within the rule', () => {
  it('are asked for once, whatever comes', async () => {
    for (const query of [{ image_name: 'zzz' }, { host_name: 'zzz' }, { app_name: '报表-zzz' }, {}]) {
      const { hss, queries } = hssWith([], 'enforced');
      expect(await listNamedImages(hss, { ...query, offset: 0, limit: 20 }, scope)).toMatchObject({ total_num: 0 });
      expect(queries).toHaveLength(1);
    }
  });

  it('an HSS.0001 about anything else stays what it is', async () => {
    const hss = { listImageLocal: () => Promise.reject(invalid()) } as unknown as HssClient;
    await expect(listNamedImages(hss, { image_name: 'app' }, scope)).rejects.toMatchObject({
      details: { code: 'HSS.0001' },
    });
    await expect(listNamedImages(hss, { image_name: 'a/b' }, scope)).rejects.toMatchObject({
      details: { code: 'HSS.0001' },
    });
  });
});

describe('what cannot be matched here', () => {
  it.each([
    ['app_name', 'libssl1.1', 'libssl1'],
    ['app_name', 'libstdc++6', 'libstdc'],
    ['pod_name', 'web-0.shop', 'web-0'],
    ['container_name', 'k8s/web_shop', 'web_shop'],
  ] as const)('%s %s is named, with the part that HSS takes', async (field, value, part) => {
    const query = { [field]: value, offset: 0, limit: 20 };
    const empty = await listNamedImages(hssWith([], 'empty').hss, query, scope);
    expect(empty.unmatched).toEqual([{ field, part }]);
    await expect(listNamedImages(hssWith([], 'enforced').hss, query, scope)).rejects.toMatchObject({
      message: expect.stringContaining(`${field} "${value}"`),
      details: { code: 'HSS.0001', next: expect.stringContaining(`${field}: "${part}"`) },
    });
  });

  it('counts images of several hosts, of which HSS names one', async () => {
    const rows = [
      { image_name: 'a', host_name: 'n.example', host_num: 1 },
      { image_name: 'b', host_name: 'other', host_num: 3 },
    ];
    const hss = {
      listImageLocal: async ({ host_name, offset = 0 }: ListImageLocalQuery) => {
        if (host_name !== 'example') return Promise.reject(invalid());
        return { total_num: 2, data_list: rows.slice(offset) as LocalImage[], servedAt: new Date() };
      },
    } as unknown as HssClient;
    const found = await listNamedImages(hss, { host_name: 'n.example', offset: 0, limit: 20 }, scope);
    expect(names(found)).toEqual(['a']);
    expect(found.matchedHere).toMatchObject({ complete: false, undecided: 1 });
    expect(await targetsOfFilters({ image_name: 'x/y' }, scope, hssWith([], 'enforced').hss)).toMatchObject({
      count: 0,
    });
  });

  it('reads at most 2,000 rows, and says how many there are', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      image_name: `org-${index % 2}/app`,
      image_id: `${index}`,
    }));
    const { hss, queries } = hssWith(rows, 'enforced');
    const found = await listNamedImages(hss, { image_name: 'org-1/app', offset: 0, limit: 20 }, scope);
    expect(found.matchedHere).toMatchObject({ read: 2_000, of: 5_000, complete: false });
    expect(found.total_num).toBe(1_000);
    expect(queries).toHaveLength(11);
    expect(await targetsOfFilters({ image_name: 'org-1/app' }, scope, hss)).toMatchObject({
      count: undefined,
      why: expect.stringContaining('2000 of 5000'),
    });
    await expect(resolveFilters({ image_name: 'org-1/app' }, scope, hss)).rejects.toThrow(
      /Only 2000 of 5000 images could be read/,
    );
    expect(await findImages(hss, [{ image_name: 'org-1/app' }], scope)).toMatchObject({ complete: false });
  });

  it('keeps what was read when a later page fails', async () => {
    const rows = Array.from({ length: 600 }, () => ({ image_name: 'org/app' }));
    const { hss } = hssWith(rows, 'enforced');
    const failing = {
      listImageLocal: (query: ListImageLocalQuery) =>
        query.offset === 400 ? Promise.reject(invalid()) : hss.listImageLocal(query, scope),
    } as unknown as HssClient;
    const found = await listNamedImages(failing, { image_name: 'org/app', offset: 0, limit: 20 }, scope);
    expect(found.matchedHere).toMatchObject({ read: 400, of: 600, complete: false });
  });
});
