import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { SECOND_ENTERPRISE_PROJECT } from '../../src/sandbox/seed/images.js';
import { type Call, callSandbox } from '../support/sandbox-client.js';

const ALL = { enterprise_project_id: 'all_granted_eps' };

let sandbox: Sandbox;
let now: number;
beforeEach(async () => {
  now = Date.now();
  sandbox = await Sandbox.start({ now: () => now, scanMs: 1000 });
});
afterEach(() => sandbox.close());

const call = (over: Partial<Call>) => callSandbox(sandbox, { path: 'image/local-repositories', at: now, ...over });
const list = async (query: Record<string, string> = {}) => (await call({ query })).json;
const names = async (query: Record<string, string>) =>
  (await list({ ...ALL, limit: '200', ...query })).data_list.map((row) => row.image_name);
const scan = (body: unknown, over: Partial<Call> = {}) =>
  call({ method: 'POST', path: 'image/local/batch-scan', body, query: ALL, ...over });
const stateOf = async (name: string) => (await list({ ...ALL, image_name: name })).data_list[0] ?? {};

describe('BatchScanLocalImage', () => {
  it('answers 200 with an empty body, and the scan passes through the states of HSS', async () => {
    const before = await stateOf('nginx');
    expect(await scan({ image_info_list: [{ image_name: 'nginx', image_version: '1.21.0' }] })).toMatchObject({
      status: 200,
      text: '',
    });
    const seen: unknown[] = [];
    for (const passed of [0, 150, 400, 1100]) {
      now += passed;
      const { scan_status, latest_scan_time } = await stateOf('nginx');
      seen.push([scan_status, latest_scan_time === before.latest_scan_time]);
    }
    expect(seen).toEqual([
      ['success', true],
      ['waiting', true],
      ['scanning', true],
      ['success', false],
    ]);
    expect((await stateOf('nginx')).latest_scan_time).toBeLessThanOrEqual(now);
  });

  it('fills the counts of an image that was never scanned', async () => {
    expect(await stateOf('webshell')).toMatchObject({
      scan_status: 'unscan',
      latest_scan_time: 0,
      vul_num: 0,
      component_num: 0,
      severity_level: '',
    });
    await scan({ image_info_list: [{ image_id: 'b8722a02-162f-4e4e-8100-127605e3a07b' }] });
    now += 2000;
    expect(await stateOf('webshell')).toMatchObject({
      scan_status: 'success',
      vul_num: 7,
      component_num: 5,
      severity_level: 'High',
    });
  });

  it('fails where the agent is offline, leaves alone what cannot be scanned, and restarts nothing', async () => {
    await scan({ operate_all: true });
    now += 500;
    expect(await stateOf('--')).toMatchObject({
      scan_status: 'unscan',
      non_scan_reason: expect.stringContaining('name'),
    });
    await scan({ operate_all: true });
    now += 2500;
    expect(await stateOf('billing')).toMatchObject({
      scan_status: 'failed',
      scan_failed_desc: 'failed_to_match_agent',
      latest_scan_time: 0,
    });
    expect(await stateOf('webshell')).toMatchObject({ scan_status: 'success' });
  });

  it('takes entries by all their fields, operate_all with filters, and nothing otherwise', async () => {
    await scan({ image_info_list: [{ image_name: 'nginx', image_version: 'other' }, { image_name: 'gone' }] });
    await scan({ scan_status: 'unscan' });
    await scan({});
    now += 500;
    expect(await names({ scan_status: 'scanning' })).toEqual([]);
    await scan({ operate_all: true, local_image_type: 'other_image', scan_status: 'unscan' });
    now += 500;
    expect(await names({ scan_status: 'scanning' })).toEqual([
      'registry.example.com:5000/ml/pytorch-serve',
      'registry.k8s.io/pause',
    ]);
  });

  it.each<[string, unknown, Partial<Call>, object]>([
    ['a wrong type', { operate_all: 'yes' }, {}, { error_code: 'HSS.0001' }],
    ['a list that is none', { image_info_list: 'x' }, {}, { error_code: 'HSS.0001' }],
    ['an entry that is no object', { image_info_list: ['x'] }, {}, { error_code: 'HSS.0001' }],
    ['a negative size', { image_size: -1 }, {}, { error_code: 'HSS.0001' }],
    ['an array', [], {}, { error_code: 'HSS.0002' }],
    ['no region header', {}, { headers: { region: '' } }, { error_code: 'HSS.0001' }],
    ['the header of another region', {}, { headers: { region: 'cn-north-1' } }, { error_code: 'HSS.0001' }],
    ['an unknown enterprise project', {}, { query: { enterprise_project_id: 'x' } }, { error_code: '00000010' }],
  ])('refuses %s with HTTP 400', async (_, body, over, error) => {
    expect(await scan(body, over)).toMatchObject({ status: 400, json: error });
    expect(sandbox.carriedOut('BatchScanLocalImage')).toBe(0);
  });
});

