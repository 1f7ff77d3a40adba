import { afterEach, describe, expect, it } from 'vitest';
import { Estate } from '../../src/sandbox/estate.js';
import { type LargeEstate, largeEstate } from '../../src/sandbox/seed/large/estate.js';
import * as truth from '../support/estate-truth.js';
import { type Query, type Row, rowsOf } from './call.js';
import { REGION, Region } from './region.js';

const LIST = 'image/local-repositories';
const PAIRS = 'image/vulnerability/handle-affect-vulnerabilities';
const TYPES = ['linux_vul', 'app_vul'] as const;
const FAILURES = [
  'unknown_error',
  'failed_to_match_agent',
  'create_container_failed',
  'get_container_info_failed',
  'docker_offline',
  'get_docker_root_failed',
  'image_not_exist_or_docker_api_fault',
  'huge_image',
  'docker_root_in_nfs',
  'response_timed_out',
];

const grown = (options: LargeEstate) =>
  new Estate(largeEstate(options), 4000, () => Date.parse('2026-12-01T00:00:00Z'), { failedScanMovesTime: false });

describe.each([1, 2, 3])('a large estate from the seed %d', (seed) => {
  const estate = grown({ images: 2400, seed });
  const found = truth.findings(estate);

  it('is the same every time', () => {
    expect(largeEstate({ images: 2400, seed })).toEqual(largeEstate({ images: 2400, seed }));
  });

  it('has as many images, hosts and vulnerabilities as it should', () => {
    expect(estate.images).toHaveLength(2400);
    expect(truth.imagesByHost(estate).size).toBeGreaterThanOrEqual(115);
    expect(truth.imagesByHost(estate).size).toBeLessThanOrEqual(120);
    expect(estate.vulnerabilities.size).toBe(350);
    const critical = [...estate.vulnerabilities.values()].filter(({ severity }) => severity === 'Critical').length;
    expect(critical).toBeGreaterThanOrEqual(40);
    expect(critical).toBeLessThanOrEqual(60);
    expect(truth.byVulnerability(found).size).toBeGreaterThanOrEqual(320);
    expect(found.length).toBeGreaterThan(8000);
    expect(found.length).toBeLessThan(25_000);
  });

  it('has images in every final state, and every documented reason for a failed scan', () => {
    const states = truth.imagesByState(estate);
    for (const state of ['unscan', 'success', 'failed'] as const)
      expect(states.get(state)?.length).toBeGreaterThan(100);
    expect(new Set(truth.imagesByFailure(estate).keys())).toEqual(new Set(FAILURES));
    const failedSince = estate.states().filter((state) => state.scan_status === 'failed' && state.latest_scan_time > 0);
    expect(failedSince.length).toBeGreaterThan(10);
    for (const { image } of estate.states().filter(({ scan_status }) => scan_status === 'unscan')) {
      expect(image.scannedAt).toBeUndefined();
    }
  });

  it('says that no agent matched where none of the hosts can scan, and only there', () => {
    for (const { image, scan_failed_desc } of estate.states()) {
      if (image.non_scan_reason !== undefined || image.hosts.length === 0) continue;
      const able = image.hosts.some((host) => host.agent_status === 'online' && host.protected !== false);
      if (image.software.length > 0) expect(scan_failed_desc === 'failed_to_match_agent').toBe(!able);
    }
  });

  it('is untidy', () => {
    const { images } = estate;
    const count = (matches: (image: (typeof images)[number]) => boolean) => images.filter(matches).length;
    expect(count(({ image_name }) => image_name === '<none>')).toBeGreaterThan(10);
    expect(count(({ image_name }) => image_name === '--')).toBeGreaterThan(3);
    expect(count(({ non_scan_reason }) => non_scan_reason !== undefined)).toBeGreaterThan(40);
    expect(count(({ image_name }) => /\p{Script=Han}/u.test(image_name))).toBeGreaterThan(100);
    expect(count(({ hosts }) => hosts.length > 1)).toBeGreaterThan(500);
    expect(count(({ enterprise_project_id }) => enterprise_project_id !== '0')).toBeGreaterThan(200);
    const named = images.filter(({ non_scan_reason }) => non_scan_reason === undefined);
    expect(new Set(named.map((image) => `${image.image_name}:${image.image_version}`)).size).toBeLessThan(
      named.length - 30,
    );
    expect(new Set(images.map(({ image_id }) => image_id)).size).toBeLessThan(images.length - 3);
    expect(new Set(images.map(({ image_digest }) => image_digest)).size).toBe(images.length);
    const hosts = [...truth.imagesByHost(estate).keys()];
    const has = (matches: (host: (typeof hosts)[number]) => boolean) => hosts.filter(matches).length;
    expect(has(({ host_name }) => host_name.startsWith('prod-'))).toBeGreaterThan(20);
    expect(has(({ host_name }) => /\p{Script=Han}/u.test(host_name))).toBeGreaterThan(3);
    expect(has(({ private_ip }) => private_ip.startsWith('192.168.3.'))).toBeGreaterThan(15);
    expect(has(({ private_ip }) => private_ip.startsWith('192.168.30.'))).toBeGreaterThan(5);
    expect(has(({ agent_status }) => agent_status === 'offline')).toBeGreaterThan(0);
    for (const name of ['host_id', 'host_name', 'agent_id', 'private_ip'] as const) {
      expect(new Set(hosts.map((host) => host[name])).size, name).toBe(hosts.length);
    }
  });

  it('has a vulnerability in one package of an image at most, and containers on its hosts only', () => {
    for (const { image_name, software, containers, hosts } of estate.images) {
      const ids = software.flatMap(({ vulnerabilities }) => vulnerabilities);
      expect(new Set(ids).size, image_name).toBe(ids.length);
      for (const { host } of containers) expect(hosts).toContain(host);
    }
    const containers = estate.images.flatMap((image) => image.containers);
    expect(new Set(containers.map(({ container_id }) => container_id)).size).toBe(containers.length);
    expect(new Set(containers.map(({ pod_id }) => pod_id)).size).toBe(containers.length);
  });

  it('has the same CVE under several ids and fixes, and several vulnerabilities that one upgrade removes', () => {
    const idsOf = [...truth.byCve(found).values()].map((own) => new Set(own.map((one) => one.vulnerability.vul_id)));
    expect(idsOf.filter(({ size }) => size > 2).length).toBeGreaterThan(10);
    const rules = [...estate.vulnerabilities.values()].map(({ rules: own = {} }) => new Set(Object.values(own)).size);
    expect(rules.filter((size) => size > 1).length).toBeGreaterThan(10);
    const upgrades = truth.upgrades(found);
    expect(upgrades.filter(({ vul_ids }) => vul_ids.size > 1).length).toBeGreaterThan(20);
  });

  it('has findings that were handled, each with who and when', () => {
    const handled = truth.findings(estate, { handled: true });
    expect(handled.length).toBeGreaterThan(50);
    for (const { image, vulnerability } of handled) {
      const last = image.history?.findLast(({ vul_id }) => vul_id === vulnerability.vul_id);
      expect(last?.handle_type).toMatch(/^(ignore|add_to_whitelist)$/);
      expect(last?.handle_time).toBeGreaterThan(image.scannedAt ?? Number.POSITIVE_INFINITY);
    }
    const types = estate.images.flatMap(({ history = [] }) => history.map(({ handle_type }) => handle_type));
    expect(new Set(types)).toEqual(new Set(['ignore', 'not_ignore', 'add_to_whitelist']));
  });
});

