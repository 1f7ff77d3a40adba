import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { EXAMPLE } from '../support/example.js';
import { Program, settingsFor } from '../support/program.js';

let sandbox: Sandbox;
let program: Program;
beforeEach(async () => {
  sandbox = await Sandbox.start({ scanMs: 200 });
});
afterEach(async () => {
  await program?.end();
  await sandbox.close();
});

const lastScan = () => sandbox.requests.findLast((request) => request.operation === 'BatchScanLocalImage');

describe('a scan without an explicit list', () => {
  const elicitation = { capabilities: { elicitation: {} } };
  const ALL = { operate_all: true, scan_status: 'unscan' };

  it('is refused by HSS_SCAN_ALL=deny; a list is not', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'deny' }, elicitation);
    for (const args of [ALL, { scan_status: 'unscan' }]) {
      const { isError, text } = await program.call('batch_scan_local_image', args);
      expect(isError).toBe(true);
      expect(text).toContain('HSS_SCAN_ALL is deny');
    }
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
    expect((await program.call('batch_scan_local_image', EXAMPLE)).structured.accepted).toBe(true);
  });

  it('asks the person what is about to happen, and goes on when accepted', async () => {
    program = await Program.start(settingsFor(sandbox), elicitation);
    let question = '';
    program.onServerRequest = (request) => {
      question = JSON.stringify(request);
      return { result: { action: 'accept', content: {} } };
    };
    expect((await program.call('batch_scan_local_image', ALL)).structured).toMatchObject({
      accepted: true,
      mode: 'all_with_filters',
      warnings: [],
    });
    expect(question).toContain('elicitation/create');
    expect(question).toContain('Region: \\"cn-north-4\\"');
    expect(question).toContain('Enterprise project: \\"0\\"');
    expect(question).toContain('Images: 5 images');
    expect(question).toMatch(/Hosts: at least \d hosts/);
  });

  it.each([
    ['decline', { result: { action: 'decline' } }, 'declined'],
    ['cancel', { result: { action: 'cancel' } }, 'cancelled'],
    ['an error of the client', { error: { code: -32603, message: 'no' } }, 'did not answer'],
  ])('sends nothing after %s', async (_, answer, word) => {
    program = await Program.start(settingsFor(sandbox), elicitation);
    program.onServerRequest = () => answer;
    const { isError, text } = await program.call('batch_scan_local_image', ALL);
    expect(isError).toBe(true);
    expect(text).toContain(word);
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('leaves the question to the client where it cannot ask, and says so', async () => {
    program = await Program.start(settingsFor(sandbox));
    const { structured } = await program.call('batch_scan_local_image', ALL);
    expect(structured.accepted).toBe(true);
    expect(structured.warnings.join()).toContain('cannot ask the person');
  });

  it('does not ask with HSS_SCAN_ALL=allow', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow' }, elicitation);
    expect((await program.call('batch_scan_local_image', ALL)).structured.accepted).toBe(true);
  });

  it('by filters alone carries a warning that names operate_all and dry_run', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow' });
    const { structured, text } = await program.call('batch_scan_local_image', { scan_status: 'unscan' });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ scan_status: 'unscan' });
    expect(structured.mode).toBe('filters');
    for (const part of [structured.warnings.join(), text]) {
      expect(part).toContain('operate_all');
      expect(part).toContain('dry_run');
      expect(part).toContain('does not document');
    }
  });
});

describe('dry_run', () => {
  it('counts what filters select and sends nothing', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'deny' });
    const { structured, text } = await program.call('batch_scan_local_image', {
      operate_all: true,
      scan_status: 'unscan',
      dry_run: true,
    });
    expect(structured).toMatchObject({ accepted: false, dry_run: true, image_count: 5, request_ids: [] });
    expect(text).toContain('nothing was started');
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('resolves a list, with the entries that were not found', async () => {
    program = await Program.start(settingsFor(sandbox));
    const { structured, text } = await program.call('batch_scan_local_image', {
      image_info_list: [
        ...EXAMPLE.image_info_list,
        { image_id: 'gone' },
        { image_digest: EXAMPLE.image_info_list[0]?.image_digest },
      ],
      dry_run: true,
    });
    expect(structured).toMatchObject({ image_count: 2, not_found: [{ image_id: 'gone' }], not_found_num: 1 });
    expect(structured.images).toHaveLength(2);
    expect(text).toContain('1 entry not found');
  });

  it.each([
    [{ scan_status: 'image_oversized' }, 'does not know scan_status image_oversized'],
    [{ start_latest_scan_time: 1_700_000_000_000 }, 'start_latest_scan_time is given without end_latest_scan_time'],
    [
      { start_latest_scan_time: 1_700_000_000_000, end_latest_scan_time: 1_700_000_000_000 },
      'HSS ignores such a range',
    ],
    [{ image_version: 'v1' }, 'image_version is given without image_name'],
  ])('says that %j cannot be counted, never a number', async (filter, reason) => {
    program = await Program.start(settingsFor(sandbox));
    const { structured, text } = await program.call('batch_scan_local_image', {
      operate_all: true,
      ...filter,
      dry_run: true,
    });
    expect(structured).not.toHaveProperty('image_count');
    expect(text).toContain('cannot be counted');
    expect(structured.warnings.join()).toContain(reason);
    expect(sandbox.requests).toHaveLength(0);
  });
});
