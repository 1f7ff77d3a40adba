import { describe, expect, it } from 'vitest';
import { simulate } from '../../bench/support/team.js';

// What `npm run bench -- team` prints is worth something only if the simulation loses nothing by itself.
describe('many assistants on one tenant', () => {
  it.each([
    ['the documented limit, one key for all', { kind: 'documented' }, 'one'],
    ['the documented limit, a key for each', { kind: 'documented', limitOfAll: 60 }, 'each'],
    ["the gateway's limit, made narrow", { kind: 'gateway', limit: 5 }, 'one'],
  ] as const)('all get their answers: %s', async (_, limits, keys) => {
    const team = { assistants: 40, requests: 3, limits, keys };
    const figures = await simulate(team);
    expect(figures).toMatchObject({ answered: 120, lost: 0 });
    expect(figures.waits).toHaveLength(40);
    expect(figures.throttled).toBeGreaterThan(0);
    expect(await simulate(team)).toEqual(figures);
  });

  it('meets no refusal where there is no limit', async () => {
    expect(await simulate({ assistants: 40, requests: 3, limits: { kind: 'none' }, keys: 'one' })).toMatchObject({
      answered: 120,
      lost: 0,
      throttled: 0,
      putOff: 0,
    });
  });
});
