import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { codeOf, type Query, type Row, rowsOf } from './call.js';
import { Region, seed } from './region.js';

const LIST = 'image/local-repositories';
const NGINX = seed('nginx');
const VULS = { type: 'app_vul', handle_status: 'unhandled', image_type: 'local' };
const AFFECTED = { is_handled: false, vul_id: 'CVE-2021-23017', type: 'app_vul', image_type: 'local' };
const everywhere = { enterprise_project_id: 'all_granted_eps' };

let region: Region;
afterEach(() => region.close());

/** The first row of a list under these choices. */
async function first(options: SandboxOptions, path: string, query: Query): Promise<Row | undefined> {
  region = await Region.start(options);
  return (await region.all(path, query))[0];
}

describe('what the documents leave open can be told to be otherwise', () => {
  it('a row of ListImageLocal for each host', async () => {
    region = await Region.start({ localImageRows: 'image_and_host' });
    const rows = await region.all(LIST, { image_name: 'nginx' });
    expect(rows.map(({ image_id, host_num, host_name }) => [image_id, host_num, host_name])).toEqual([
      [NGINX.image_id, 2, 'prod-cce-node-01'],
      [NGINX.image_id, 2, 'prod-cce-node-02'],
    ]);
  });

  it('a row of ListVulAffectImages for each agent', async () => {
    region = await Region.start({ affectedImageRows: 'image_and_agent' });
    const rows = await region.all('vulnerability/images', AFFECTED);
    expect(rows.map(({ agent_id }) => agent_id)).toEqual(NGINX.hosts.map(({ agent_id }) => agent_id));
    expect((await region.all('images/vulnerabilities', { ...VULS, vul_id: AFFECTED.vul_id }))[0]?.image_num).toBe(1);
  });

  it.each([
    { honouredFilters: 'all', started: ['redis'] },
    { honouredFilters: 'image_name', started: ['redis', 'mysql'] },
  ] as const)('filters of a scan: $honouredFilters', async ({ honouredFilters, started }) => {
    region = await Region.start({ honouredFilters, scanMs: 10_000 });
    await region.scan({ operate_all: true, image_size: seed('redis').image_size });
    region.clock.ms += 2000;
    const waiting = await region.all(LIST, { scan_status: 'waiting_for_scan' });
    const names = waiting.map(({ image_name }) => image_name);
    expect(names).toEqual(expect.arrayContaining([...started]));
    if (honouredFilters === 'all') expect(names).toEqual(started);
  });

  it.each([
    { loneFilters: 'ignored', started: 0 },
    { loneFilters: 'honoured', started: 1 },
  ] as const)('filters without operate_all are $loneFilters', async ({ loneFilters, started }) => {
    region = await Region.start({ loneFilters, scanMs: 10_000 });
    await region.scan({ image_name: 'redis' });
    await region.scan({});
    region.clock.ms += 2000;
    expect(await region.all(LIST, { scan_status: 'waiting_for_scan' })).toHaveLength(started);
  });

  it('ListImageLocal may obey the name alone', async () => {
    region = await Region.start({ listedFilters: 'image_name' });
    expect(await region.all(LIST, { image_name: 'redis', scan_status: 'failed' })).toHaveLength(1);
  });

  it.each([
    { image_name: 'shop/payment' },
    { image_name: '报表' },
    { image_name: 'redis', image_version: '6/0' },
    { host_name: 'prod.node' },
    { host_ip: '192.0.2' },
    { host_id: 'a_b' },
    { container_name: 'a/b' },
    { pod_name: '-orders' },
    { app_name: 'libssl1.1' },
  ])('the rule for names: %o', async (query) => {
    region = await Region.start({ nameRule: 'enforced' });
    expect(codeOf(await region.get(LIST, query))).toBe('400 HSS.0001');
    await region.close();
    region = await Region.start({ nameRule: 'empty' });
    expect((await region.get(LIST, query)).body).toEqual({ total_num: 0, data_list: [] });
  });

  it('names within the rule are taken', async () => {
    region = await Region.start({ nameRule: 'enforced' });
    const query = { image_name: 'redis', image_version: '6.0.9', host_name: 'prod-cce', host_ip: '192.0.2.12' };
    expect(await region.all(LIST, query)).toHaveLength(1);
  });

  it.each([
    { textMatch: 'part', found: 2 },
    { textMatch: 'exact', found: 0 },
  ] as const)('undocumented matches: $textMatch', async ({ textMatch, found }) => {
    region = await Region.start({ textMatch });
    expect(await region.all('images/vulnerabilities', { ...VULS, vul_name: 'log4j' })).toHaveLength(found);
    expect(await region.all('image/apps', { app_name: 'log4j' })).toHaveLength(found);
    expect(await region.all('container/nodes', { host_name: 'prod' })).toHaveLength(found);
  });

  it('the fix: without a version, or that of another distribution', async () => {
    const query = { ...VULS, vul_id: 'CVE-2021-23017' };
    expect((await first({}, 'images/vulnerabilities', query))?.solution_detail).toContain('1.21.1 or');
    await region.close();
    const generic = await first({ solutionDetail: 'generic' }, 'images/vulnerabilities', query);
    expect(generic?.solution_detail).not.toContain('1.21.1');
    await region.close();
    const other = await first({ solutionDetail: 'other_distribution' }, 'images/vulnerabilities', query);
    expect(other?.solution_detail).toContain('1.21.1-4.el7_9');
  });

  it('scan times as text', async () => {
    const nginx = await first({ scanTimes: 'text' }, LIST, { image_name: 'nginx' });
    expect(nginx?.latest_scan_time).toBe(String(NGINX.scannedAt));
    const [billing] = await region.all(LIST, { image_name: 'billing' });
    expect(billing?.latest_scan_time).toBe('');
    const [vulnerability] = await region.all('images/vulnerabilities', VULS);
    expect(vulnerability?.scan_time).toMatch(/^\d{13}$/);
  });

  it.each([false, true])('a failed scan moves latest_scan_time: %s', async (failedScanMovesTime) => {
    region = await Region.start({ failedScanMovesTime });
    const before = region.clock.ms;
    await region.scan({ image_info_list: [{ image_id: seed('billing').image_id }] });
    region.clock.ms += 4000;
    expect(await region.all(LIST, { image_name: 'billing' })).toMatchObject([
      { scan_status: 'failed', latest_scan_time: failedScanMovesTime ? before + 4000 : 0, severity_level: '' },
    ]);
  });

  it('a scan that waits is called waiting_for_scan', async () => {
    region = await Region.start({ waitingStatus: 'waiting_for_scan', scanMs: 10_000 });
    await region.scan({ image_info_list: [{ image_id: NGINX.image_id }] });
    region.clock.ms += 2000;
    const rows = await region.all(LIST, { scan_status: 'waiting_for_scan' });
    expect(rows).toMatchObject([{ image_id: NGINX.image_id, scan_status: 'waiting_for_scan' }]);
  });

  it('total_num beyond the end', async () => {
    region = await Region.start({ totalNumBeyondEnd: 'page' });
    expect((await region.get(LIST, { ...everywhere, offset: 100 })).body).toEqual({ total_num: 0, data_list: [] });
    expect((await region.get(LIST, { ...everywhere, offset: 10 })).body).toMatchObject({ total_num: 14 });
  });

  it('a permission that is missing', async () => {
    region = await Region.start({ refused: { ListContainerNodes: 'HSS.0013', ListVulAffectImages: '00000010' } });
    expect(codeOf(await region.get('container/nodes'))).toBe('403 HSS.0013');
    expect(codeOf(await region.get('vulnerability/images', AFFECTED))).toBe('403 00000010');
    expect(rowsOf(await region.get(LIST))).toHaveLength(10);
  });

  it.each([
    { handlings: 'oldest_first', times: [1, 2] },
    { handlings: 'newest_first', times: [2, 1] },
    { handlings: 'newest_first_one_an_image', times: [2, 1] },
  ] as const)('the rows of ListGeneralImageVulOperations: $handlings', async ({ handlings, times }) => {
    region = await Region.start({ handlings });
    const query = { ...everywhere, vul_id: 'CVE-2022-0778', image_type: 'local' };
    const rows = await region.all('image/vulnerability/handle-history', query);
    const known = rows.map(({ handle_time }) => Number(handle_time)).toSorted((one, other) => one - other);
    expect(rows.map(({ handle_time }) => known.indexOf(Number(handle_time)) + 1)).toEqual(times);
  });

  it('an object for each field of a rule of the baseline', async () => {
    const query = { ...everywhere, image_type: 'local_image', image_id: seed('mysql').image_id };
    const rule = { check_name: 'CentOS 7', check_type: 'CentOS 7', check_rule_id: '1.1', standard: 'hw_standard' };
    region = await Region.start({ baseline: 'some', checkInfo: 'one_field_each' });
    const { body } = await region.get('image/baseline/check-rule/detail', { ...query, ...rule });
    expect(body).toMatchObject({
      check_info_list: [
        { check_description: expect.any(String) },
        { current_value: 'deploy' },
        { suggest_value: 'no account' },
      ],
    });
  });
});
