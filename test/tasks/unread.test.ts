import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { HSS_OPERATIONS } from '../../src/hss/operations.js';
import { callTool } from '../../src/mcp/call-tool.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SeedImage } from '../../src/sandbox/seed/images.js';
import { Workspace } from '../../src/workspace/workspace.js';
import { byCve, byImage, countBySeverity, findings, type TrueFinding } from '../support/estate-truth.js';
import { settingsFor } from '../support/program.js';
import { type Row, rowsOf } from './task.js';

// HSS lets so many requests of each operation through and then none for an hour: the reading stops at every point. What
// each tool says then is true of the estate, and what was not read is called nothing: not absent, not gone, not zero.

const REGION = 'cn-north-4';
const ALL = { enterprise_project_id: 'all_granted_eps' };
/** Requests let through of each operation. */
const POINTS = [0, 1, 2, 3, 4, 6, 12];
const CALL_MS = 2_500;

let sandbox: Sandbox;
let wholePlan: Row;
beforeAll(async () => {
  sandbox = await Sandbox.start({ estate: { images: 600, seed: 5 } });
  wholePlan = await stoppedAfter(10_000, (ask) => ask('plan_local_image_fixes', {}));
});
afterAll(() => sandbox.close());

/** A program of its own, whose HSS stops answering after so many requests of each operation. */
async function stoppedAfter<T>(limit: number, work: (ask: Ask) => Promise<T>): Promise<T> {
  const stopping = await Sandbox.start({
    estate: { images: 600, seed: 5 },
    limits: { kind: 'documented', limit: Math.max(1, limit), windowMs: 3_600_000 },
    ...(limit === 0 && { refused: Object.fromEntries(Object.keys(HSS_OPERATIONS).map((name) => [name, 'HSS.0013'])) }),
  });
  const workspace = new Workspace(readConfig({ env: settingsFor(stopping) }), () => {}, false);
  try {
    return await work(async (name, args) => {
      const { isError, structuredContent, content } = await callTool(
        workspace,
        name,
        { ...ALL, ...args },
        {
          limits: { signal: new AbortController().signal, deadline: performance.now() + CALL_MS },
          progress: () => {},
          asking: () => async () => 'unavailable',
        },
      );
      return isError ? { failed: JSON.stringify(content) } : (structuredContent as Row);
    });
  } finally {
    await workspace.close();
    await stopping.close();
  }
}

type Ask = (name: string, args: object) => Promise<Row>;

const isWhole = (told: Row) => told.failed === undefined && told.incomplete === undefined;
const rowsIn = (told: Row, name: string) => rowsOf({ [name]: [], ...told }, name);
const imageKey = ({ image_id, image_digest }: Row | SeedImage) => `${image_id} ${image_digest}`;

function truth() {
  const estate = sandbox.estate(REGION);
  const open = findings(estate);
  const ofImages = byImage(open);
  const versions = new Map<string, SeedImage[]>();
  for (const image of ofImages.keys()) {
    if (image.image_name) versions.set(image.image_name, [...(versions.get(image.image_name) ?? []), image]);
  }
  const [before, after] = [...versions.values()].find((images) => images.length > 1) ?? [];
  const [cve_id = '', withCve = []] = [...byCve(open)].sort(([, one], [, other]) => other.length - one.length)[3] ?? [];
  if (!before || !after) throw new Error('the estate has no two versions');
  return { estate, open, ofImages, before, after, cve_id, withCve };
}

const idsOf = (found: readonly TrueFinding[] = []) => new Set(found.map(({ vulnerability }) => vulnerability.vul_id));
const refOf = ({ image_id, image_digest, image_name, image_version }: SeedImage) => ({
  image_id,
  image_digest,
  image_name,
  image_version,
});

