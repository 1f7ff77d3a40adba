import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/call/parallel.js';

const ITEMS = Array.from({ length: 40 }, (_, index) => index);

describe('work on many items', () => {
  it('is done for all of them, in their order, and never on more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel(ITEMS, 5, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(item % 3);
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual(ITEMS.map((item) => item * 2));
    expect(most).toBe(5);
  });

  it('ends with the first failure: of 40 items, those that were not begun stay so', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await sleep(item === 2 ? 1 : 10);
      if (item === 2) throw new Error('the third');
    };
    await expect(inParallel(ITEMS, 5, work)).rejects.toThrow('the third');
    await sleep(50);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('ends with what is thrown before anything is waited for', async () => {
    const begun: number[] = [];
    const work = (item: number): Promise<void> => {
      begun.push(item);
      throw new Error('at once');
    };
    await expect(inParallel(ITEMS, 5, work)).rejects.toThrow('at once');
    expect(begun).toEqual([0]);
  });

  it('is nothing for no items', async () => {
    expect(await inParallel([], 5, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});
