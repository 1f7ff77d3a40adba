import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME_IMAGES, SECOND_ENTERPRISE_PROJECT } from '../../src/sandbox/seed/images.js';
import { codeOf, type Query, rowsOf } from './call.js';
import { REGION, Region, seed } from './region.js';

const LIST = 'image/local-repositories';
const SCAN_MS = 10_000;

let region: Region;
beforeEach(async () => {
  region = await Region.start({ scanMs: SCAN_MS });
});
afterEach(() => region.close());

const [first] = HOME_IMAGES;
const SCANNED = ['nginx', 'redis', 'payment-service', 'mysql', 'web-frontend', 'gitlab-runner', 'etl-worker'];

/** The last parts of the names of the images that a query finds over all enterprise projects. */
async function found(query: Query): Promise<string[]> {
  const answer = await region.get(LIST, { enterprise_project_id: 'all_granted_eps', limit: 200, ...query });
  expect(answer.status).toBe(200);
  return rowsOf(answer).map(({ image_name }) => String(image_name).split('/').at(-1) ?? '');
}

const EVERYTHING = HOME_IMAGES.map(({ image_name }) => image_name.split('/').at(-1));

describe('ListImageLocal', () => {
  it('gives the documented fields with their types', async () => {
    const [row] = rowsOf(await region.get(LIST));
    expect(row).toEqual({
      image_name: first?.image_name,
      image_id: first?.image_id,
      image_digest: first?.image_digest,
      image_version: '1.0.10.x86_64',
      local_image_type: 'swr_image',
      scan_status: 'unscan',
      image_size: first?.image_size,
      latest_update_time: first?.latest_update_time,
      latest_scan_time: 0,
      vul_num: 0,
      unsafe_setting_num: 0,
      malicious_file_num: 0,
      host_num: 2,
      container_num: 2,
      component_num: 0,
      scan_failed_desc: '',
      severity_level: '',
      host_name: 'prod-cce-node-01',
      host_id: first?.hosts[0]?.host_id,
      agent_id: first?.hosts[0]?.agent_id,
      non_scan_reason: '',
    });
  });

  it('needs no header region', async () => {
    expect((await region.call({ path: LIST, headers: {} })).status).toBe(200);
  });

  it.each([
    { what: 'part of a name', query: { image_name: 'web' }, names: ['webshell-ljx', 'web-frontend'] },
    { what: 'a name in another case', query: { image_name: 'NGINX' }, names: [] },
    { what: 'slashes and colons', query: { image_name: 'example.com:5000/ml/' }, names: ['pytorch-serve'] },
    { what: 'text beyond ASCII', query: { image_name: '报表 r' }, names: ['报表 report'] },
    { what: 'an empty name', query: { image_name: '' }, names: EVERYTHING },
    { what: 'a version without a name', query: { image_version: '6.0.9' }, names: EVERYTHING },
    { what: 'a version with a name', query: { image_name: 'redis', image_version: '6.0.9' }, names: ['redis'] },
    { what: 'part of a version', query: { image_name: 'redis', image_version: '6.0' }, names: [] },
    { what: 'a status', query: { scan_status: 'failed' }, names: ['billing'] },
    { what: 'a status in another case', query: { scan_status: 'Failed' }, names: [] },
    { what: 'a status that only scans know', query: { scan_status: 'image_oversized' }, names: [] },
    { what: 'an unknown status', query: { scan_status: 'done' }, names: [] },
    { what: 'an unknown type', query: { local_image_type: 'private_image' }, names: [] },
    {
      what: 'a type',
      query: { local_image_type: 'swr_image', scan_status: 'success' },
      names: ['payment-service', 'web-frontend', 'etl-worker'],
    },
    { what: 'an exact size', query: { image_size: 9_876_543_210 }, names: ['pytorch-serve'] },
    { what: 'nearly a size', query: { image_size: 9_876_543_211 }, names: [] },
    { what: 'size zero, which is a value', query: { image_size: 0 }, names: [] },
    { what: 'the largest size', query: { image_size: '9223372036854775807' }, names: [] },
    { what: 'part of a host name', query: { host_name: 'legacy' }, names: ['billing'] },
    { what: 'a host name in another case', query: { host_name: 'Legacy' }, names: [] },
    { what: 'a host', query: { host_id: seed('billing').hosts[0]?.host_id ?? '' }, names: ['billing'] },
    { what: 'part of a host id', query: { host_id: 'a0b4' }, names: [] },
    { what: 'a private address', query: { host_ip: '192.0.2.14' }, names: ['billing'] },
    { what: 'part of an address', query: { host_ip: '192.0.2' }, names: [] },
    { what: 'a public address', query: { host_ip: '203.0.113.11', image_name: 'nginx' }, names: ['nginx'] },
    { what: 'part of a container name', query: { container_name: 'cache' }, names: ['redis'] },
    { what: 'a pod name', query: { pod_name: 'orders-db-0' }, names: ['mysql'] },
    {
      what: 'a container',
      query: { container_id: seed('redis').containers[0]?.container_id ?? '' },
      names: ['redis'],
    },
    { what: 'a pod', query: { pod_id: seed('redis').containers[0]?.pod_id ?? '' }, names: ['redis'] },
    { what: 'software', query: { app_name: 'log4j' }, names: ['payment-service', 'etl-worker'] },
    {
      what: 'images without containers',
      query: { has_container: false },
      names: ['pytorch-serve', 'billing', '--', 'pause', '报表 report'],
    },
    { what: 'vulnerable ones', query: { has_vul: true }, names: SCANNED.filter((name) => name !== 'web-frontend') },
    { what: 'scanned ones without findings', query: { has_vul: false }, names: ['web-frontend'] },
    { what: 'filters that exclude each other', query: { has_vul: true, scan_status: 'unscan' }, names: [] },
  ])('filters by $what', async ({ query, names }) => {
    expect(await found(query)).toEqual(names);
  });

  it.each(['latest_update_time', 'latest_scan_time'] as const)(
    'applies a range of %s as a pair in order only',
    async (name) => {
      const at = name === 'latest_update_time' ? seed('redis').latest_update_time : seed('redis').scannedAt;
      const time = at ?? Number.NaN;
      const [start, end] = [`start_${name}`, `end_${name}`];
      expect(await found({ [start]: time - 1, [end]: time + 1 })).toEqual(['redis']);
      expect(await found({ [start]: time })).toEqual(EVERYTHING);
      expect(await found({ [end]: time })).toEqual(EVERYTHING);
      expect(await found({ [start]: time, [end]: time })).toEqual(EVERYTHING);
      expect(await found({ [start]: time + 1, [end]: time - 1 })).toEqual(EVERYTHING);
    },
  );

  it('applies a range of scan times to scanned images only', async () => {
    const whole = { start_latest_scan_time: 0, end_latest_scan_time: region.clock.ms };
    expect(await found(whole)).toEqual(SCANNED);
    region.sandbox.estate(REGION).hold(seed('nginx').image_id ?? '');
    expect(await found(whole)).toEqual(SCANNED.slice(1));
    expect(await found({ has_vul: true })).not.toContain('nginx');
  });

  it('calls the state waiting_for_scan in the query and waiting in the rows', async () => {
    await region.scan({ image_info_list: [{ image_name: 'nginx' }] });
    region.clock.ms += SCAN_MS / 5;
    expect(await found({ scan_status: 'waiting_for_scan' })).toEqual(['nginx']);
    expect(await found({ scan_status: 'waiting' })).toEqual([]);
    expect(rowsOf(await region.get(LIST, { image_name: 'nginx' }))).toMatchObject([{ scan_status: 'waiting' }]);
  });

  it('counts software only after a scan', async () => {
    expect(await found({ app_name: 'tomcat' })).toEqual([]);
    await region.scan({ image_info_list: [{ image_id: seed('webshell-ljx').image_id }] });
    region.clock.ms += SCAN_MS;
    expect(await found({ app_name: 'tomcat' })).toEqual(['webshell-ljx']);
  });

  it.each([
    { limit: 9 },
    { limit: 201 },
    { limit: 0 },
    { limit: 'ten' },
    { limit: '1e2' },
    { offset: -1 },
    { offset: 2_000_001 },
    { offset: '1.5' },
    { image_name: 'x'.repeat(257) },
    { image_version: 'x'.repeat(129) },
    { host_name: 'x'.repeat(65) },
    { pod_name: 'x'.repeat(64) },
    { image_size: -1 },
    { image_size: '1.5' },
    { start_latest_scan_time: 'today' },
    { has_vul: 'yes' },
    { has_container: 1 },
    { enterprise_project_id: 'x'.repeat(257) },
  ])('refuses %o', async (query) => {
    expect(codeOf(await region.get(LIST, query))).toBe('400 HSS.0001');
  });

  it('gives pages of 10 unless told, and none beyond the end', async () => {
    const query = { enterprise_project_id: 'all_granted_eps' };
    const total = HOME_IMAGES.length;
    for (const [page, rows] of [
      [{}, 10],
      [{ offset: 10 }, total - 10],
      [{ limit: 200 }, total],
      [{ offset: total }, 0],
      [{ offset: 2_000_000, limit: 10 }, 0],
    ] as const) {
      const answer = await region.get(LIST, { ...query, ...page });
      expect(answer.body).toMatchObject({ total_num: total });
      expect(rowsOf(answer)).toHaveLength(rows);
    }
  });

  it.each([
    { project: '0', total: 12 },
    { project: SECOND_ENTERPRISE_PROJECT, total: 2 },
    { project: 'all_granted_eps', total: 14 },
    { project: '', total: 12 },
  ])('sees $total images of the enterprise project "$project"', async ({ project, total }) => {
    const answer = await region.get(LIST, { enterprise_project_id: project });
    expect(answer.body).toMatchObject({ total_num: total });
  });

  it('gives each region images of its own, and as many plain ones as asked for', async () => {
    await region.close();
    region = await Region.start({ extraImages: 300 });
    expect(await region.all(LIST)).toHaveLength(HOME_IMAGES.length + 300);
    const ids = region.sandbox.estate('eu-west-101').images.map(({ image_id }) => image_id);
    expect(ids).toHaveLength(2);
    expect(HOME_IMAGES.some(({ image_id }) => ids.includes(image_id))).toBe(false);
  });
});
