import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { countFindings } from '../../src/findings/counts.js';
import { Filling } from '../../src/findings/filling.js';
import type { FindingsIndex } from '../../src/findings/findings-index.js';
import { groupImages } from '../../src/findings/groups.js';
import { presenceOf } from '../../src/findings/presence.js';
import type { Step } from '../../src/findings/step.js';
import { AHEAD, Work } from '../../src/findings/work.js';
import type { HssOperationName } from '../../src/hss/operations.js';
import { type Estate, growEstate, imagesWith } from './estate.js';
import { type Choices, type FakeHss, failureOf, fakeHss } from './fake-hss.js';
import { indexOf, patient, within } from './index-of.js';

const OPERATIONS: readonly HssOperationName[] = [
  'ListImageLocal',
  'ListGeneralImageVuls',
  'ListImageHandleAffectVulnerabilities',
  'ListVulAffectImages',
];

/** Holds everything that an index says against the truth: what it does not know it must not deny. */
async function checkHonesty(index: FindingsIndex, estate: Estate) {
  const { store } = index;
  const counts = await countFindings(store);
  for (const { row, open, handled } of estate.images) {
    const [image] = store.images.find(row).filter(({ listed }) => listed);
    if (!image) continue;
    for (const [n, { row: each }] of estate.vulnerabilities.entries()) {
      const found = store.vulnerabilities.find(each.type, each.vul_id);
      const truth = open.has(n) ? 'present' : handled.has(n) ? 'handled' : 'absent';
      const { state } = presenceOf(store, { vul_id: each.vul_id }, image);
      if (state === 'absent') expect(truth).toBe('absent');
      if (state === 'handled') expect(truth).toBe('handled');
      if (!found) continue;
      const known = store.knows(found, image, 'unhandled');
      if (known !== 'unread') expect(known).toBe(open.has(n) ? 'present' : 'absent');
    }
    const told = counts.of(image);
    const critical = [...open].filter((n) => estate.vulnerabilities[n]?.row.severity_level === 'Critical').length;
    if (told.readTo) expect(told.critical).toBe(critical);
  }
  for (const { key, images } of await groupImages(store, 'severity_level')) {
    const none = estate.images.filter(({ row, open }) => row.scan_status === 'success' && open.size === 0).length;
    if (key === 'none') expect(images).toBeLessThanOrEqual(none);
  }
}

/** HSS that fails for good after `most` requests, until it is mended. */
function failingAfter(hss: FakeHss, most: number) {
  const all = OPERATIONS.map((operation) => [operation, hss.faults.get(operation) ?? []] as const);
  for (const [operation, faults] of all) {
    hss.faults.set(operation, faults);
    faults.shift = () => (hss.count() > most ? failureOf(403) : undefined);
  }
  return () => hss.faults.clear();
}

describe.each<readonly [string, Choices]>([
  ['pairs', {}],
  ['one by one', { pairs: 403 }],
  ['doubted pairs', { imageNum: 'rows' }],
])('a filling by %s', (_, choices) => {
  const estate = growEstate({ seed: 21, images: 250, vulnerabilities: 30, hosts: 5 });
  const question = { depth: 'Low', handled: true } as const;

  it('can stop at every point: nothing unread is absent, and it goes on from there', async () => {
    const whole = fakeHss(estate, choices);
    await indexOf(whole).ask(question, patient());
    for (let stop = 0; stop < whole.count(); stop += 1 + Math.floor(whole.count() / 12)) {
      const hss = fakeHss(estate, choices);
      const index = indexOf(hss);
      const mend = failingAfter(hss, stop);
      const partial = await index.ask(question, patient());
      expect(partial.complete).toBe(false);
      expect(partial.failure?.details.status).toBe(403);
      await checkHonesty(index, estate);
      mend();
      expect(await index.ask(question, patient())).toMatchObject({ complete: true });
      await checkHonesty(index, estate);
      for (const [n, { row }] of estate.vulnerabilities.entries()) {
        const found = index.store.vulnerabilities.find(row.type, row.vul_id);
        expect(found ? [...index.store.imagesWith(found, 'unhandled')].length : 0).toBe(imagesWith(estate, n).length);
      }
    }
  });

  it('is shared by calls that ask at once, and goes on when one leaves', async () => {
    const alone = fakeHss(estate, choices);
    await indexOf(alone).ask(question, patient());
    const hss = fakeHss(estate, { ...choices, latencyMs: 5 });
    const index = indexOf(hss);
    const leaving = new AbortController();
    const left = index.ask(question, { ...patient(), signal: leaving.signal });
    const stayed = Promise.all([index.ask(question, patient()), index.ask({ depth: 'High' }, patient())]);
    setTimeout(() => leaving.abort(), 8);
    await expect(left).rejects.toMatchObject({ why: 'cancelled' });
    for (const completeness of await stayed) expect(completeness.complete).toBe(true);
    expect(hss.count()).toBeLessThanOrEqual(alone.count() + 8);
  });

  it('answers in time with what it has, and is complete when asked again', async () => {
    const hss = fakeHss(estate, { ...choices, latencyMs: 20 });
    const index = indexOf(hss);
    const begun = performance.now();
    const partial = await index.ask(question, within(30));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(partial).toMatchObject({ complete: false, failure: undefined });
    expect(partial.requestsLeft).toBeGreaterThan(0);
    await checkHonesty(index, estate);
    expect(await index.ask(question, patient())).toMatchObject({ complete: true });
  });

  it('goes on behind the call', async () => {
    const hss = fakeHss(estate, { ...choices, latencyMs: 5 });
    const index = indexOf(hss);
    await index.ask(question, within(1));
    while (index.busy) await sleep(5);
    const before = hss.count();
    expect(await index.ask(question, within(0))).toMatchObject({ complete: true });
    expect(hss.count()).toBe(before);
    expect(hss.priorities.slice(-1)).toEqual(['background']);
    expect(hss.priorities[0]).toBe('foreground');
  });

  it('outlasts a fault that passes', async () => {
    const hss = fakeHss(estate, choices);
    const index = indexOf(hss);
    hss.faults.set('ListGeneralImageVuls', [failureOf(503)]);
    const partial = await index.ask(question, patient());
    expect(partial.failure?.details.status).toBe(503);
    await checkHonesty(index, estate);
    expect(index.busy).toBe(true);
  });

  it('ends with the program', async () => {
    const end = new AbortController();
    const hss = fakeHss(estate, { ...choices, latencyMs: 10 });
    const index = indexOf(hss, { signal: end.signal });
    await index.ask(question, within(15));
    end.abort();
    await sleep(30);
    const before = hss.count();
    await sleep(60);
    expect(hss.count()).toBe(before);
    expect(index.busy).toBe(false);
  });
});

