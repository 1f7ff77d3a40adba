import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME_IMAGES, OTHER_IMAGES } from '../../src/sandbox/seed/images.js';
import { VULNERABILITIES } from '../../src/sandbox/seed/vulnerabilities.js';
import type { Row } from './call.js';
import { Region } from './region.js';

const TYPES = ['linux_vul', 'app_vul'];
const WORST_FIRST = ['Critical', 'High', 'Medium', 'Low'];

let region: Region;
beforeEach(async () => {
  region = await Region.start();
});
afterEach(() => region.close());

async function vulnerabilities(handle_status: string, enterprise_project_id = 'all_granted_eps'): Promise<Row[]> {
  const query = { handle_status, image_type: 'local', enterprise_project_id };
  const lists = TYPES.map((type) => region.all('images/vulnerabilities', { ...query, type }));
  return (await Promise.all(lists)).flat();
}

async function affectedImages({ vul_id, type }: Row, is_handled: boolean): Promise<Row[]> {
  return region.all('vulnerability/images', {
    vul_id: String(vul_id),
    type: String(type),
    is_handled,
    image_type: 'local',
  });
}

const sum = (rows: readonly Row[], field: string) => rows.reduce((total, row) => total + Number(row[field]), 0);

/** The severity that HSS shows for an image with these vulnerabilities. */
function levelOf(found: readonly Row[], image: Row): string {
  if (image.latest_scan_time === 0) return '';
  const worst = WORST_FIRST.find((severity) => found.some((row) => row.repair_necessity === severity));
  return worst === 'Critical' ? 'High' : (worst ?? 'Security');
}

async function expectAgreement(): Promise<void> {
  const found: Row[] = [];
  for (const vulnerability of await vulnerabilities('unhandled')) {
    const images = await affectedImages(vulnerability, false);
    expect(images).toHaveLength(Number(vulnerability.image_num));
    for (const { repair_necessity } of images) expect(repair_necessity).toBe(vulnerability.severity_level);
    found.push(...images);
  }
  const images = await region.all('image/local-repositories');
  expect(images).toHaveLength(HOME_IMAGES.length);
  for (const image of images) {
    const name = String(image.image_name);
    const own = found.filter(({ image_id }) => image_id === image.image_id);
    const software = await region.all('image/local/apps', { image_id: String(image.image_id) });
    const selector = { image_digest: String(image.image_digest) };
    expect(own.length, name).toBe(image.vul_num);
    expect(sum(software, 'vul_num'), name).toBe(image.vul_num);
    expect(software.length, name).toBe(image.component_num);
    expect(levelOf(own, image), name).toBe(image.severity_level);
    expect((await region.all('image/local/hosts', selector)).length, name).toBe(image.host_num);
    expect((await region.all('image/local/containers', selector)).length, name).toBe(image.container_num);
  }
  expect(found).toHaveLength(sum(images, 'vul_num'));
}

async function scanExamples(): Promise<void> {
  const image_info_list = HOME_IMAGES.slice(0, 2).map(({ image_id }) => ({ image_id }));
  expect((await region.scan({ operate_all: false, image_info_list })).status).toBe(200);
  region.clock.ms += 10_000;
}

describe('the estate', () => {
  it('agrees with itself before a scan', async () => {
    await expectAgreement();
  });

  it('has a page of vulnerabilities before the example images are scanned, and two pages after it', async () => {
    expect((await vulnerabilities('unhandled', '0')).length).toBeGreaterThanOrEqual(10);
    await scanExamples();
    const { length } = await vulnerabilities('unhandled', '0');
    expect(length).toBeGreaterThan(20);
    expect(length).toBeLessThanOrEqual(40);
  });

  it('agrees with itself after the two example images were scanned', async () => {
    const before = sum(await region.all('image/local-repositories'), 'vul_num');
    await scanExamples();
    await expectAgreement();
    expect(sum(await region.all('image/local-repositories'), 'vul_num')).toBe(before + 18 + 7);
  });

  it('agrees with itself after everything was scanned', async () => {
    await region.scan({ operate_all: true }, { enterprise_project_id: 'all_granted_eps' });
    region.clock.ms += 60_000;
    await expectAgreement();
  });

  it('shows handled findings as such, and counts them nowhere', async () => {
    const handled = await vulnerabilities('handled');
    expect(handled.map(({ vul_id, image_num }) => [vul_id, image_num])).toEqual([
      ['CVE-2023-5678', 1],
      ['CVE-2022-21351', 1],
    ]);
    const open = (await vulnerabilities('unhandled')).map(({ vul_id }) => vul_id);
    for (const vulnerability of handled) {
      expect(open).not.toContain(vulnerability.vul_id);
      const [image, ...others] = await affectedImages(vulnerability, true);
      expect(others).toEqual([]);
      expect(image).toMatchObject({ status: 'vul_status_ignored' });
      const path = `image/vulnerability/${image?.image_id}/apps`;
      const query = { image_type: 'local', vul_id: String(vulnerability.vul_id) };
      expect(await region.all(path, { ...query, is_handled: true })).toHaveLength(1);
      expect(await region.all(path, { ...query, is_handled: false })).toEqual([]);
    }
  });

  it('may have a vulnerability handled in one image and open in another', async () => {
    await scanExamples();
    const both = { vul_id: 'CVE-2023-5678', type: 'linux_vul' };
    expect(await affectedImages(both, true)).toMatchObject([{ image_name: 'gitlab/gitlab-runner' }]);
    expect(await affectedImages(both, false)).toMatchObject([{ image_id: HOME_IMAGES[0]?.image_id }]);
  });

  it('lists vulnerabilities in a fixed order that is not that of their severity', async () => {
    for (const type of TYPES) {
      const query = { type, handle_status: 'unhandled', image_type: 'local' };
      const rows = await region.all('images/vulnerabilities', query);
      expect(await region.all('images/vulnerabilities', query)).toEqual(rows);
      const ranks = rows.map(({ severity_level }) => WORST_FIRST.indexOf(String(severity_level)));
      const sorted = ranks.toSorted((left, right) => left - right);
      expect(ranks).not.toEqual(sorted);
      expect(ranks).not.toEqual(sorted.toReversed());
    }
  });
});

describe('the seed', () => {
  const images = [...HOME_IMAGES, ...OTHER_IMAGES];

  it('has a vulnerability in one package of an image at most, and knows each', () => {
    for (const { image_name, software } of images) {
      const ids = software.flatMap(({ vulnerabilities: found }) => found);
      expect(new Set(ids).size, image_name).toBe(ids.length);
      for (const id of ids) expect(VULNERABILITIES.has(id), id).toBe(true);
      for (const { vulnerabilities: found, handled } of software)
        expect(found).toEqual(expect.arrayContaining([...handled]));
    }
  });

  it.each(['image_id', 'image_digest'] as const)('has no %s twice', (field) => {
    expect(new Set(images.map((image) => image[field])).size).toBe(images.length);
  });

  it.each(['container_id', 'pod_id'] as const)('has no %s twice', (field) => {
    const ids = images.flatMap(({ containers }) => containers.map((container) => container[field]));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