describe('ListImageLocal', () => {
  it('begins with the two images of the API page', async () => {
    const { data_list, total_num } = await list();
    expect(total_num).toBe(12);
    expect(data_list).toHaveLength(10);
    expect(data_list.slice(0, 2).map((row) => row.image_id)).toEqual([
      'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
      'b8722a02-162f-4e4e-8100-127605e3a07b',
    ]);
  });

  it('looks in enterprise project 0 unless told otherwise', async () => {
    expect((await list(ALL)).total_num).toBe(14);
    expect((await list({ enterprise_project_id: SECOND_ENTERPRISE_PROJECT })).total_num).toBe(2);
  });

  it.each<[Record<string, string>, number]>([
    [{ image_name: 'shop/' }, 2],
    [{ image_name: 'SHOP/' }, 0],
    [{ image_version: '6.0.9' }, 14],
    [{ image_name: 'redis', image_version: '6.0.9' }, 1],
    [{ image_name: 'redis', image_version: '7' }, 0],
    [{ scan_status: 'success' }, 7],
    [{ scan_status: 'image_oversized' }, 0],
    [{ local_image_type: 'nonsense' }, 0],
    [{ local_image_type: 'swr_image' }, 7],
    [{ image_size: '9876543210' }, 1],
    [{ start_latest_scan_time: '1' }, 14],
    [{ start_latest_scan_time: '1', end_latest_scan_time: '9999999999999' }, 7],
    [{ start_latest_scan_time: '2', end_latest_scan_time: '1' }, 14],
    [{ has_vul: 'true' }, 6],
    [{ has_vul: 'false' }, 1],
    [{ host_name: 'data-node' }, 4],
    [{ host_ip: '203.0.113.11' }, 5],
    [{ container_name: 'payment' }, 1],
    [{ pod_name: 'orders-db' }, 1],
    [{ app_name: 'log4j' }, 3],
    [{ has_container: 'false' }, 5],
  ])('%j matches %i images', async (query, count) => {
    expect((await list({ ...ALL, ...query })).total_num).toBe(count);
  });

  it('pages from 10 to 200 rows', async () => {
    for (const query of [{ limit: '9' }, { limit: '201' }, { offset: '2000001' }, { limit: 'x' }])
      expect((await list(query)).error_code).toBe('HSS.0001');
    expect((await list({ ...ALL, offset: '10', limit: '10' })).data_list).toHaveLength(4);
  });
});