describe('planning', () => {
  it('looks over everything after several answers, not after each', async () => {
    const hss = fakeHss(growEstate());
    const filling = new Filling({
      hss,
      region: 'cn-north-4',
      signal: new AbortController().signal,
      log: () => {},
      goesOn: () => true,
      refused: () => false,
      wait: () => 0,
    });
    const left = new Set(Array.from({ length: 400 }, (_, n) => n));
    let plans = 0;
    const work = () => {
      plans += 1;
      const planned = new Work(() => 0);
      const steps = [...left].slice(0, AHEAD).map(
        (n): Step => ({
          key: String(n),
          operation: 'ListImageLocal',
          async read() {
            await sleep(1);
            left.delete(n);
          },
        }),
      );
      planned.add(steps, left.size);
      return planned;
    };
    await filling.demand('all', work, Number.POSITIVE_INFINITY, new AbortController().signal);
    expect(left.size).toBe(0);
    expect(plans).toBeLessThan(400 / 4);
  });
});

describe('the age of the index', () => {
  const estate = growEstate({ seed: 22 });

  it('is ten minutes', async () => {
    let now = 1_000_000;
    const hss = fakeHss(estate);
    const index = indexOf(hss, { now: () => now });
    await index.ask({ depth: 'High' }, patient());
    const first = hss.count();
    now += 599_000;
    await index.ask({ depth: 'High' }, patient());
    expect(hss.count()).toBe(first);
    now += 2_000;
    expect((await index.ask({ depth: 'High' }, patient())).asOf.getTime()).toBe(now);
    expect(hss.count()).toBe(2 * first);
  });

  it('ends for an image whose scan ended: it alone is read anew', async () => {
    const changed = growEstate({ seed: 22 });
    const hss = fakeHss(changed);
    const index = indexOf(hss);
    await index.ask({ depth: 'Low', handled: true }, patient());
    const image = changed.images.find(({ open, row }) => open.size > 3 && row.image_id !== 'image-0');
    if (!image) throw new Error('none');
    const [gone] = image.open;
    if (gone === undefined) throw new Error('none');
    image.open.delete(gone);
    image.row.vul_num = image.open.size;
    image.row.latest_scan_time = 1_800_000_000_000;
    const mended = fakeHss(changed);
    Object.assign(hss, mended);
    index.scanEnded([image.row]);
    const row = changed.vulnerabilities[gone]?.row;
    const [found] = index.store.images.find(image.row);
    if (!row || !found) throw new Error('none');
    expect(presenceOf(index.store, { vul_id: row.vul_id }, found)).toEqual({ state: 'unknown', reason: 'not_read' });
    expect(await index.ask({ depth: 'Low', handled: true }, patient())).toMatchObject({ complete: true });
    expect(mended.count()).toBeLessThanOrEqual(9);
    expect(presenceOf(index.store, { vul_id: row.vul_id }, found)).toEqual({
      state: 'absent',
      scannedAt: 1_800_000_000_000,
    });
    await checkHonesty(index, changed);
  });

  it('ends for images whose scans ended, also where only open findings are asked for', async () => {
    const index = indexOf(fakeHss(estate));
    await index.ask({ depth: 'Low', handled: true }, patient());
    const images = estate.images.filter(({ row }) => row.image_id !== 'image-0').slice(0, 15);
    index.scanEnded(images.map(({ row }) => row));
    expect(await index.ask({ depth: 'High' }, patient())).toMatchObject({ complete: true });
    expect(await index.ask({ depth: 'Low' }, patient())).toMatchObject({ complete: true });
    await checkHonesty(index, estate);
  });
});
