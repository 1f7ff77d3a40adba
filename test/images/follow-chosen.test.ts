import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import type { HssClient } from '../../src/hss/client.js';
import type { ListImageLocalQuery } from '../../src/hss/models.js';
import { lookAtChosen } from '../../src/images/follow-chosen.js';
import { SeenRunning } from '../../src/workspace/seen-running.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const rows = Array.from({ length: 300 }, (_, index) => ({ image_id: `image-${index}`, scan_status: 'scanning' }));

/** HSS, whose second page cannot be had. */
function hssWith(readyIn: number | undefined): HssClient {
  const listImageLocal = async ({ offset = 0, limit = 10 }: ListImageLocalQuery) => {
    if (offset === 0) return { total_num: rows.length, data_list: rows.slice(0, limit), servedAt: new Date() };
    throw new Failure('There is no second page.', {
      source: 'passing',
      effect: 'not_sent',
      retry: true,
      next: 'Wait.',
      readyIn,
    });
  };
  return { listImageLocal } as unknown as HssClient;
}

describe('a look at a scan whose images HSS chose', () => {
  const chosen = { filters: {}, before: rows, submittedAt: Date.now() };

  it('tells what it saw, and when there is a place, where the limit of requests ends it', async () => {
    const follower = { hss: hssWith(7), seenRunning: new SeenRunning() };
    const { running, notRead, nextLookAt = 0, open } = await lookAtChosen(chosen, scope, follower);
    expect({ running, notRead, open }).toEqual({ running: 200, notRead: 100, open: true });
    expect(nextLookAt - performance.now()).toBeGreaterThan(6_000);
  });

  it('fails by any other failure, and blames no limit for it', async () => {
    const look = lookAtChosen(chosen, scope, { hss: hssWith(undefined), seenRunning: new SeenRunning() });
    await expect(look).rejects.toThrow('There is no second page.');
  });
});
