import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';
import { ownWorld, sharedProgram, sharedWorld, type WorldOptions } from '../support/worlds.js';

const WEBSHELL = 'b8722a02-162f-4e4e-8100-127605e3a07b';
const AGENT = 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b';

/** A world for one test. Most of them wait for a scan, side by side: it must last until a busy machine has looked. */
const start = async (onFinished: typeof onTestFinished, { sandbox, ...more }: WorldOptions = {}) =>
  withStatus(await ownWorld({ sandbox: { scanMs: 4_000, ...sandbox }, ...more }, onFinished));
/** A clock of HSS that stands still until it is let go: no scan goes on before it has been looked at. */
function stoppedClock(): { readonly now: () => number; readonly go: () => void } {
  let stopped: number | undefined = Date.now();
  return {
    now: () => stopped ?? Date.now(),
    go: () => {
      stopped = undefined;
    },
  };
}
const withStatus = <T extends { readonly program: Program }>(world: T) => ({
  ...world,
  status: (args: object) => world.program.call('get_local_image_scan_status', args),
});
const imagesOf = (structured: { images: readonly Record<string, unknown>[] }) => structured.images;

describe('the whole job in one conversation', () => {
  const at = sharedProgram({}, { args: ['--sandbox'] });
  it('goes from unscanned images to the three worst vulnerabilities and their fix, by what each result says', async () => {
    const { program, status } = withStatus({ program: at() });
    const scope = { enterprise_project_id: 'all_granted_eps' };

    const list = await program.call('list_local_images', { ...scope, scan_status: 'unscan' });
    expect(list.structured.next).toContain('call batch_scan_local_image with image_info_list');
    const image_info_list = list.structured.images
      .filter((image) => !image.non_scan_reason)
      .slice(0, 2)
      .map(({ image_id, image_digest, image_name, image_version }) => ({
        image_id,
        image_digest,
        image_name,
        image_version,
      }));

    const scan = await program.call('batch_scan_local_image', { ...scope, image_info_list });
    expect(scan.structured.next).toBe(
      'Call get_local_image_scan_status with scan_id: scan_1 and wait_seconds up to 45.',
    );
    const { scan_id } = scan.structured;

    let looked = await status({ scan_id, wait_seconds: 20 });
    while (looked.structured.call_again) {
      expect(looked.structured.next).toContain('Call get_local_image_scan_status again with scan_id: scan_1');
      looked = await status({ scan_id, wait_seconds: 20 });
    }
    expect(looked.structured).toMatchObject({ finished: 2, running: 0, failed: 0, not_found: 0 });
    expect(looked.structured.next).toContain('call list_local_image_vulnerabilities with image_id of a finished image');

    const { image_id } = imagesOf(looked.structured)[0] ?? {};
    const worst = await program.call('list_local_image_vulnerabilities', { ...scope, image_id, limit: 3 });
    expect(worst.structured.next).toContain('call get_vulnerability_details with vul_id and type of a row');
    const vulnerabilities = worst.structured.vulnerabilities as Record<string, unknown>[];
    expect(vulnerabilities.map((row) => row.severity_level)).toEqual(['Critical', 'Critical', 'Critical']);

    for (const { vul_id, type } of vulnerabilities) {
      const details = await program.call('get_vulnerability_details', { ...scope, vul_id, type });
      const { solution_detail: fix } = details.structured.vulnerability as Record<string, unknown>;
      expect(fix).toMatch(/^Update \S+ to .* or later/);
      expect(details.text).toContain(String(fix));
      expect(details.structured.images).toContainEqual(expect.objectContaining({ image_id }));
    }
  });
});

