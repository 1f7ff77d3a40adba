import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { codeOf, rowsOf, send, signed, unsigned } from './call.js';
import { Region, seed } from './region.js';

const NGINX = seed('nginx');
const RUNNER = seed('gitlab-runner');
const PAYMENT = seed('payment-service');

let region: Region;
afterEach(() => region.close());
const start = async (options: SandboxOptions = {}) => {
  region = await Region.start(options);
};

describe('ListGlobalImageApps', () => {
  it('gives a row for each package of each image', async () => {
    await start();
    const rows = await region.all('image/apps', { image_type: 'local', app_name: 'log4j' });
    expect(rows).toMatchObject([{ image_id: PAYMENT.image_id }, { image_id: seed('etl-worker').image_id }]);
    expect(rows[0]).toEqual({
      app_name: 'log4j-core',
      app_type: 'jar',
      app_version: '2.14.1',
      app_path: '/app/lib/log4j-core-2.14.1.jar',
      layer_digest: expect.stringMatching(/^sha256:/),
      vul_num: 2,
      is_compliant: true,
      latest_scan_time: PAYMENT.scannedAt,
      image_type: '',
      namespace: '',
      image_name: PAYMENT.image_name,
      image_version: PAYMENT.image_version,
      image_id: PAYMENT.image_id,
    });
  });

  it('knows no software that breaks a rule, and no other images', async () => {
    await start();
    expect(await region.all('image/apps', { is_compliant: false })).toEqual([]);
    expect(await region.all('image/apps', { image_type: 'registry' })).toEqual([]);
  });
});

describe('ListContainerNodes', () => {
  it('gives the documented fields', async () => {
    await start();
    const rows = await region.all('container/nodes');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({
      agent_id: NGINX.hosts[0]?.agent_id,
      host_id: NGINX.hosts[0]?.host_id,
      host_name: 'prod-cce-node-01',
      private_ip: '192.0.2.11',
      public_ip: '203.0.113.11',
      resource_id: '',
      host_status: 'ACTIVE',
      agent_status: 'online',
      protect_status: 'opened',
      container_tags: 'self',
      protect_interrupt: false,
      protect_degradation: false,
      degradation_reason: '',
      group_name: '',
      policy_group_id: '',
      policy_group_name: '',
      enterprise_project_name: 'default',
      detect_result: 'undetected',
      asset: 0,
      vulnerability: 0,
      intrusion: 0,
    });
  });

  it.each([
    { query: { host_name: 'prod' }, found: 2 },
    { query: { agent_status: 'offline' }, found: 1 },
    { query: { agent_status: 'installed' }, found: 5 },
    { query: { agent_status: 'not_installed' }, found: 0 },
    { query: { protect_status: 'closed' }, found: 1 },
    { query: { container_tags: 'cce' }, found: 0 },
  ])('filters by $query', async ({ query, found }) => {
    await start();
    expect(await region.all('container/nodes', query)).toHaveLength(found);
  });
});

describe('ListVulAffectImageContainers', () => {
  it('gives the containers of an image on one agent', async () => {
    await start();
    const { image_digest, image_name, image_version, image_id } = NGINX;
    const [host] = NGINX.hosts;
    const query = { image_digest, image_name, image_version, agent_id: host?.agent_id ?? '' };
    expect(rowsOf(await region.get(`image/vulnerability/${image_id}/containers`, query))).toEqual([
      {
        container_name: 'ingress-nginx',
        container_id: NGINX.containers[0]?.container_id,
        cluster_name: '',
        cluster_id: '',
        host_name: 'prod-cce-node-01',
        public_ip: '203.0.113.11',
        private_ip: '192.0.2.11',
        pod_name: 'ingress-nginx-0',
        pod_id: NGINX.containers[0]?.pod_id,
        namespace: '',
      },
    ]);
    expect(rowsOf(await region.get('image/vulnerability/other/containers', query))).toEqual([]);
  });
});

describe('ListGeneralImageVulOperations', () => {
  const history = (vul_id: string, query = {}) =>
    region.all('image/vulnerability/handle-history', { vul_id, image_type: 'local', ...query });

  it('says who handled a finding, where and when', async () => {
    await start();
    expect(await history('CVE-2023-5678')).toEqual([
      {
        image_id: RUNNER.image_id,
        image_name: RUNNER.image_name,
        image_digest: RUNNER.image_digest,
        image_version: RUNNER.image_version,
        agent_id: RUNNER.hosts[0]?.agent_id,
        user_name: 'EXAMPLEUSER',
        app_name: 'openssl',
        app_version: '1.1.1k',
        app_path: '',
        remark: 'Not reachable from outside',
        handle_time: Date.parse('2026-11-10T08:00:00Z'),
        handle_type: 'ignore',
        status: 'vul_status_ignored',
      },
    ]);
  });

  it('keeps what was taken back', async () => {
    await start();
    expect((await history('CVE-2022-0778')).map(({ handle_type }) => handle_type)).toEqual(['ignore', 'not_ignore']);
    expect(await history('CVE-2022-0778', { status: 'vul_status_unfix' })).toHaveLength(1);
    expect(await history('CVE-2022-0778', { handle_type: 'add_to_whitelist' })).toEqual([]);
    expect(await history('CVE-2022-0778', { image_name: 'runner', user_name: 'EXAMPLE' })).toHaveLength(2);
    expect(await history('CVE-2021-44228')).toEqual([]);
  });

  it('has an entry for every finding that is handled', async () => {
    await start();
    for (const image of region.sandbox.estate('cn-north-4').images) {
      const handled = image.software.flatMap((software) => software.handled);
      for (const vul_id of handled) expect(image.history?.findLast((entry) => entry.vul_id === vul_id)).toBeDefined();
    }
  });
});