describe('a large estate', () => {
  it.each([1, 2, 14, 100])('may have %d images', (images) => {
    expect(grown({ images }).images).toHaveLength(images);
  });

  it('grows in no time', () => {
    // The best of some, because other work on the machine must not count.
    const times = Array.from({ length: 4 }, () => {
      const begun = performance.now();
      largeEstate({ images: 2400, seed: 4 });
      return performance.now() - begun;
    });
    expect(Math.min(...times)).toBeLessThan(300);
  });
});

describe('its endpoints', () => {
  let region: Region;
  afterEach(() => region.close());

  /** Every row, 200 a page. */
  async function all(path: string, query: Query = {}): Promise<Row[]> {
    return region.all(path, { limit: 200, ...query });
  }

  async function pairs(data: object): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const query = { enterprise_project_id: 'all_granted_eps', offset: rows.length, limit: 200 };
      const body = { image_type: 'local', operate_type: 'ignore', handle_status: 'unhandled', ...data };
      const page = rowsOf(await region.call({ method: 'POST', path: PAIRS, data: body, query }));
      if (page.length === 0) return rows;
      rows.push(...page);
    }
  }

  it('tell one truth', async () => {
    region = await Region.start({ estate: { images: 600 } });
    const estate = region.sandbox.estate(REGION);
    const found = truth.findings(estate);
    const byImage = truth.byImage(found);
    const byVulnerability = truth.byVulnerability(found);

    const images = await all(LIST);
    expect(images).toHaveLength(600);
    for (const [index, row] of images.entries()) {
      const image = estate.images[index];
      if (!image) continue;
      const own = byImage.get(image) ?? [];
      expect(row.vul_num).toBe(own.length);
      expect(row.container_num).toBe(image.containers.length);
      const counts = truth.countBySeverity(own);
      if (counts.Critical + counts.High > 0) expect(row.severity_level).toBe('High');
    }

    for (const type of TYPES) {
      const vulnerabilities = await all('images/vulnerabilities', {
        type,
        handle_status: 'unhandled',
        image_type: 'local',
      });
      for (const { vul_id, image_num } of vulnerabilities) {
        expect(byVulnerability.get(String(vul_id))).toHaveLength(Number(image_num));
      }
      const expected = found.filter(({ vulnerability }) => vulnerability.type === type);
      expect(vulnerabilities).toHaveLength(new Set(expected.map(({ vulnerability }) => vulnerability)).size);
      const rows = await pairs({ type, select_type: 'all_vul' });
      expect(rows.map(({ image_id, vul_id }) => `${image_id} ${vul_id}`).sort()).toEqual(
        expected.map(({ image, vulnerability }) => `${image.image_id} ${vulnerability.vul_id}`).sort(),
      );
      for (const { vul_id } of vulnerabilities.slice(0, 5)) {
        const query = { vul_id: String(vul_id), type, is_handled: false, image_type: 'local' };
        const affected = await all('vulnerability/images', query);
        const digests = byVulnerability.get(String(vul_id))?.map(({ image }) => image.image_digest);
        expect(affected.map(({ image_digest }) => image_digest)).toEqual(digests);
      }
    }
    const nodes = await all('container/nodes');
    expect(nodes.filter(({ agent_status }) => agent_status === 'not_installed')).toHaveLength(1);
    expect(nodes).toHaveLength(truth.imagesByHost(estate).size + 1);
  });

  it('read 100,000 images in pages without starting over', async () => {
    region = await Region.start({ estate: { images: 100_000 } });
    await region.get(LIST, { limit: 200 });
    // Processor time, because on a busy machine the process is set aside.
    const begun = process.cpuUsage();
    for (let page = 1; page <= 50; page += 1) {
      const query = { enterprise_project_id: 'all_granted_eps', limit: 200, offset: page * 1000 };
      expect(rowsOf(await region.get(LIST, query))).toHaveLength(200);
    }
    // Some 5 ms a page; filtering all of them anew would take 50 to 100.
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000 / 50).toBeLessThan(40);
  }, 60_000);
});
