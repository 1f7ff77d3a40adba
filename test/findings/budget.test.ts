import { describe, expect, it } from 'vitest';
import { oneByOne } from '../../src/findings/choose-way.js';
import type { Pace } from '../../src/findings/step.js';
import { bestUpgrades } from '../../src/findings/upgrades.js';
import type { HssOperationName } from '../../src/hss/operations.js';
import { growEstate } from './estate.js';
import { fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

const large = growEstate({ seed: 31, images: 2400, hosts: 120, vulnerabilities: 350, findings: 6 });

/** A pace of so many requests a window for each operation, as the program would keep it. */
function paceOf(perWindow: number, windowMs: number): Pace & { take(operation: HssOperationName): number } {
  const sent = new Map<HssOperationName, number[]>();
  const at = (operation: HssOperationName, further: number) => {
    const all = sent.get(operation) ?? [];
    const times = [...all];
    for (let n = 0; n < further; n += 1) {
      const before = times[times.length - perWindow];
      times.push(Math.max(performance.now(), before === undefined ? 0 : before + windowMs + 2));
    }
    return { times, last: times[times.length - 1] ?? 0 };
  };
  return {
    waitSeconds: (operation, _region, requests) => Math.max(0, at(operation, requests).last - performance.now()) / 1000,
    take(operation) {
      const { times, last } = at(operation, 1);
      sent.set(operation, times);
      return last - performance.now();
    },
  };
}

describe('the price of an answer, in requests', () => {
  it('is at most a quarter of one request a vulnerability and image', async () => {
    const hss = fakeHss(large, { latencyMs: 60 });
    const index = indexOf(hss);
    const begun = performance.now();
    const { plan } = await bestUpgrades(index, { severity: 'High', limit: 5, rankBy: 'containers' }, patient());
    expect(plan.upgrades).toHaveLength(5);
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(hss.count()).toBeLessThan(70);
    const before = hss.count();
    // On a busy machine the process is set aside: what counts is the processor time, where that is less.
    const again = performance.now();
    const used = process.cpuUsage();
    await bestUpgrades(index, { severity: 'High', limit: 5, rankBy: 'containers' }, patient());
    const { user, system } = process.cpuUsage(used);
    expect(Math.min(performance.now() - again, (user + system) / 1000)).toBeLessThan(150);
    expect(hss.count()).toBe(before);
  });

  it('is nine requests for one image, and four with a list of vulnerabilities', async () => {
    const [one, other] = large.images.filter(
      ({ open, handled, row }) => open.size > 2 && handled.size > 0 && row.image_id !== 'image-0',
    );
    if (!one || !other) throw new Error('none');
    const hss = fakeHss(large);
    const index = indexOf(hss);
    expect(await index.ask({ ofImages: [one.row], handled: true, inventory: false }, patient())).toMatchObject({
      complete: true,
    });
    expect(hss.count()).toBeLessThanOrEqual(9);
    const before = hss.count();
    expect(await index.ask({ ofImages: [other.row], handled: true, inventory: false }, patient())).toMatchObject({
      complete: true,
    });
    expect(hss.count() - before).toBeLessThanOrEqual(4);
  });

  it('is at most four for an image of which only the id is known', async () => {
    const image = large.images.find(({ open }) => open.size > 2);
    const hss = fakeHss(large);
    const index = indexOf(hss);
    await index.ask({ ofImages: [{ image_id: 'image-2300' }], inventory: false }, patient());
    const before = hss.count();
    await index.ask({ ofImages: [{ image_id: image?.row.image_id }], inventory: false }, patient());
    expect(hss.count() - before).toBeLessThanOrEqual(4);
  });
});

describe('with the documented limit', () => {
  // A window of 500 ms stands for a minute.
  const WINDOW_MS = 500;

  it('the best upgrades by Critical findings come within four windows and a little', async () => {
    const limited = fakeHss(large);
    const pace = paceOf(5, WINDOW_MS);
    const paced = Object.fromEntries(
      Object.entries(limited).map(([name, value]) => {
        if (typeof value !== 'function' || name === 'count') return [name, value];
        const operation = `${name[0]?.toUpperCase()}${name.slice(1)}` as HssOperationName;
        return [
          name,
          async (...given: unknown[]) => {
            await new Promise((resolve) => setTimeout(resolve, pace.take(operation)));
            return (value as (...all: unknown[]) => unknown)(...given);
          },
        ];
      }),
    ) as unknown as typeof limited;
    const index = indexOf(paced, { pace });
    const begun = performance.now();
    const { plan, completeness } = await bestUpgrades(
      index,
      { severity: 'Critical', limit: 3, rankBy: 'findings' },
      patient(),
    );
    expect(completeness.complete).toBe(true);
    expect(plan.unsettled).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(4.5 * WINDOW_MS);
  });
});

describe('the choice between the two ways', () => {
  const items = (sizes: readonly number[]) => sizes.map((size) => ({ size }));
  const idle = { pairs: 0, vulnerability: 0 };

  it('takes pairs where many are small, and one by one where that takes no more requests', () => {
    expect(oneByOne(items([3, 4, 5, 6]), idle, () => 0).size).toBe(0);
    expect(oneByOne(items([190]), idle, () => 0).size).toBe(1);
  });

  it('uses both budgets where requests are held back', () => {
    const wait = (_: string, requests: number) => Math.max(0, Math.ceil(requests / 5) - 1) * 60;
    const sizes = [...Array.from({ length: 10 }, () => 195), ...Array.from({ length: 50 }, () => 20)];
    const alone = oneByOne(items(sizes), idle, wait);
    expect(alone.size).toBeGreaterThan(3);
    expect([...alone].every(({ size }) => size === 195)).toBe(true);
    expect(oneByOne(items(sizes), { pairs: 0, vulnerability: 50 }, wait).size).toBe(0);
  });
});