describe.concurrent('get_local_image_scan_status', () => {
  it('does not take a re-scan for done before latest_scan_time has moved', async ({ onTestFinished }) => {
    const { now, go } = stoppedClock();
    const { program, status } = await start(onTestFinished, { sandbox: { now } });
    const images = [{ image_name: 'nginx' }];
    const before = await status({ images });
    expect(before.structured).toMatchObject({ finished: 1, call_again: false });
    const old = String(imagesOf(before.structured)[0]?.latest_scan_time);

    const { structured } = await program.call('batch_scan_local_image', { image_info_list: images });
    const { submitted_at } = structured;
    const during = await status({ images, submitted_at });
    expect(during.structured).toMatchObject({ finished: 0, running: 1, call_again: true });
    expect(imagesOf(during.structured)[0]).toMatchObject({
      scan_status: 'success',
      latest_scan_time: old,
      outcome: 'running',
      note: expect.stringContaining('earlier scan'),
    });

    go();
    const after = await status({ images, submitted_at, wait_seconds: 20 });
    expect(after.structured).toMatchObject({ finished: 1, running: 0, call_again: false });
    expect(Date.parse(String(imagesOf(after.structured)[0]?.latest_scan_time))).toBeGreaterThan(Date.parse(old));
  });

  it.for([-10, 10])('is not misled by a local clock %i minutes off', async (minutes, { onTestFinished }) => {
    const { now, go } = stoppedClock();
    const { program, status } = await start(onTestFinished, { sandbox: { now: () => now() + minutes * 60_000 } });
    const images = [{ image_name: 'nginx' }];
    const { structured } = await program.call('batch_scan_local_image', { image_info_list: images });
    const { submitted_at } = structured;
    expect((await status({ images, submitted_at })).structured).toMatchObject({ running: 1, call_again: true });
    go();
    expect((await status({ images, submitted_at, wait_seconds: 20 })).structured).toMatchObject({
      finished: 1,
      call_again: false,
    });
  });

  it('reports a failed image with reason and advice, and does not wait for it', async ({ onTestFinished }) => {
    const { program, status } = await start(onTestFinished);
    const images = [{ image_name: 'swr.cn-north-4.myhuaweicloud.com/legacy/billing' }];
    const { structured } = await program.call('batch_scan_local_image', { image_info_list: images });
    const { structured: end, text } = await status({ images, submitted_at: structured.submitted_at, wait_seconds: 30 });
    expect(end).toMatchObject({ failed: 1, call_again: false });
    expect(imagesOf(end)[0]).toMatchObject({
      scan_status: 'failed',
      scan_failed_desc: 'failed_to_match_agent',
    });
    expect(imagesOf(end)[0]).not.toHaveProperty('note');
    expect(text).toContain('failed_to_match_agent: enable HSS container edition');
  });

  it('calls an old failure unconfirmed, and asks to look again for two minutes only', async ({ onTestFinished }) => {
    let now = Date.now();
    const { status } = await start(onTestFinished, { sandbox: { now: () => now } });
    const images = [{ image_name: 'swr.cn-north-4.myhuaweicloud.com/legacy/billing' }];
    const submitted_at = new Date(now).toISOString();
    const young = await status({ images, submitted_at });
    expect(young.structured).toMatchObject({ failed: 1, call_again: true });
    expect(imagesOf(young.structured)[0]?.note).toContain('has not confirmed');
    now += 121_000;
    expect((await status({ images, submitted_at })).structured).toMatchObject({ failed: 1, call_again: false });
  });

  it('gives up waiting for a scan that never completes, and says to call again', async ({ onTestFinished }) => {
    const { sandbox, status } = await start(onTestFinished);
    sandbox.estate('cn-north-4').hold(WEBSHELL);
    const { structured } = await status({
      images: [{ image_id: WEBSHELL }],
      submitted_at: new Date().toISOString(),
      wait_seconds: 2,
    });
    expect(structured).toMatchObject({ finished: 0, running: 1, failed: 0, call_again: true });
  });

  it('counts a scan that someone else made meanwhile', async ({ onTestFinished }) => {
    const { sandbox, status } = await start(onTestFinished, { sandbox: { scanMs: 300 } });
    const submitted_at = new Date(Date.now() - 1000).toISOString();
    const estate = sandbox.estate('cn-north-4');
    estate.startScans([estate.find(WEBSHELL)]);
    const { structured } = await status({ images: [{ image_id: WEBSHELL }], submitted_at, wait_seconds: 10 });
    expect(structured).toMatchObject({ finished: 1, call_again: false });
  });

  it('names what was not found, what was never scanned, and what cannot be scanned', async ({ onTestFinished }) => {
    const { status } = await start(onTestFinished);
    const { structured, text } = await status({
      images: [{ image_id: 'gone' }, { image_id: AGENT }, { image_name: '--' }],
    });
    expect(structured).toMatchObject({
      not_found: 1,
      not_started: 1,
      cannot_be_scanned: 1,
      call_again: false,
      images_not_found: [{ image_id: 'gone' }],
    });
    expect(text).toContain('Not found:');
    expect(text).toMatch(/^gone$/m);
    const asked = await status({ images: [{ image_name: '--' }], submitted_at: new Date().toISOString() });
    expect(asked.structured).toMatchObject({ failed: 0, cannot_be_scanned: 1, call_again: false });
  });

  it('stays under 20,000 characters for 200 images, failed ones first, and counts the rest', async ({
    onTestFinished,
  }) => {
    const { sandbox, status } = await start(onTestFinished, { sandbox: { extraImages: 186 } });
    const images = sandbox.estate('cn-north-4').images.map(({ image_id, image_name }) => ({ image_id, image_name }));
    const { structured, text } = await status({ images, enterprise_project_id: 'all_granted_eps', limit: 200 });
    for (const part of [text, JSON.stringify(structured)]) expect(part.length).toBeLessThan(20_000);
    expect(structured.truncated).toBe(true);
    expect(imagesOf(structured)[0]).toMatchObject({ outcome: 'failed' });
    expect(text).toMatch(/\d+ of the 200 asked for fit/);
    const shown = imagesOf(structured).length;
    expect(structured).toMatchObject({ total_num: 200, next_offset: shown });
    const rest = await status({ images, enterprise_project_id: 'all_granted_eps', limit: 200, offset: shown });
    expect(imagesOf(rest.structured)[0]).not.toEqual(imagesOf(structured)[0]);
  });

  it('follows what filters selected by the scan_id alone', async ({ onTestFinished }) => {
    const { program, status } = await start(onTestFinished, {
      sandbox: { scanMs: 300 },
      env: { HSS_SCAN_ALL: 'allow' },
    });
    const filters = { local_image_type: 'swr_image', scan_status: 'unscan' };
    const { structured } = await program.call('batch_scan_local_image', { operate_all: true, ...filters });
    const { structured: end } = await status({ scan_id: structured.scan_id, wait_seconds: 20 });
    expect(end).toMatchObject({ finished: structured.image_count, running: 0, call_again: false });
  });

  it('says how many images beside those that match were scanned, where filters are passed on', async ({
    onTestFinished,
  }) => {
    const { sandbox, program, status } = await start(onTestFinished, {
      sandbox: { scanMs: 300, honouredFilters: 'image_name' },
      env: { HSS_SCAN_ALL: 'allow', HSS_SCAN_FILTERS: 'send' },
    });
    const before = sandbox
      .estate('cn-north-4')
      .states()
      .filter(({ image }) => image.enterprise_project_id === '0');
    const meant = before.filter(({ scan_status }) => scan_status === 'unscan').length;
    const { structured } = await program.call('batch_scan_local_image', { operate_all: true, scan_status: 'unscan' });
    expect(structured.warnings.join()).toContain('HSS_SCAN_FILTERS=send');
    const { structured: end } = await status({ scan_id: structured.scan_id, wait_seconds: 20 });
    const { finished, failed, cannot_be_scanned } = end;
    expect(Number(finished) + Number(failed) + Number(cannot_be_scanned)).toBe(meant);
    expect(Number(end.scanned_beside)).toBeGreaterThan(0);
  });

  it('of an unknown scan says to look first', async ({ onTestFinished }) => {
    const { status } = await start(onTestFinished);
    const { isError, text } = await status({ scan_id: 'scan_9' });
    expect(isError).toBe(true);
    expect(text).toContain('scan_id "scan_9" is not known');
    expect(text).toContain('before you scan anything again');
  });

  it('tells its progress, increasing, to a caller that asked for it', async ({ onTestFinished }) => {
    const { program, status } = await start(onTestFinished);
    const images = [{ image_id: WEBSHELL, image_name: 'swr.cn-north-7.myhuaweicloud.com/glz/webshell-ljx' }];
    const scan = await program.call('batch_scan_local_image', { image_info_list: images });
    const args = { images, submitted_at: scan.structured.submitted_at, wait_seconds: 20 };
    await program.request('tools/call', {
      name: 'get_local_image_scan_status',
      arguments: args,
      _meta: { progressToken: 'p1' },
    });
    const params = program.notifications.map(
      (notification) => ('params' in notification ? notification.params : {}) as Record<string, number>,
    );
    expect(params.length).toBeGreaterThan(1);
    for (const [index, { progressToken, progress, total }] of params.entries()) {
      expect(progressToken).toBe('p1');
      expect(total).toBe(20);
      expect(progress).toBeGreaterThan(params[index - 1]?.progress ?? -1);
    }
    program.notifications.length = 0;
    await status({ images });
    expect(program.notifications).toHaveLength(0);
  });

  it('keeps what was seen when a later look fails', async ({ onTestFinished }) => {
    const { sandbox, status } = await start(onTestFinished, { env: { HSS_MAX_RETRIES: '0' } });
    sandbox.estate('cn-north-4').hold(WEBSHELL);
    sandbox.inject({ kind: 'delay', ms: 0 });
    sandbox.inject({ kind: 'respond', status: 503 });
    const { structured, isError } = await status({ images: [{ image_id: WEBSHELL }], wait_seconds: 10 });
    expect(isError).toBeFalsy();
    expect(structured).toMatchObject({ running: 1, call_again: true });
    expect(JSON.stringify(structured.notes)).toContain('The last look failed');
  });
});

