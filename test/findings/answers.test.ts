import { describe, expect, it } from 'vitest';
import { compareImages } from '../../src/findings/compare.js';
import { countFindings } from '../../src/findings/counts.js';
import { groupImages, sortGroups } from '../../src/findings/groups.js';
import { containersOf as containers, vulnerabilitiesAmong } from '../../src/findings/of-images.js';
import { presenceOf } from '../../src/findings/presence.js';
import { bestUpgrades } from '../../src/findings/upgrades.js';
import type { Severity } from '../../src/hss/models.js';
import { containersOf, type Estate, type EstateImage, growEstate, imagesWith } from './estate.js';
import { type Choices, fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

const WAYS: readonly (readonly [string, Choices])[] = [
  ['pairs', {}],
  ['one by one', { pairs: 403 }],
  ['a row an agent', { rowsByAgent: true, imageNum: 'rows', pairsByAgent: true }],
];

const severityOf = (estate: Estate, n: number) => estate.vulnerabilities[n]?.row.severity_level;
const ofSeverity = (estate: Estate, { open }: EstateImage, severity: Severity) =>
  [...open].filter((n) => severityOf(estate, n) === severity).length;

/** Numbers of true groups by a key. */
function trueGroups(estate: Estate, keysOf: (image: EstateImage) => readonly string[]) {
  const groups = new Map<string, EstateImage[]>();
  for (const image of estate.images) {
    for (const key of keysOf(image)) groups.set(key, [...(groups.get(key) ?? []), image]);
  }
  const count = (images: readonly EstateImage[], severity: Severity) =>
    images.reduce((sum, image) => sum + ofSeverity(estate, image, severity), 0);
  return [...groups].map(([key, images]) => ({
    key,
    images: images.length,
    runningImages: images.filter(({ row }) => (row.container_num ?? 0) > 0).length,
    neverScanned: images.filter(({ row }) => row.scan_status !== 'success').length,
    containers: containersOf(images),
    critical: count(images, 'Critical'),
    high: count(images, 'High'),
    medium: count(images, 'Medium'),
    low: count(images, 'Low'),
  }));
}

describe.each(WAYS)('answers about the estate, read by %s', (_, choices) => {
  const estate = growEstate({ seed: 11, images: 300, vulnerabilities: 60, findings: 9 });

  it.each([
    ['scan_status', ({ row }: EstateImage) => [row.scan_status ?? '']],
    ['image_name', ({ row }: EstateImage) => [row.image_name ?? '']],
    ['image_version', ({ row }: EstateImage) => [row.image_version ?? '']],
    ['scan_failed_desc', ({ row }: EstateImage) => (row.scan_status === 'failed' ? [row.scan_failed_desc ?? ''] : [])],
    ['host_name', ({ hosts }: EstateImage) => hosts.map(({ host_name }) => host_name)],
    [
      'severity_level',
      (image: EstateImage) => {
        const worst = (['Critical', 'High', 'Medium', 'Low'] as const).find(
          (each) => ofSeverity(estate, image, each) > 0,
        );
        return [worst ?? (image.row.scan_status === 'success' ? 'none' : 'not_scanned')];
      },
    ],
  ] as const)('groups images by %s', async (by, keysOf) => {
    const index = indexOf(fakeHss(estate, choices));
    const hosts = by === 'host_name' ? ({ imagesOfHosts: 'all' } as const) : {};
    expect(await index.ask({ depth: 'Low', ...hosts }, patient())).toMatchObject({ complete: true });
    const groups = await groupImages(index.store, by);
    expect(sortGroups(groups, 'critical')).toEqual(sortGroups(trueGroups(estate, keysOf), 'critical'));
  });

  it('groups images by vulnerability, each with its own findings', async () => {
    const index = indexOf(fakeHss(estate, choices));
    await index.ask({ depth: 'Low' }, patient());
    const groups = new Map((await groupImages(index.store, 'vulnerability')).map((group) => [group.key, group]));
    for (const [n, { row }] of estate.vulnerabilities.entries()) {
      const images = imagesWith(estate, n);
      if (images.length === 0) continue;
      expect(groups.get(row.vul_id)).toMatchObject({ images: images.length, containers: containersOf(images) });
    }
  });

  it('lists what touches the images that fit', async () => {
    const index = indexOf(fakeHss(estate, choices));
    await index.ask({ depth: 'Low' }, patient());
    const running = await vulnerabilitiesAmong(index.store, 'unhandled', (image) => containers(image) > 0);
    const truth = estate.vulnerabilities.flatMap(({ row }, n) => {
      const images = imagesWith(estate, n).filter((image) => (image.row.container_num ?? 0) > 0);
      return images.length > 0 ? [`${row.vul_id} ${images.length} ${containersOf(images)}`] : [];
    });
    const told = running.map((each) => `${each.vulnerability.vul_id} ${each.images} ${each.containers}`);
    expect(told.sort()).toEqual(truth.sort());
  });

  it('tells of every image whether it has a CVE, and never takes the unread for absent', async () => {
    const hss = fakeHss(estate, choices);
    const index = indexOf(hss);
    const cve_id = 'CVE-2024-1003';
    const n = 3;
    await index.ask({}, patient());
    for (const image of index.store.images.all)
      expect(presenceOf(index.store, { cve_id }, image).state).toBe('unknown');
    const before = hss.count();
    await index.ask({ cveIds: [cve_id], handled: true }, patient());
    expect(hss.count() - before).toBeLessThanOrEqual(9);
    for (const { row, open, handled } of estate.images) {
      const [image] = index.store.images.find(row);
      if (!image) throw new Error('not listed');
      const scanned = row.scan_status === 'success';
      const truth = open.has(n) ? 'present' : handled.has(n) ? 'handled' : scanned ? 'absent' : 'unknown';
      const told = presenceOf(index.store, { cve_id }, image);
      expect(told.state).toBe(truth);
      if (told.state === 'unknown') expect(told.reason).toBe('never_scanned');
      if (told.state === 'absent') expect(told.scannedAt).toBe(row.latest_scan_time);
    }
  });

  it('tells of a CVE that HSS does not know that it is absent where HSS looked', async () => {
    const index = indexOf(fakeHss(estate, choices));
    await index.ask({ cveIds: ['CVE-1999-0001'], handled: true }, patient());
    const states = index.store.images.all.map(
      (image) => presenceOf(index.store, { cve_id: 'CVE-1999-0001' }, image).state,
    );
    const scanned = estate.images.filter(({ row }) => row.scan_status === 'success').length;
    expect(states.filter((state) => state === 'absent')).toHaveLength(scanned);
    expect(states.filter((state) => state === 'unknown')).toHaveLength(estate.images.length - scanned);
  });

  it('compares two images', async () => {
    const scanned = estate.images.filter(({ row }) => row.scan_status === 'success');
    const ids = (numbers: Iterable<number>) => [...numbers].map((n) => estate.vulnerabilities[n]?.row.vul_id).sort();
    for (let n = 4; n < 16; n += 1) {
      const [before, after] = [scanned[n], scanned[n + 20]];
      if (!before || !after) throw new Error('too few');
      const index = indexOf(fakeHss(estate, choices));
      await index.ask({ ofImages: [before.row, after.row], handled: true, inventory: false }, patient());
      const [one] = index.store.images.find(before.row);
      const [other] = index.store.images.find(after.row);
      if (!one || !other) throw new Error('not listed');
      const told = compareImages(index.store, one, other);
      const gone = [...before.open].filter((each) => !after.open.has(each) && !after.handled.has(each));
      const named = (list: readonly { readonly vul_id: string }[]) => list.map(({ vul_id }) => vul_id).sort();
      expect(named(told.gone)).toEqual(ids(gone));
      expect(named(told.new)).toEqual(ids([...after.open].filter((each) => !before.open.has(each))));
      expect(named(told.stillOpen.map(({ vulnerability }) => vulnerability))).toEqual(
        ids([...before.open].filter((each) => after.open.has(each))),
      );
      expect(named(told.handled)).toEqual(ids([...before.open].filter((each) => after.handled.has(each))));
      expect(told.notObservable).toEqual([]);
    }
  });

  it('tells nothing of an image that was never scanned', async () => {
    const scanned = estate.images.find(({ row, open }) => row.scan_status === 'success' && open.size > 0);
    const unscanned = estate.images.find(({ row }) => row.scan_status !== 'success');
    if (!scanned || !unscanned) throw new Error('too few');
    const index = indexOf(fakeHss(estate, choices));
    await index.ask({ ofImages: [scanned.row, unscanned.row], handled: true }, patient());
    const [one] = index.store.images.find(scanned.row);
    const [other] = index.store.images.find(unscanned.row);
    if (!one || !other) throw new Error('not listed');
    expect(compareImages(index.store, one, other)).toMatchObject({ gone: [], blind: 'after_never_scanned' });
    expect(compareImages(index.store, other, one)).toMatchObject({ new: [], blind: 'before_never_scanned' });
  });

  it.each(['containers', 'images', 'findings'] as const)('names the best upgrades by %s', async (rankBy) => {
    for (const genericFix of [false, true]) {
      const grown = growEstate({ seed: 12, images: 200, vulnerabilities: 45, genericFix });
      const hss = fakeHss(grown, choices);
      const index = indexOf(hss);
      const fits = (image: { readonly row: { readonly container_num?: number | undefined } }) =>
        (image.row.container_num ?? 0) > 0;
      const { plan, completeness } = await bestUpgrades(index, { severity: 'High', limit: 4, rankBy, fits }, patient());
      expect(completeness.complete).toBe(true);
      expect(plan.unsettled).toEqual([]);
      const truth = trueUpgrades(grown, rankBy, fits).slice(0, 4);
      expect(
        plan.upgrades.map(({ packages, critical, high, images, containers: all }) => ({
          packages,
          critical,
          high,
          images,
          containers: all,
        })),
      ).toEqual(
        truth.map(({ name, critical, high, images, containers: all }) => ({
          packages: [name],
          critical,
          high,
          images,
          containers: all,
        })),
      );
      expect(plan.upgrades.map(({ cumulative }) => cumulative.containers)).toEqual(
        truth.map((_each, n) => containersOf([...new Set(truth.slice(0, n + 1).flatMap(({ all }) => all))])),
      );
      for (const { upgrades, images } of plan.rebuilds) {
        expect(Math.max(...upgrades.map((each) => each.images))).toBeLessThanOrEqual(images);
      }
    }
  });
});

function trueUpgrades(
  estate: Estate,
  rankBy: 'containers' | 'images' | 'findings',
  fits: (image: EstateImage) => boolean,
) {
  const byPackage = new Map<string, number[]>();
  for (const [n, { row, package: name, rule }] of estate.vulnerabilities.entries()) {
    if (row.severity_level !== 'Critical' && row.severity_level !== 'High') continue;
    // HSS lists each kind apart.
    const key = `${name} ${row.type} ${rule}`;
    byPackage.set(key, [...(byPackage.get(key) ?? []), n]);
  }
  const upgrades = [...byPackage].flatMap(([key, numbers]) => {
    const all = estate.images.filter((image) => fits(image) && numbers.some((n) => image.open.has(n)));
    const findings = (severity: Severity) =>
      all.reduce(
        (sum, { open }) => sum + numbers.filter((n) => open.has(n) && severityOf(estate, n) === severity).length,
        0,
      );
    const [name = ''] = key.split(' ');
    const counts = {
      critical: findings('Critical'),
      high: findings('High'),
      images: all.length,
      containers: containersOf(all),
    };
    return all.length > 0 ? [{ name, all, ...counts }] : [];
  });
  const order =
    rankBy === 'findings'
      ? (['critical', 'high', 'containers', 'images'] as const)
      : ([rankBy, 'critical', 'high', 'containers', 'images'] as const);
  return upgrades.sort((one, other) => order.map((field) => other[field] - one[field]).find((each) => each !== 0) ?? 0);
}

describe('counts', () => {
  it('say how deep they were read', async () => {
    const estate = growEstate({ seed: 13 });
    const index = indexOf(fakeHss(estate));
    await index.ask({}, patient());
    const [image] = index.store.images.all;
    if (!image) throw new Error('no image');
    expect((await countFindings(index.store)).of(image).readTo).toBeUndefined();
    await index.ask({ depth: 'High' }, patient());
    const { readTo } = (await countFindings(index.store)).of(image);
    expect(['High', 'Low']).toContain(readTo);
  });
});
