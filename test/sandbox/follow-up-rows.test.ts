import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME_IMAGES, SECOND_ENTERPRISE_PROJECT } from '../../src/sandbox/seed/images.js';
import { codeOf, type Query, rowsOf } from './call.js';
import { Region, seed } from './region.js';

let region: Region;
beforeEach(async () => {
  region = await Region.start();
});
afterEach(() => region.close());

const NGINX = seed('nginx');
const PAYMENT = seed('payment-service');
const LOG4SHELL = 'CVE-2021-44228';
const long = (length: number) => 'x'.repeat(length);

describe('rows', () => {
  it('of ListGeneralImageVuls', async () => {
    const query = { type: 'app_vul', handle_status: 'unhandled', image_type: 'local', cve_id: LOG4SHELL };
    const [row] = await region.all('images/vulnerabilities', query);
    expect(row).toEqual({
      vul_name: `log4j-core: ${LOG4SHELL}`,
      vul_id: LOG4SHELL,
      type: 'app_vul',
      image_type: 'local',
      label_list: [],
      severity_level: 'Critical',
      image_num: 2,
      cluster_num: 0,
      cve_list: [{ cve_id: LOG4SHELL, cvss: 10 }],
      max_cvss_score: 10,
      scan_time: seed('etl-worker').scannedAt,
      description: expect.stringContaining('Log4Shell'),
      url: expect.stringContaining(LOG4SHELL),
      solution_detail: expect.stringContaining('2.17.1'),
    });
  });

  it('of ListGeneralImageVuls for a notice of several CVEs', async () => {
    await region.scan({ image_info_list: [{ image_name: 'registry.example.com:5000/ml/pytorch-serve' }] });
    region.clock.ms += 4000;
    const query = { type: 'linux_vul', handle_status: 'unhandled', image_type: 'local' };
    const [row, ...others] = await region.all('images/vulnerabilities', { ...query, cve_id: 'CVE-2023-0215' });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ vul_id: 'DSA-5343-1', max_cvss_score: 7.5 });
    const cves = rowsOf(await region.get('image/vulnerability/DSA-5343-1/cve'));
    expect(row?.cve_list).toEqual(cves.map(({ cve_id, cvss_score }) => ({ cve_id, cvss: cvss_score })));
    expect(cves.map(({ cvss_score }) => cvss_score)).toEqual([5.9, 7.5, 7.4]);
    expect(await region.all('images/vulnerabilities', { ...query, vul_id: 'CVE-2023-0215' })).toEqual([]);
  });

  it('of ListVulAffectImages, with text where others have numbers', async () => {
    const query = { is_handled: false, vul_id: LOG4SHELL, type: 'app_vul', image_type: 'local' };
    expect(rowsOf(await region.get('vulnerability/images', query))).toEqual([
      {
        image_id: PAYMENT.image_id,
        image_name: PAYMENT.image_name,
        image_version: PAYMENT.image_version,
        image_digest: PAYMENT.image_digest,
        vul_id: LOG4SHELL,
        repair_necessity: 'Critical',
        container_num: 1,
        agent_id: PAYMENT.hosts[0]?.agent_id,
        status: 'vul_status_unfix',
        first_scan_time: String(PAYMENT.scannedAt),
        latest_scan_time: String(PAYMENT.scannedAt),
        image_type: 'local_image',
        image_size: String(PAYMENT.image_size),
        organization: '',
        registry_type: '',
        registry_name: '',
        is_multi_arch: 'false',
        cluster_id: '',
        cluster_name: '',
      },
    ]);
  });

  it('of ListVulAffectImages remember the first scan after another one', async () => {
    await region.scan({ image_info_list: [{ image_id: PAYMENT.image_id }] });
    region.clock.ms += 4000;
    const query = { is_handled: false, vul_id: LOG4SHELL, type: 'app_vul', image_type: 'local' };
    expect(rowsOf(await region.get('vulnerability/images', query))).toMatchObject([
      { first_scan_time: String(PAYMENT.scannedAt), latest_scan_time: String(region.clock.ms) },
    ]);
  });

  it.each([
    { image: PAYMENT, vul_id: LOG4SHELL, app: 'log4j-core', version: '2.14.1', path: '/app/lib/log4j-core-2.14.1.jar' },
    { image: NGINX, vul_id: 'CVE-2021-23017', app: 'nginx', version: '1.21.0', path: '/usr/local/bin/nginx' },
    { image: NGINX, vul_id: 'CVE-2022-1586', app: 'pcre2', version: '10.36', path: '' },
  ])('of ListVulAffectImageApps for $app', async ({ image, vul_id, app, version, path }) => {
    const query = { is_handled: false, image_type: 'local', vul_id };
    expect(rowsOf(await region.get(`image/vulnerability/${image.image_id}/apps`, query))).toEqual([
      {
        app_name: app,
        paths: [{ status: 'vul_status_unfix', app_version: version, app_path: path }],
        rule: expect.stringMatching(`^${app} < `),
      },
    ]);
  });

  it.each([
    { what: 'another image', image: NGINX, query: {} },
    { what: 'another kind of images', image: PAYMENT, query: { image_type: 'registry' } },
    { what: 'another enterprise project', image: PAYMENT, query: { enterprise_project_id: SECOND_ENTERPRISE_PROJECT } },
  ])('of ListVulAffectImageApps, none for $what', async ({ image, query }) => {
    const own = { is_handled: false, image_type: 'local', vul_id: LOG4SHELL, ...query };
    expect(rowsOf(await region.get(`image/vulnerability/${image.image_id}/apps`, own))).toEqual([]);
  });

  it('of ListVulnerabilityCve, also of a vulnerability that no image has yet', async () => {
    expect(rowsOf(await region.get('image/vulnerability/CVE-2016-2781/cve'))).toEqual([
      {
        cve_id: 'CVE-2016-2781',
        cvss_score: 4.6,
        publish_time: Date.UTC(2017, 1, 7),
        description: expect.any(String),
      },
    ]);
    expect((await region.get('image/vulnerability/CVE-0000-0000/cve')).body).toEqual({ total_num: 0, data_list: [] });
    expect(codeOf(await region.get(`image/vulnerability/${long(65)}/cve`))).toBe('400 HSS.0001');
  });

  it('of ListLocalImageAppInfo, by part of a name', async () => {
    const query = { image_id: NGINX.image_id };
    expect(rowsOf(await region.get('image/local/apps', query))).toEqual([
      { app_name: 'nginx', app_type: 'bin', app_version: '1.21.0', vul_num: 2 },
      { app_name: 'pcre2', app_type: 'deb', app_version: '10.36', vul_num: 1 },
    ]);
    expect(rowsOf(await region.get('image/local/apps', { ...query, app_name: 'gin' }))).toHaveLength(1);
    const unscanned = { image_id: HOME_IMAGES[0]?.image_id ?? '' };
    expect(rowsOf(await region.get('image/local/apps', unscanned))).toEqual([]);
  });

  it('of ListLocalImageHosts, each host once', async () => {
    const hosts = await region.all('image/local/hosts');
    expect(hosts).toHaveLength(5);
    expect(hosts[0]).toEqual({
      agent_id: NGINX.hosts[0]?.agent_id,
      agent_status: 'online',
      host_name: 'prod-cce-node-01',
      host_id: NGINX.hosts[0]?.host_id,
      version: 'hss.version.container.enterprise',
      private_ip: '192.0.2.11',
      public_ip: '203.0.113.11',
      docker_name: 'containerd',
      docker_type: 'containerd',
    });
    expect(await region.all('image/local/hosts', { image_name: NGINX.image_name })).toHaveLength(2);
    expect(await region.all('image/local/hosts', { image_name: 'ngin' })).toEqual([]);
    expect(await region.all('image/local/hosts', { image_version: NGINX.image_version })).toHaveLength(2);
    expect(await region.all('image/local/hosts', { host_name: 'prod' })).toHaveLength(2);
    const agent_id = seed('billing').hosts[0]?.agent_id ?? '';
    expect(await region.all('image/local/hosts', { agent_id })).toMatchObject([{ agent_status: 'offline' }]);
  });

  it('of ListLocalImageContainers', async () => {
    const [container] = NGINX.containers;
    const query = { image_digest: NGINX.image_digest, container_id: container?.container_id ?? '' };
    expect(rowsOf(await region.get('image/local/containers', query))).toEqual([
      {
        agent_id: container?.host.agent_id,
        container_name: 'ingress-nginx',
        container_id: container?.container_id,
        host_id: container?.host.host_id,
        host_name: 'prod-cce-node-01',
        pod_id: container?.pod_id,
        pod_name: 'ingress-nginx-0',
        private_ip: '192.0.2.11',
        public_ip: '203.0.113.11',
        entry_point: '/usr/local/bin/ingress-nginx',
      },
    ]);
    const other = { image_digest: NGINX.image_digest, agent_id: NGINX.hosts[1]?.agent_id ?? '' };
    expect(rowsOf(await region.get('image/local/containers', other))).toMatchObject([{ pod_name: 'ingress-nginx-1' }]);
  });

  it('of ListImageRiskConfigs, which are none, even for an unknown type', async () => {
    for (const image_type of ['local_image', 'local', 'private_image', 'unknown']) {
      const query = { image_type, image_id: NGINX.image_id, severity: 'High', standard: 'cn_standard' };
      expect((await region.get('image/baseline/risk-configs', query)).body).toEqual({ total_num: 0, data_list: [] });
    }
  });
});

