import { afterEach, describe, expect, it } from 'vitest';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';
import { type Row, rowsOf } from './task.js';

// With an HSS that honours no filter but the name: what is scanned is what was counted, whatever way leads to it.

const ALL = { enterprise_project_id: 'all_granted_eps' };
const DAY_MS = 86_400_000;

let sandbox: Sandbox;
let program: Program;
afterEach(async () => {
  await program.end();
  await sandbox.close();
});

async function start(seed: number, options: SandboxOptions = {}, env: Record<string, string> = {}, asks = false) {
  sandbox = await Sandbox.start({
    estate: { images: 900, seed },
    honouredFilters: 'image_name',
    listedFilters: 'image_name',
    scanMs: 400,
    ...options,
  });
  const capabilities = asks ? { elicitation: {} } : {};
  program = await Program.start({ ...settingsFor(sandbox), ...env }, { capabilities });
}

/** The images that scan requests named, by id and digest. */
function scanned(): string[] {
  const requests = sandbox.requests.filter(
    ({ operation, carriedOut }) => operation === 'BatchScanLocalImage' && carriedOut,
  );
  const sent = requests.flatMap(({ body }) => (JSON.parse(body) as { image_info_list: Row[] }).image_info_list);
  return sent.map(({ image_id, image_digest }) => `${image_id} ${image_digest}`).sort();
}

/** The images that were never scanned and can be, of one kind. */
function neverScanned(type: string): string[] {
  return sandbox
    .estate('cn-north-4')
    .states()
    .filter(
      ({ scan_status, image }) => scan_status === 'unscan' && image.local_image_type === type && !image.non_scan_reason,
    )
    .map(({ image }) => `${image.image_id} ${image.image_digest}`)
    .sort();
}

const FILTERS = { local_image_type: 'swr_image', scan_status: 'unscan' };

describe.each([1, 2, 3])('exactly what matches is scanned (seed %i)', (seed) => {
  it('by a dry run and its selection', async () => {
    await start(seed, {}, { HSS_SCAN_ALL: 'allow' });
    const truth = neverScanned('swr_image');
    const dry = await program.call('batch_scan_local_image', { ...ALL, operate_all: true, ...FILTERS, dry_run: true });
    expect(dry.structured.image_count).toBe(truth.length);
    const scan = await program.call('batch_scan_local_image', { selection_id: dry.structured.selection_id });
    expect(scan.structured).toMatchObject({ accepted: true, image_count: truth.length });
    expect(scanned()).toEqual(truth);
  });

  it('by filters, asked about with the number that is sent', async () => {
    await start(seed, {}, {}, true);
    const truth = neverScanned('swr_image');
    let question = '';
    program.onServerRequest = (request) => {
      question = JSON.stringify(request);
      return { result: { action: 'accept', content: {} } };
    };
    const { structured } = await program.call('batch_scan_local_image', { ...ALL, ...FILTERS });
    expect(question).toContain(`Images: ${truth.length} images.`);
    expect(structured.image_count).toBe(truth.length);
    expect(scanned()).toEqual(truth);
  });

  it('by a selection of the list', async () => {
    await start(seed, { localImageRows: 'image_and_host' }, { HSS_SCAN_ALL: 'allow' });
    const truth = neverScanned('swr_image');
    const list = await program.call('list_local_images', { ...ALL, ...FILTERS, scannable: true, select: true });
    expect(list.structured.total_num).toBe(truth.length);
    await program.call('batch_scan_local_image', { selection_id: list.structured.selection_id });
    expect(scanned()).toEqual(truth);
  });

  it('by a number that was told first and given back, where the client cannot ask', async () => {
    await start(seed);
    const truth = neverScanned('swr_image');
    const first = await program.call('batch_scan_local_image', { ...ALL, operate_all: true, ...FILTERS });
    expect(first.text).toContain(`confirm_image_count: ${truth.length}`);
    const { selection_id, image_count } = first.structured;
    expect(scanned()).toEqual([]);
    // Somebody else scans one of them: the number of the same filters has changed, and is told anew.
    const [one] = truth;
    const image = sandbox
      .estate('cn-north-4')
      .images.find(({ image_id, image_digest }) => `${image_id} ${image_digest}` === one);
    await program.call('batch_scan_local_image', { ...ALL, image_info_list: [image && namesOf(image)] });
    await expect.poll(() => neverScanned('swr_image').length).toBe(truth.length - 1);
    const changed = { ...ALL, operate_all: true, ...FILTERS, confirm_image_count: image_count };
    expect((await program.call('batch_scan_local_image', changed)).text).toContain(
      `confirm_image_count: ${truth.length - 1}`,
    );
    expect(scanned()).toEqual([one]);
    // The selection is fixed: it stands for what was told.
    const scan = await program.call('batch_scan_local_image', { selection_id, confirm_image_count: image_count });
    expect(scan.structured).toMatchObject({ accepted: true, image_count: truth.length });
  });
});

function namesOf(image: { image_id: string; image_digest: string; image_name: string; image_version: string }) {
  const { image_id, image_digest, image_name, image_version } = image;
  return { image_id, image_digest, image_name, image_version };
}