describe('the baseline', () => {
  const image = { image_type: 'local_image', image_id: RUNNER.image_id };

  it('is empty unless it was chosen that scans look at it', async () => {
    await start();
    const path = 'image/baseline/risk-configs/Debian 10/rules';
    expect((await region.get(path, { ...image, standard: 'hw_standard' })).body).toEqual({
      total_num: 0,
      data_list: [],
    });
    const detail = { check_name: 'Debian 10', check_type: 'Debian 10', check_rule_id: '1.1', standard: 'hw_standard' };
    expect(codeOf(await region.get('image/baseline/check-rule/detail', { ...image, ...detail }))).toBe('400 HSS.0011');
  });

  it('tells the same in the list of images, the checks, their rules and the detail', async () => {
    await start({ baseline: 'some' });
    const [row] = await region.all('image/local-repositories', { image_name: 'gitlab-runner' });
    const checks = await region.all('image/baseline/risk-configs', image);
    expect(checks.map(({ check_name, standard }) => [check_name, standard])).toEqual([
      ['Debian 10', 'hw_standard'],
      ['Debian 10', 'cn_standard'],
    ]);
    let failed = 0;
    for (const { check_name, check_type, standard, failed_rule_num, check_rule_num } of checks) {
      const query = { ...image, standard: String(standard) };
      const rules = await region.all(`image/baseline/risk-configs/${check_name}/rules`, query);
      expect(rules).toHaveLength(Number(check_rule_num));
      const bad = await region.all(`image/baseline/risk-configs/${check_name}/rules`, {
        ...query,
        result_type: 'failed',
      });
      expect(bad).toHaveLength(Number(failed_rule_num));
      failed += bad.length;
      for (const { check_rule_id, scan_result } of rules) {
        const detail = {
          check_name: String(check_name),
          check_type: String(check_type),
          check_rule_id: String(check_rule_id),
        };
        const { body } = await region.get('image/baseline/check-rule/detail', { ...query, ...detail });
        expect(body).toMatchObject({ remediation: expect.any(String), check_info_list: [{}] });
        const [info] = (body as { check_info_list: { current_value: string; suggest_value: string }[] })
          .check_info_list;
        expect(info?.current_value === info?.suggest_value).toBe(scan_result === 'pass');
      }
    }
    expect(failed).toBeGreaterThan(0);
    expect(row?.unsafe_setting_num).toBe(failed);
  });

  it('needs every parameter of the detail', async () => {
    await start();
    const detail = { check_name: 'CentOS 7', check_type: 'CentOS 7', check_rule_id: '1.1', standard: 'hw_standard' };
    const whole = { ...image, ...detail };
    for (const name of ['image_type', ...Object.keys(detail)]) {
      const answer = await region.get('image/baseline/check-rule/detail', { ...whole, [name]: '' });
      expect(codeOf(answer)).toBe('400 HSS.0001');
      expect(answer.text).toContain(`${name} is required`);
    }
  });
});

describe('KeystoneListAuthProjects', () => {
  const ask = (path: string) => send(signed(region.sandbox.iamEndpoint, { path }, { clock: region.clock }));

  it('lists the projects of the caller, also where KeystoneListProjects is refused', async () => {
    await start({ refused: { KeystoneListProjects: 'HSS.0013' } });
    expect(await ask('/v3/projects')).toMatchObject({
      status: 403,
      body: { error: { code: 403, title: 'Forbidden' } },
    });
    const { projects } = (await ask('/v3/auth/projects')).body as { projects: { name: string }[] };
    expect(projects.map(({ name }) => name)).toContain('cn-north-4');
    expect(region.sandbox.carriedOut('KeystoneListAuthProjects')).toBe(1);
  });

  it('wants authentication', async () => {
    await start();
    const message = unsigned(region.sandbox.iamEndpoint, { path: '/v3/auth/projects' });
    expect(codeOf(await send(message))).toBe('401 APIGW.0301');
  });
});
