import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { countFindings } from '../../src/findings/counts.js';
import { groupImages } from '../../src/findings/groups.js';
import { vulnerabilitiesAmong } from '../../src/findings/of-images.js';
import type { FindingsSource } from '../../src/findings/step.js';
import { planUpgrades } from '../../src/findings/upgrades.js';
import type { GeneralImageVul, LocalImage } from '../../src/hss/models.js';
import { fakeHss } from './fake-hss.js';
import { indexOf, patient } from './index-of.js';

const MIB = 1024 * 1024;

/** HSS over an estate that is worked out and not kept, so that memory is that of the index. */
function endlessHss(images: number, vulnerabilities: number, findings: number): FindingsSource {
  const share = (images * findings) / vulnerabilities;
  const severities = ['Critical', 'High', 'Medium', 'Low'] as const;
  const image = (n: number): LocalImage => ({
    image_id: `0123456789abcdef0123456789abcdef0123456789abcdef-${n}`,
    image_digest: `sha256:${n.toString(16).padStart(64, '0')}`,
    image_name: `registry.example.com/team-${n % 50}/app-${n % 1000}`,
    image_version: `v${n % 40}`,
    local_image_type: 'other_image',
    scan_status: 'success',
    image_size: 300_000_000 + n,
    latest_update_time: 1_700_000_000_000 + n,
    latest_scan_time: 1_700_000_000_000 + n,
    vul_num: findings,
    host_num: 1,
    container_num: n % 3,
    severity_level: 'High',
    host_id: `host-${n % 500}`,
    host_name: `node-${n % 500}`,
    agent_id: `agent-${n % 500}`,
  });
  const vulnerability = (n: number): GeneralImageVul => ({
    vul_id: `HWSA-${n}`,
    vul_name: `vulnerability ${n}`,
    type: 'linux_vul',
    severity_level: severities[n % 4],
    image_num: share,
    cve_list: [{ cve_id: `CVE-2024-${n}`, cvss: 7 }],
    solution_detail: `Upgrade lib${Math.floor(n / 4)} to 2.0.`,
  });
  let turn: Promise<unknown> = Promise.resolve();
  const page = async <T>(total: number, row: (n: number) => T, offset: number, limit: number) => {
    // As over a network, every answer has a turn of the event loop of its own.
    turn = turn.then(() => setImmediate());
    await turn;
    return {
      total_num: total,
      data_list: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => row(offset + n)),
      servedAt: new Date(),
    };
  };
  return {
    ...fakeHss({ images: [], hosts: [], vulnerabilities: [] }),
    listImageLocal: async ({ offset = 0, limit = 10 }) => page(images, image, offset, limit),
    listGeneralImageVuls: async ({ type, handle_status, severity_level, offset = 0, limit = 10 }) => {
      if (type !== 'linux_vul' || handle_status !== 'unhandled') return page(0, vulnerability, 0, limit);
      if (!severity_level) return page(vulnerabilities, vulnerability, offset, limit);
      const rank = severities.indexOf(severity_level);
      return page(vulnerabilities / 4, (n) => vulnerability(n * 4 + rank), offset, limit);
    },
    listImageHandleAffectVulnerabilities: async ({ vul_id_list }, { offset, limit }) => {
      const ids = vul_id_list ?? Array.from({ length: vulnerabilities }, (_, n) => `HWSA-${n}`);
      const pair = (n: number) => {
        const vul_id = ids[Math.floor(n / share)] ?? '';
        const number = Number(vul_id.slice(5));
        const { image_id, image_name } = image((number * 37 + (n % share) * Math.floor(images / share)) % images);
        return { vul_id, vul_name: `vulnerability ${number}`, image_id, image_name };
      };
      const { total_num, data_list, servedAt } = await page(ids.length * share, pair, offset, limit);
      return { total_vul_num: total_num, vul_num: undefined, image_num: undefined, data_list, servedAt };
    },
  };
}

/**
 * Longest stretch for which `work` held up the event loop, in ms. A stretch counts for no more than the processor time
 * that was spent in it: on a busy machine the process is set aside, too, and that is nobody's fault here.
 */
async function watched<T>(work: () => Promise<T>): Promise<{ result: T; stallMs: number }> {
  let stallMs = 0;
  let at = performance.now();
  let used = process.cpuUsage();
  const timer = setInterval(() => {
    const spent = process.cpuUsage(used);
    const now = performance.now();
    stallMs = Math.max(stallMs, Math.min(now - at, (spent.user + spent.system) / 1000));
    at = now;
    used = process.cpuUsage();
  }, 1);
  const result = await work();
  clearInterval(timer);
  return { result, stallMs };
}

/** Memory of the process without what nobody needs any more, in bytes. */
function settledRss(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().rss;
}

describe('a large estate', () => {
  it('stays within memory and holds nothing else up', { timeout: 120_000 }, async () => {
    const [images, findings, vulnerabilities] = [100_000, 10, 10_000];
    const before = settledRss();
    const index = indexOf(endlessHss(images, vulnerabilities, findings) as ReturnType<typeof fakeHss>);
    const reading = await watched(() => index.ask({ depth: 'Low' }, patient()));
    expect(reading.result.complete).toBe(true);
    const counted = await watched(() => countFindings(index.store));
    const grouped = await watched(() => groupImages(index.store, 'image_name'));
    const touched = await watched(() => vulnerabilitiesAmong(index.store, 'unhandled'));
    const planned = await watched(() => planUpgrades(index.store, { severity: 'Low', limit: 5, rankBy: 'containers' }));
    expect(
      grouped.result.reduce((sum, { critical, high, medium, low }) => sum + critical + high + medium + low, 0),
    ).toBe(images * findings);
    expect((settledRss() - before) / MIB).toBeLessThan(350);
    const all = [reading, counted, grouped, touched, planned];
    for (const { stallMs } of all) expect(stallMs).toBeLessThan(100);
  });
});