describe('get_local_image_scan_status, one call after another', () => {
  const at = sharedWorld();

  it.each<[object, RegExp]>([
    [{ submitted_at: 'last week' }, /submitted_at "last week" is not an ISO 8601 time/],
    [{ images: [{ image_version: 'v1' }] }, /images\[0\] identifies no image/],
    [{ images: Array.from({ length: 201 }, () => ({ image_id: 'x' })) }, /images must have at most 200 entries/],
    [{ wait_seconds: 46 }, /wait_seconds must be at most 45/],
    [{}, /Nothing is to be followed: scan_id is missing/],
    [{ scan_id: 'scan_1', images: [{ image_id: 'x' }] }, /scan_id and images are given together/],
  ])('refuses %j', async (args, message) => {
    const { sandbox, status } = withStatus(at());
    const { isError, text } = await status(args);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(sandbox.requests).toHaveLength(0);
  });

  it('counts what changed since a scan of all, and not what was before', async () => {
    const { sandbox, program, status } = await start(onTestFinished, {
      sandbox: { scanMs: 3_000 },
      env: { HSS_SCAN_ALL: 'allow' },
    });
    const before = sandbox
      .estate('cn-north-4')
      .states()
      .filter(({ image }) => image.enterprise_project_id === '0');
    const { structured } = await program.call('batch_scan_local_image', { operate_all: true });
    expect(structured).toMatchObject({ accepted: true, mode: 'all', scan_id: 'scan_1' });
    const early = await status({ scan_id: 'scan_1' });
    expect(early.structured).toMatchObject({ finished: 0, failed: 0, call_again: true });
    const { structured: end } = await status({ scan_id: 'scan_1', wait_seconds: 20 });
    const cannot = before.filter(({ image }) => image.non_scan_reason).length;
    expect(end).toMatchObject({ running: 0, not_started: 0, call_again: false, cannot_be_scanned: cannot });
    expect(Number(end.finished) + Number(end.failed)).toBe(before.length - cannot);
  });

  it('costs as many calls a look as pages are needed, for 200 images', async () => {
    const { sandbox, program, status } = await start(onTestFinished, {
      sandbox: { extraImages: 186, scanMs: 100_000 },
    });
    const all = sandbox.estate('cn-north-4').images;
    expect(all).toHaveLength(200);
    const images = all.map(({ image_id, image_name }) => ({ image_id, image_name }));
    const args = { images, enterprise_project_id: 'all_granted_eps' };
    const { structured } = await status(args);
    const { finished, failed, not_started, cannot_be_scanned } = structured;
    expect(Number(finished) + Number(failed) + Number(not_started) + Number(cannot_be_scanned)).toBe(200);
    expect(sandbox.count('ListImageLocal')).toBe(1);

    const scan = await program.call('batch_scan_local_image', {
      image_info_list: images,
      enterprise_project_id: 'all_granted_eps',
    });
    const before = sandbox.count('ListImageLocal');
    program.notifications.length = 0;
    await status({ ...args, submitted_at: scan.structured.submitted_at, wait_seconds: 4 });
    // Looks at 0, 1 and 4 seconds.
    expect(sandbox.count('ListImageLocal') - before).toBe(3);
  });

  it('is cancelled at once: no answer, no request left open', async () => {
    const { sandbox, program } = await start(onTestFinished, { sandbox: { scanMs: 60_000 } });
    sandbox.estate('cn-north-4').hold(WEBSHELL);
    const args = { images: [{ image_id: WEBSHELL }], wait_seconds: 45 };
    const { id } = program.exchange('tools/call', { name: 'get_local_image_scan_status', arguments: args });
    while (sandbox.count('ListImageLocal') === 0) await sleep(10);
    await sleep(100);
    program.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
    await sleep(100);
    const asked = sandbox.requests.length;
    const { ms } = await program.end();
    // Nothing ran any more, so the program had nothing to wait for.
    expect(ms).toBeLessThan(1_000);
    expect(sandbox.requests).toHaveLength(asked);
    expect(program.lines.some((line) => JSON.parse(line).id === id)).toBe(false);
  });
});