describe('the two stories', () => {
  /** Calls of a conversation, and the characters of the longer part of each. */
  async function talk(steps: (call: (name: string, args: object) => Promise<Row>) => Promise<void>) {
    let calls = 0;
    let characters = 0;
    await steps(async (name, args) => {
      const { isError, text, structured } = await program.call(name, args);
      expect(isError, text).toBeFalsy();
      calls += 1;
      characters += Math.max(text.length, JSON.stringify(structured).length);
      return structured;
    });
    return { calls, characters };
  }

  it('everything that was not scanned in 30 days', async () => {
    await start(7, { estate: { images: 2400, seed: 7 } }, { HSS_SCAN_ALL: 'allow' });
    const since = Date.now() - 30 * DAY_MS;
    const truth = sandbox
      .estate('cn-north-4')
      .states()
      .filter(({ latest_scan_time, image }) => latest_scan_time < since && !image.non_scan_reason)
      .map(({ image }) => `${image.image_id} ${image.image_digest}`)
      .sort();
    const { calls, characters } = await talk(async (call) => {
      const list = await call('list_local_images', {
        ...ALL,
        not_scanned_for_days: 30,
        scannable: true,
        select: true,
        limit: 1,
      });
      expect(list.total_num).toBe(truth.length);
      const { scan_id, image_count } = await call('batch_scan_local_image', { selection_id: list.selection_id });
      expect(image_count).toBe(truth.length);
      const end = await call('get_local_image_scan_status', { scan_id, wait_seconds: 45 });
      expect(Number(end.finished) + Number(end.failed)).toBe(truth.length);
    });
    expect(scanned()).toEqual(truth);
    expect(calls).toBeLessThanOrEqual(4);
    expect(characters).toBeLessThanOrEqual(6_000);
  }, 60_000);

  it('never scanned images of SWR, and those that can never be', async () => {
    await start(7, { estate: { images: 2400, seed: 7 } }, { HSS_SCAN_ALL: 'allow' });
    const truth = neverScanned('swr_image');
    const unscannable = sandbox
      .estate('cn-north-4')
      .states()
      .filter(
        ({ scan_status, image }) =>
          scan_status === 'unscan' && image.local_image_type === 'swr_image' && image.non_scan_reason,
      );
    const { calls, characters } = await talk(async (call) => {
      const dry = await call('batch_scan_local_image', { ...ALL, ...FILTERS, dry_run: true });
      expect(dry.image_count).toBe(truth.length);
      expect(dry.cannot_be_scanned).toBe(unscannable.length);
      const reasons = rowsOf(dry, 'left_out').map(({ images }) => Number(images));
      expect(reasons.reduce((one, other) => one + other, 0)).toBe(unscannable.length);
      const { scan_id } = await call('batch_scan_local_image', { selection_id: dry.selection_id });
      const end = await call('get_local_image_scan_status', { scan_id, wait_seconds: 45 });
      // Failures of other scans play no part, and nothing is called not started.
      expect(end).toMatchObject({ not_started: 0, call_again: false });
      expect(Number(end.finished) + Number(end.failed)).toBe(truth.length);
    });
    expect(scanned()).toEqual(truth);
    expect(calls).toBeLessThanOrEqual(4);
    expect(characters).toBeLessThanOrEqual(6_000);
  }, 60_000);
});

describe('a selection', () => {
  it('is sent once by two calls at once', async () => {
    await start(1, { latencyMs: 50 }, { HSS_SCAN_ALL: 'allow' });
    const { structured } = await program.call('batch_scan_local_image', { ...ALL, ...FILTERS, dry_run: true });
    const args = { selection_id: structured.selection_id };
    const both = await Promise.all([1, 2, 3].map(() => program.call('batch_scan_local_image', args)));
    expect(new Set(both.map((told) => told.structured.scan_id))).toEqual(new Set(['scan_1']));
    expect(new Set(scanned()).size).toBe(scanned().length);
  });

  it('of an earlier run of the program is unknown, and the error says to look first', async () => {
    await start(1, {}, { HSS_SCAN_ALL: 'allow' });
    const { isError, text } = await program.call('batch_scan_local_image', { selection_id: 'sel_1' });
    expect(isError).toBe(true);
    expect(text).toContain('selection_id "sel_1" is not known');
    expect(scanned()).toEqual([]);
  });

  it('that was scanned stands for its images, and is scanned again by a new selection only', async () => {
    await start(1, {}, { HSS_SCAN_ALL: 'allow' });
    const { scan_id } = (await program.call('batch_scan_local_image', { ...ALL, ...FILTERS })).structured;
    const count = scanned().length;
    expect((await program.call('batch_scan_local_image', { selection_id: scan_id })).isError).toBe(true);
    expect(scanned()).toHaveLength(count);
    const groups = await program.call('summarize_local_images', { selection_id: scan_id, group_by: 'image_name' });
    expect(groups.structured.images as unknown).toBe(count);
    const dry = await program.call('batch_scan_local_image', { selection_id: scan_id, dry_run: true });
    await program.call('batch_scan_local_image', { selection_id: dry.structured.selection_id });
    expect(scanned()).toHaveLength(2 * count);
  });
});