describe('findings', () => {
  const get = async (path: string, query: Record<string, string>) =>
    (await call({ path, query: { ...ALL, limit: '200', ...query } })).json;
  const general = (type: string, over = {}) =>
    get('images/vulnerabilities', { type, handle_status: 'unhandled', image_type: 'local', ...over });
  const affected = (vulId: unknown, type: unknown, over = {}) =>
    get('vulnerability/images', {
      is_handled: 'false',
      vul_id: String(vulId),
      type: String(type),
      image_type: 'local',
      ...over,
    });

  it.each([0, 5000])('agree with the counts of every image, %i ms after a scan of all', async (passed) => {
    if (passed > 0) await scan({ operate_all: true });
    now += passed;
    const images = (await list({ ...ALL, limit: '200' })).data_list;
    const perImage = new Map<unknown, number>();
    for (const type of ['linux_vul', 'app_vul']) {
      for (const row of (await general(type)).data_list) {
        const { data_list } = await affected(row.vul_id, type);
        expect(data_list, String(row.vul_id)).toHaveLength(Number(row.image_num));
        for (const image of data_list) perImage.set(image.image_id, (perImage.get(image.image_id) ?? 0) + 1);
      }
    }
    for (const image of images) {
      expect(perImage.get(image.image_id) ?? 0, String(image.image_name)).toBe(image.vul_num);
      const apps = (await get('image/local/apps', { image_id: String(image.image_id) })).data_list;
      expect(apps.reduce((sum, app) => sum + Number(app.vul_num), 0)).toBe(image.vul_num);
      expect(apps).toHaveLength(Number(image.component_num));
      const selector = { image_digest: String(image.image_digest) };
      expect((await get('image/local/hosts', selector)).total_num).toBe(image.host_num);
      expect((await get('image/local/containers', selector)).total_num).toBe(image.container_num);
    }
  });

  it('are more than a page of twenty once the example images were scanned', async () => {
    await scan({
      image_info_list: [{ image_name: 'swr.cn-north-7.myhuaweicloud.com/scc_hss_container/install-hss-agent' }],
    });
    now += 2000;
    const [linux, app] = [await general('linux_vul'), await general('app_vul')];
    expect(Number(linux.total_num) + Number(app.total_num)).toBeGreaterThan(20);
  });

  it('have the documented types: times and sizes of affected images are text', async () => {
    const { data_list } = await affected('CVE-2021-44228', 'app_vul');
    expect(data_list[0]).toMatchObject({
      image_type: 'local_image',
      repair_necessity: 'Critical',
      image_size: expect.stringMatching(/^\d+$/),
      latest_scan_time: expect.stringMatching(/^\d+$/),
      is_multi_arch: 'false',
    });
  });

  it('that were handled are listed as such and counted nowhere', async () => {
    expect((await general('linux_vul', { handle_status: 'handled' })).data_list).toMatchObject([
      { vul_id: 'CVE-2023-5678' },
    ]);
    expect((await general('linux_vul', { vul_id: 'CVE-2023-5678' })).total_num).toBe(0);
    expect((await affected('CVE-2023-5678', 'linux_vul', { is_handled: 'true' })).total_num).toBe(1);
  });

  it('name packages with paths, CVEs, and no baseline', async () => {
    const image = (await list({ ...ALL, image_name: 'payment' })).data_list[0];
    const apps = await get(`image/vulnerability/${image?.image_id}/apps`, {
      is_handled: 'false',
      image_type: 'local',
      vul_id: 'CVE-2021-44228',
    });
    expect(apps.data_list).toMatchObject([
      { app_name: 'log4j-core', paths: [{ app_version: '2.14.1', app_path: expect.stringContaining('.jar') }] },
    ]);
    expect((await get('image/vulnerability/CVE-2021-44228/cve', {})).data_list).toMatchObject([
      { cve_id: 'CVE-2021-44228', cvss_score: 10, publish_time: expect.any(Number) },
    ]);
    expect(await get('image/baseline/risk-configs', { image_type: 'local_image' })).toMatchObject({
      total_num: 0,
      data_list: [],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['images/vulnerabilities', { handle_status: 'unhandled', image_type: 'local' }],
    ['images/vulnerabilities', { type: 'app_vul', image_type: 'local' }],
    ['images/vulnerabilities', { type: 'app_vul', handle_status: 'unhandled' }],
    [
      'images/vulnerabilities',
      { type: 'app_vul', handle_status: 'unhandled', image_type: 'local', severity_level: 'critical' },
    ],
    ['vulnerability/images', { vul_id: 'x', type: 'app_vul', image_type: 'local' }],
    ['vulnerability/images', { is_handled: 'no', vul_id: 'x', type: 'app_vul', image_type: 'local' }],
    ['image/vulnerability/x/apps', { is_handled: 'false', image_type: 'local_image', vul_id: 'x' }],
    ['image/local/apps', {}],
    ['image/baseline/risk-configs', {}],
  ])('%s refuses %j', async (path, query) => {
    expect(await get(path, query)).toMatchObject({ error_code: 'HSS.0001' });
  });

  it.each(['image/local/hosts', 'image/local/containers'])('%s wants the region header', async (path) => {
    expect(await call({ path, headers: { region: '' } })).toMatchObject({
      status: 400,
      json: { error_code: 'HSS.0001' },
    });
  });
});
