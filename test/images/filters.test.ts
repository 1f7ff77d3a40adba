import { describe, expect, it } from 'vitest';
import type { HssClient } from '../../src/hss/client.js';
import type { LocalImageFilter } from '../../src/hss/models.js';
import { meantFilters, notExpressible } from '../../src/images/filters.js';
import { resolveFilters } from '../../src/images/resolve.js';
import { targetsOfFilters } from '../../src/images/targets.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const NOW = 1_800_000_000_000;

/** Filters that ListImageLocal takes and does not apply, or does not know. */
const IGNORED: LocalImageFilter[] = [
  ...(['update', 'scan'] as const).flatMap((kind) => [
    { [`start_latest_${kind}_time`]: NOW },
    { [`end_latest_${kind}_time`]: NOW },
    { [`start_latest_${kind}_time`]: 0 },
    { [`start_latest_${kind}_time`]: NOW, [`end_latest_${kind}_time`]: NOW },
    { [`start_latest_${kind}_time`]: 0, [`end_latest_${kind}_time`]: 0 },
    { [`start_latest_${kind}_time`]: NOW + 1, [`end_latest_${kind}_time`]: NOW },
  ]),
  { image_version: 'v1' },
  { scan_status: 'download_failed' },
  { scan_status: 'image_oversized' },
];

describe('what is meant by filters that were forced', () => {
  it.each<[LocalImageFilter, LocalImageFilter]>([
    [{ image_size: 0, image_name: 'a' }, { image_name: 'a' }],
    [{ start_latest_scan_time: 0, end_latest_scan_time: 0, image_size: 5 }, { image_size: 5 }],
    [{ start_latest_update_time: 0 }, {}],
    [{ end_latest_update_time: 0 }, {}],
    [
      { start_latest_scan_time: 0, end_latest_scan_time: NOW },
      { start_latest_scan_time: 0, end_latest_scan_time: NOW },
    ],
    // Half a range stays half a range, which is refused by its name.
    [{ start_latest_scan_time: NOW, end_latest_scan_time: 0 }, { start_latest_scan_time: NOW }],
  ])('%o means %o', (filters, meant) => {
    expect(meantFilters(filters)).toEqual(meant);
  });
});

describe('what ListImageLocal cannot express', () => {
  it.each(IGNORED)('%o is never counted as if it had been applied', async (filters) => {
    const hss = { listImageLocal: () => Promise.reject(new Error('it was asked')) } as unknown as HssClient;
    expect(notExpressible(filters)).toMatchObject({ why: expect.any(String), next: expect.any(String) });
    expect(await targetsOfFilters(filters, scope, hss)).toMatchObject({ count: undefined, why: expect.any(String) });
    await expect(resolveFilters(filters, scope, hss)).rejects.toThrow(/cannot be counted, so nothing was sent/);
  });

  it.each([
    {},
    { image_name: 'app', image_version: 'v1' },
    { scan_status: 'unscan' },
    { start_latest_scan_time: 0, end_latest_scan_time: 1 },
  ])('%o it can', (filters) => {
    expect(notExpressible(filters)).toBeUndefined();
  });
});
