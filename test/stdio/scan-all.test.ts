import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { EXAMPLE } from '../support/example.js';
import { ownWorld, sharedWorld } from '../support/worlds.js';

const lastScan = (sandbox: Sandbox) =>
  sandbox.requests.findLast((request) => request.operation === 'BatchScanLocalImage');
/** A world for one test: scans change what the next one would count. */
const start = (env: Record<string, string> = {}, capabilities = {}) =>
  ownWorld({ sandbox: { scanMs: 200 }, env, capabilities });

describe('a scan without an explicit list', () => {
  const elicitation = { elicitation: {} };
  const ALL = { operate_all: true, scan_status: 'unscan' };

  it('is refused by HSS_SCAN_ALL=deny; a list is not', async () => {
    const { sandbox, program } = await start({ HSS_SCAN_ALL: 'deny' }, elicitation);
    for (const args of [ALL, { scan_status: 'unscan' }]) {
      const { isError, text } = await program.call('batch_scan_local_image', args);
      expect(isError).toBe(true);
      expect(text).toContain('HSS_SCAN_ALL is deny');
    }
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
    expect((await program.call('batch_scan_local_image', EXAMPLE)).structured.accepted).toBe(true);
  });

  it('asks the person what is about to happen, and goes on when accepted', async () => {
    const { program } = await start({}, elicitation);
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
    // Five match; one of them has a non_scan_reason.
    expect(question).toContain('Images: 4 images');
    expect(question).toMatch(/Hosts: at least \d hosts. Containers: \d+ container/);
    expect(question).toContain('scan_status = \\"unscan\\"');
  });

  const asking = sharedWorld({ capabilities: elicitation });
  it.each([
    ['decline', { result: { action: 'decline' } }, 'declined'],
    ['cancel', { result: { action: 'cancel' } }, 'cancelled'],
    ['an error of the client', { error: { code: -32603, message: 'no' } }, 'did not answer'],
  ])('sends nothing after %s', async (_, answer, word) => {
    const { sandbox, program } = asking();
    program.onServerRequest = () => answer;
    const { isError, text } = await program.call('batch_scan_local_image', ALL);
    expect(isError).toBe(true);
    expect(text).toContain(word);
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('tells a client that cannot ask the number first, and wants it back', async () => {
    const { sandbox, program } = await start();
    const first = await program.call('batch_scan_local_image', ALL);
    expect(first.isError).toBeFalsy();
    expect(first.structured).toMatchObject({ accepted: false, image_count: 4, selection_id: 'sel_1' });
    for (const part of [first.text, JSON.stringify(first.structured)]) {
      expect(part).toContain('confirm_image_count: 4');
      expect(part).toContain('selection_id: sel_1');
    }
    const wrong = await program.call('batch_scan_local_image', { ...ALL, confirm_image_count: 5 });
    expect(wrong.structured.accepted).toBe(false);
    expect(wrong.text).toContain('The number given was 5');
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
    const right = await program.call('batch_scan_local_image', { selection_id: 'sel_1', confirm_image_count: 4 });
    expect(right.structured).toMatchObject({ accepted: true, image_count: 4, scan_id: 'scan_1' });
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
    const again = await program.call('batch_scan_local_image', { selection_id: 'sel_1' });
    expect(again.structured).toMatchObject({ accepted: true, scan_id: 'scan_1' });
    expect(again.text).toContain('nothing was sent again');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('of all counts what can be scanned, and goes out as it was given', async () => {
    const { sandbox, program } = await start();
    const { images } = sandbox.estate('cn-north-4');
    const count = images.filter(
      ({ enterprise_project_id, non_scan_reason }) => enterprise_project_id === '0' && !non_scan_reason,
    ).length;
    const first = await program.call('batch_scan_local_image', { operate_all: true });
    expect(first.text).toContain(`confirm_image_count: ${count}.`);
    await program.call('batch_scan_local_image', { operate_all: true, confirm_image_count: count });
    expect(JSON.parse(lastScan(sandbox)?.body ?? '')).toEqual({ operate_all: true });
  });

  it('does not ask with HSS_SCAN_ALL=allow', async () => {
    const { program } = await start({ HSS_SCAN_ALL: 'allow' }, elicitation);
    expect((await program.call('batch_scan_local_image', ALL)).structured.accepted).toBe(true);
  });

  it.each([
    [{ scan_status: 'unscan' }, 'filters'],
    [{ operate_all: true, scan_status: 'unscan' }, 'all_with_filters'],
  ])('resolves %j to the images that match and can be scanned', async (args, mode) => {
    const { sandbox, program } = await start({ HSS_SCAN_ALL: 'allow' });
    const { structured, text } = await program.call('batch_scan_local_image', args);
    expect(structured).toMatchObject({ accepted: true, mode, image_count: 4 });
    expect(structured.cannot_be_scanned).toBe(1);
    expect(structured.left_out).toEqual([{ non_scan_reason: 'The image has neither name nor version.', images: 1 }]);
    expect(text).toContain('1 image cannot be scanned');
    const sent = JSON.parse(lastScan(sandbox)?.body ?? '') as { image_info_list: { image_id: string }[] };
    const known = sandbox
      .estate('cn-north-4')
      .images.filter(({ enterprise_project_id }) => enterprise_project_id === '0');
    for (const { image_id } of sent.image_info_list) expect(known.map((image) => image.image_id)).toContain(image_id);
    expect(Object.keys(sent)).toEqual(['image_info_list']);
  });

  it('by filters alone that are passed on carries a warning that names operate_all and dry_run', async () => {
    const { sandbox, program } = await start({ HSS_SCAN_ALL: 'allow', HSS_SCAN_FILTERS: 'send' });
    const { structured, text } = await program.call('batch_scan_local_image', { scan_status: 'unscan' });
    expect(JSON.parse(lastScan(sandbox)?.body ?? '')).toEqual({ scan_status: 'unscan' });
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
    const { sandbox, program } = await start({ HSS_SCAN_ALL: 'deny' });
    const { structured, text } = await program.call('batch_scan_local_image', {
      operate_all: true,
      scan_status: 'unscan',
      dry_run: true,
    });
    expect(structured).toMatchObject({ accepted: false, dry_run: true, image_count: 4, request_ids: [] });
    expect(structured.selection_id).toBe('sel_1');
    expect(structured.next).toContain('selection_id: sel_1');
    expect(text).toContain('nothing was started');
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('resolves a list, with the entries that were not found', async () => {
    const { program } = await start();
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

  const allowing = sharedWorld({ env: { HSS_SCAN_ALL: 'allow' } });
  it.each([
    [{ scan_status: 'image_oversized' }, 'does not know scan_status image_oversized'],
    [{ start_latest_scan_time: 1_700_000_000_000 }, 'start_latest_scan_time is given without end_latest_scan_time'],
    [
      { start_latest_scan_time: 1_700_000_000_000, end_latest_scan_time: 1_700_000_000_000 },
      'HSS ignores such a range',
    ],
    [{ image_version: 'v1' }, 'image_version is given without image_name'],
  ])('refuses %j, which cannot be counted, in a dry run and in a scan', async (filter, reason) => {
    const { sandbox, program } = allowing();
    for (const dry_run of [true, false]) {
      const { isError, text } = await program.call('batch_scan_local_image', { operate_all: true, ...filter, dry_run });
      expect(isError).toBe(true);
      expect(text).toContain('cannot be counted');
      expect(text).toContain(reason);
      expect(text).toContain('HSS_SCAN_FILTERS=send');
    }
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });
});
