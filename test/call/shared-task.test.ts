import { describe, expect, it } from 'vitest';
import { CallOver } from '../../src/call/limits.js';
import { SharedTask } from '../../src/call/shared-task.js';

const limits = (ms: number, signal = new AbortController().signal) => ({ signal, deadline: performance.now() + ms });
const never = () => new Promise<string>(() => {});

describe('a task that several calls share', () => {
  it('runs once, and its result is kept', async () => {
    const task = new SharedTask<string>();
    let runs = 0;
    const start = async () => `run ${++runs}`;
    const all = await Promise.all([1, 2, 3].map(() => task.get('key', start, limits(1000))));
    expect(all).toEqual(['run 1', 'run 1', 'run 1']);
    expect(await task.get('key', start, limits(1000))).toBe('run 1');
  });

  it('does not keep a failure', async () => {
    const task = new SharedTask<string>();
    await expect(task.get('key', () => Promise.reject(new Error('no')), limits(1000))).rejects.toThrow('no');
    expect(await task.get('key', async () => 'yes', limits(1000))).toBe('yes');
  });

  it('is left by each caller at its own deadline, and goes on for the others', async () => {
    const task = new SharedTask<string>();
    let finish: (text: string) => void = () => {};
    const start = () => new Promise<string>((resolve) => (finish = resolve));
    const patient = task.get('key', start, limits(5000));
    const begun = performance.now();
    await expect(task.get('key', start, limits(50))).rejects.toMatchObject({ name: 'CallOver', why: 'late' });
    expect(performance.now() - begun).toBeLessThan(1000);
    finish('done');
    expect(await patient).toBe('done');
  });

  it('is left at once by a caller that is cancelled', async () => {
    const task = new SharedTask<string>();
    const controller = new AbortController();
    const waiting = task.get('key', never, limits(5000, controller.signal));
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'CallOver', why: 'cancelled' });
  });

  it.each([
    ['late', limits(0)],
    ['cancelled', limits(5000, AbortSignal.abort())],
  ] as const)('is not begun by a call that is over (%s)', async (why, over) => {
    const task = new SharedTask<string>();
    let runs = 0;
    const start = async () => `run ${++runs}`;
    const outcome = await task.get('key', start, over).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(CallOver);
    expect(outcome).toMatchObject({ why });
    expect(runs).toBe(0);
  });
});