describe('two regions in one conversation', () => {
  it('each call goes to its endpoint, project and region header; IAM is asked once a region', async () => {
    const sandbox = await Sandbox.start();
    const { HSS_ENDPOINT: _endpoint, HSS_PROJECT_ID: _project, ...rest } = settingsFor(sandbox);
    const program = await Program.start({
      ...rest,
      HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_4: sandbox.hssEndpoint('cn-north-4'),
      HUAWEICLOUD_SDK_REGION_HSS_EU_WEST_101: sandbox.hssEndpoint('eu-west-101'),
    });
    for (const region of [undefined, 'eu-west-101', undefined, 'eu-west-101']) {
      const where = region ?? 'cn-north-4';
      const at = region ? { region } : {};
      const { structured } = await program.call('list_local_images', at);
      const image = structured.images[0];
      await program.call('batch_scan_local_image', { ...at, image_info_list: [{ image_id: image?.image_id }] });
      await program.call('get_local_image_scan_status', { ...at, images: [{ image_id: image?.image_id }] });
      await program.call('list_local_image_vulnerabilities', at);
      await program.call('get_local_image_details', { ...at, image_id: image?.image_id });
      for (const request of sandbox.requests.filter((sent) => sent.region === where)) {
        expect(request).toMatchObject({
          status: 200,
          headers: { region: where, 'x-project-id': sandbox.projectId(where) },
        });
        expect(request.target).toContain(`/v5/${sandbox.projectId(where)}/`);
      }
    }
    expect(sandbox.count('KeystoneListAuthProjects')).toBe(2);
    expect(new Set(sandbox.requests.map((request) => request.region))).toEqual(
      new Set(['', 'cn-north-4', 'eu-west-101']),
    );
    await program.end();
    await sandbox.close();
  });

  it('a ready token belongs to its region', async () => {
    const sandbox = await Sandbox.start();
    const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, ...rest } = settingsFor(sandbox);
    const program = await Program.start({ ...rest, HSS_AUTH_TOKEN: sandbox.credentials.authToken });
    const { isError, text } = await program.call('list_local_images', { region: 'eu-west-101' });
    expect(isError).toBe(true);
    expect(text).toContain('the token in HSS_AUTH_TOKEN belongs to cn-north-4');
    expect(sandbox.requests).toHaveLength(0);
    await program.end();
    await sandbox.close();
  });
});