describe.concurrent.each(POINTS)('with %i requests of each operation', (point) => {
  it('list_local_images calls no image absent that was not read', async () => {
    const { withCve, cve_id, estate } = truth();
    const told = await stoppedAfter(point, (ask) => ask('list_local_images', { cve_id, limit: 200 }));
    if (told.failed) return expect(told.failed).toMatch(/Next: |next/i);
    const having = new Set(withCve.map(({ image }) => imageKey(image)));
    for (const row of rowsIn(told, 'images')) expect(having).toContain(imageKey(row));
    const absent = estate
      .states()
      .filter(({ image, first_scan_time }) => first_scan_time > 0 && !having.has(imageKey(image)));
    expect(Number(told.absent)).toBeLessThanOrEqual(absent.length);
    expect(Number(told.present)).toBeLessThanOrEqual(having.size);
    if (isWhole(told)) expect(told.present).toBe(having.size);
    else expect(JSON.stringify(told.incomplete)).toContain('why');
  });

  it('list_local_images gives no number of findings that is too small', async () => {
    const { ofImages } = truth();
    const told = await stoppedAfter(point, (ask) => ask('list_local_images', { sort_by: 'critical', limit: 50 }));
    const byKey = new Map([...ofImages].map(([image, own]) => [imageKey(image), countBySeverity(own)]));
    for (const row of rowsIn(told, 'images')) {
      const counts = byKey.get(imageKey(row));
      if (row.critical !== undefined) expect(row.critical).toBe(counts?.Critical ?? 0);
      if (row.high !== undefined) expect(row.high).toBe(counts?.High ?? 0);
    }
  });

  it('summarize_local_images calls no image clean that was not read', async () => {
    const { estate, ofImages } = truth();
    const told = await stoppedAfter(point, (ask) => ask('summarize_local_images', { group_by: 'severity_level' }));
    const clean = estate.states().filter(({ image, first_scan_time }) => first_scan_time > 0 && !ofImages.has(image));
    const none = rowsIn(told, 'groups').find(({ key }) => key === 'none');
    expect(Number(none?.images ?? 0)).toBeLessThanOrEqual(clean.length);
    if (isWhole(told)) expect(none?.images).toBe(clean.length);
  });

  it('list_local_image_vulnerabilities leaves out none of an image without saying so', async () => {
    const { ofImages, after } = truth();
    const told = await stoppedAfter(point, (ask) =>
      ask('list_local_image_vulnerabilities', { image_id: after.image_id, limit: 200 }),
    );
    const own = idsOf(ofImages.get(after));
    for (const { vul_id } of rowsIn(told, 'vulnerabilities')) expect(own).toContain(vul_id);
    if (isWhole(told)) expect(rowsIn(told, 'vulnerabilities')).toHaveLength(own.size);
    else if (!told.failed) expect(told).not.toHaveProperty('total_num');
  });

  it('compare_local_images calls nothing gone that is still there or was not read', async () => {
    const { ofImages, before, after } = truth();
    const told = await stoppedAfter(point, (ask) =>
      ask('compare_local_images', { before: refOf(before), after: refOf(after) }),
    );
    const [was, is] = [idsOf(ofImages.get(before)), idsOf(ofImages.get(after))];
    for (const { vul_id } of rowsIn(told, 'gone')) {
      expect(was).toContain(vul_id);
      expect(is).not.toContain(vul_id);
    }
    for (const { vul_id } of rowsIn(told, 'new')) {
      expect(is).toContain(vul_id);
      expect(was).not.toContain(vul_id);
    }
    if (isWhole(told)) expect(rowsIn(told, 'gone')).toHaveLength([...was].filter((id) => !is.has(id)).length);
  });

  it('plan_local_image_fixes calls no order final that is not', async () => {
    const told = await stoppedAfter(point, (ask) => ask('plan_local_image_fixes', {}));
    if (told.failed) return expect(told.failed).toMatch(/Next: |next/i);
    const packages = (plan: Row) => rowsIn(plan, 'upgrades').map((row) => `${row.package} ${row.images}`);
    if (told.order === 'final') expect(packages(told)).toEqual(packages(wholePlan));
    else expect(told.incomplete).toBeDefined();
  });

  it('get_vulnerability_details and get_local_image_details say what they lack', async () => {
    const { withCve, after, ofImages } = truth();
    const [first] = withCve;
    const { vul_id = '', type = '' } = first?.vulnerability ?? {};
    const having = new Set(
      findings(sandbox.estate(REGION)).flatMap(({ image, vulnerability }) =>
        vulnerability.vul_id === vul_id ? [imageKey(image)] : [],
      ),
    );
    const [one, image] = await stoppedAfter(point, async (ask) => [
      await ask('get_vulnerability_details', { vul_id, type, limit: 200 }),
      await ask('get_local_image_details', refOf(after)),
    ]);
    for (const row of rowsIn(one, 'images')) expect(having).toContain(imageKey(row));
    if (isWhole(one) && one.failed_parts === undefined) expect(one.total_num).toBe(having.size);
    const counts = countBySeverity(ofImages.get(after) ?? []);
    const row = (image.image ?? {}) as Row;
    if (row.critical !== undefined) expect(row.critical).toBe(counts.Critical);
    if (row.low !== undefined) expect(row.low).toBe(counts.Low);
  });
});