describe('filters of vulnerabilities', () => {
  const count = async (path: string, query: Query) => (await region.all(path, query)).length;

  it.each([
    { filter: {}, found: 10 },
    { filter: { vul_id: LOG4SHELL }, found: 1 },
    { filter: { vul_id: 'CVE-2021-4422' }, found: 0 },
    { filter: { vul_name: 'log4j' }, found: 2 },
    { filter: { cve_id: LOG4SHELL }, found: 1 },
    { filter: { severity_level: 'Critical' }, found: 4 },
    { filter: { severity_level: 'Low' }, found: 0 },
    { filter: { status: 'vul_status_unfix' }, found: 10 },
    { filter: { status: 'vul_status_ignored' }, found: 0 },
    { filter: { handle_status: 'handled' }, found: 1 },
    { filter: { handle_status: 'handled', status: 'vul_status_ignored' }, found: 1 },
    { filter: { handle_status: 'handled', status: 'vul_status_unfix' }, found: 0 },
    { filter: { image_type: 'registry' }, found: 0 },
    { filter: { cluster_id: 'a-cluster' }, found: 0 },
    { filter: { label_list: 'a,b' }, found: 0 },
    { filter: { enterprise_project_id: SECOND_ENTERPRISE_PROJECT }, found: 5 },
  ])('of ListGeneralImageVuls with $filter', async ({ filter, found }) => {
    const query = { type: 'app_vul', handle_status: 'unhandled', image_type: 'local', ...filter };
    expect(await count('images/vulnerabilities', query)).toBe(found);
  });

  it.each([
    { filter: {}, found: 2 },
    { filter: { enterprise_project_id: '0' }, found: 1 },
    { filter: { image_id: PAYMENT.image_id }, found: 1 },
    { filter: { image_id: NGINX.image_id }, found: 0 },
    { filter: { image_name: 'payment' }, found: 1 },
    { filter: { repair_necessity: 'Critical' }, found: 2 },
    { filter: { repair_necessity: 'High' }, found: 0 },
    { filter: { type: 'linux_vul' }, found: 0 },
    { filter: { status: 'vul_status_ignored' }, found: 0 },
    { filter: { is_handled: true }, found: 0 },
    { filter: { image_type: 'cicd' }, found: 0 },
    { filter: { registry_name: 'r' }, found: 0 },
    { filter: { cluster_id: 'c' }, found: 0 },
  ])('of ListVulAffectImages with $filter', async ({ filter, found }) => {
    const query = { is_handled: false, vul_id: LOG4SHELL, type: 'app_vul', image_type: 'local', ...filter };
    expect(await count('vulnerability/images', query)).toBe(found);
  });
});
