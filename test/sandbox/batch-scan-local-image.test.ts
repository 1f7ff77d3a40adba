import { afterEach, describe, expect, it } from 'vitest';
import { HOME_IMAGES, SECOND_ENTERPRISE_PROJECT, type SeedImage } from '../../src/sandbox/seed/images.js';
import { codeOf, type Row, rowsOf, send, signed } from './call.js';
import { REGION, Region, seed } from './region.js';

const SCAN = 'image/local/batch-scan';
const LIST = 'image/local-repositories';
const SCAN_MS = 10_000;

let region: Region;
afterEach(() => region.close());

const identity = ({ image_id, image_digest, image_name, image_version }: SeedImage) => ({
  image_id,
  image_digest,
  image_name,
  image_version,
});

async function rowOf({ image_id }: SeedImage): Promise<Row> {
  const found = (await region.all(LIST)).find((row) => row.image_id === image_id);
  if (!found) throw new RangeError(`no row of ${image_id}`);
  return found;
}

/** Names of the images that are not in the state they were in when the sandbox started. */
async function started(): Promise<unknown[]> {
  region.clock.ms += SCAN_MS / 5;
  const rows = await region.all(LIST);
  return rows.filter(({ scan_status }) => scan_status === 'waiting').map(({ image_name }) => image_name);
}

describe('BatchScanLocalImage', () => {
  it.each([
    { operate_all: 'true' },
    { operate_all: 1 },
    { image_info_list: {} },
    { image_info_list: 'nginx' },
    { image_info_list: ['nginx'] },
    { image_info_list: [{ image_version: 1.1 }] },
    { image_info_list: [{ image_id: 7 }] },
    { image_info_list: [{ image_name: 'x'.repeat(513) }] },
    { image_name: 5 },
    { image_size: '5' },
    { image_size: 1.5 },
    { image_size: -1 },
    { start_latest_scan_time: '2026-01-01' },
    { end_latest_update_time: true },
    { scan_status: ['unscan'] },
  ])('refuses %j', async (body) => {
    region = await Region.start();
    const answer = await region.scan(body);
    expect(codeOf(answer)).toBe('400 HSS.0001');
    expect(answer.body).toMatchObject({ error_msg: expect.any(String), error_description: expect.any(String) });
    expect(region.sandbox).toMatchObject({ requests: [{ operation: 'BatchScanLocalImage', carriedOut: false }] });
  });

  it.each(['', '[]', 'null', '"all"', '{', 'operate_all=true'])('cannot read the body %j', async (body) => {
    region = await Region.start();
    const call = { method: 'POST', path: region.path(SCAN), headers: { region: REGION } };
    const { headers, ...message } = signed(
      region.origin,
      // The official signer signs JSON only, so the hash of anything else has to be left out.
      { ...call, headers: { ...call.headers, 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' } },
      { clock: region.clock },
    );
    expect(codeOf(await send({ ...message, headers, body }))).toBe('400 HSS.0002');
  });

  it('cannot read a body of another type', async () => {
    region = await Region.start();
    const call = { method: 'POST', path: SCAN, data: { operate_all: true } };
    const answer = await region.call({ ...call, headers: { region: REGION, 'content-type': 'text/plain' } });
    expect(codeOf(answer)).toBe('400 HSS.0002');
    const charset = await region.call({
      ...call,
      headers: { region: REGION, 'content-type': 'application/json;charset=UTF-8' },
    });
    expect(charset.status).toBe(200);
  });

  it('needs the header region, and the right one', async () => {
    region = await Region.start();
    const call = { method: 'POST', path: SCAN, data: { operate_all: true } };
    expect(codeOf(await region.call({ ...call, headers: {} }))).toBe('400 HSS.0001');
    expect(codeOf(await region.call({ ...call, headers: { region: 'eu-west-101' } }))).toBe('400 HSS.0001');
    expect(await started()).toEqual([]);
  });

  it('denies an unknown enterprise project', async () => {
    region = await Region.start();
    const answer = await region.scan({ operate_all: true }, { enterprise_project_id: 'unknown' });
    expect(codeOf(answer)).toBe('400 00000010');
    expect(answer.body).not.toHaveProperty('error_msg');
    expect(await started()).toEqual([]);
  });

  it('answers 200 without a body and with a request id and a date', async () => {
    region = await Region.start();
    const answer = await region.scan({ image_info_list: [identity(seed('nginx'))], operate_all: false });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      date: 'Tue, 01 Dec 2026 00:00:00 GMT',
    });
  });

  it('shows the old state first, then waiting, scanning and success with a later time', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const nginx = seed('nginx');
    const before = await rowOf(nginx);
    const acceptedAt = region.clock.ms;
    await region.scan({ image_info_list: [identity(nginx)] });
    const expected: [share: number, status: string][] = [
      [0, 'success'],
      [0.0999, 'success'],
      [0.1, 'waiting'],
      [0.2999, 'waiting'],
      [0.3, 'scanning'],
      [0.9999, 'scanning'],
    ];
    for (const [share, scan_status] of expected) {
      region.clock.ms = acceptedAt + share * SCAN_MS;
      expect(await rowOf(nginx)).toEqual({ ...before, scan_status });
    }
    region.clock.ms = acceptedAt + SCAN_MS;
    expect(await rowOf(nginx)).toEqual({ ...before, latest_scan_time: acceptedAt + SCAN_MS });
  });

  it('shows no findings of a first scan before its end', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const image = seed('webshell-ljx');
    await region.scan({ image_info_list: [identity(image)] });
    region.clock.ms += SCAN_MS - 1;
    expect(await rowOf(image)).toMatchObject({ scan_status: 'scanning', latest_scan_time: 0, vul_num: 0 });
    region.clock.ms += 1;
    expect(await rowOf(image)).toMatchObject({ scan_status: 'success', vul_num: 7, severity_level: 'High' });
  });

  it('lets scans that start together end one after another', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    await region.scan({ image_info_list: [identity(seed('nginx')), identity(seed('redis'))] });
    region.clock.ms += SCAN_MS;
    expect(await rowOf(seed('nginx'))).toMatchObject({ scan_status: 'success' });
    expect(await rowOf(seed('redis'))).toMatchObject({ scan_status: 'scanning' });
    region.clock.ms += SCAN_MS;
    expect(await rowOf(seed('redis'))).toMatchObject({ scan_status: 'success' });
  });

  it('fails where the agent is offline, without a new time', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const billing = seed('billing');
    await region.scan({ image_info_list: [identity(billing)] });
    region.clock.ms += SCAN_MS / 2;
    expect(await rowOf(billing)).toMatchObject({ scan_status: 'scanning', scan_failed_desc: '' });
    region.clock.ms += SCAN_MS;
    expect(await rowOf(billing)).toMatchObject({
      scan_status: 'failed',
      latest_scan_time: 0,
      scan_failed_desc: 'failed_to_match_agent',
    });
  });

  it('leaves an image that cannot be scanned as it is', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const unnamed = seed('--');
    const before = await rowOf(unnamed);
    expect(before.non_scan_reason).not.toBe('');
    expect((await region.scan({ image_info_list: [identity(unnamed)] })).status).toBe(200);
    for (const share of [0.2, 0.3, 0.6]) {
      region.clock.ms += share * SCAN_MS;
      expect(await rowOf(unnamed)).toEqual(before);
    }
  });

  it('does not start a running scan again', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const nginx = seed('nginx');
    const end = region.clock.ms + SCAN_MS;
    region.sandbox.estate(REGION).startScans([nginx]);
    region.clock.ms += SCAN_MS / 2;
    expect((await region.scan({ image_info_list: [identity(nginx)] })).status).toBe(200);
    region.clock.ms = end;
    expect(await rowOf(nginx)).toMatchObject({ scan_status: 'success', latest_scan_time: end });
    expect((await region.scan({ image_info_list: [identity(nginx)] })).status).toBe(200);
    region.clock.ms = end + SCAN_MS;
    expect(await rowOf(nginx)).toMatchObject({ latest_scan_time: end + SCAN_MS });
  });

  it('keeps an image scanning while the estate holds it', async () => {
    region = await Region.start({ scanMs: SCAN_MS });
    const nginx = seed('nginx');
    region.sandbox.estate(REGION).hold(nginx.image_id);
    for (const ms of [0, SCAN_MS, 365 * 86_400_000]) {
      region.clock.ms += ms;
      expect(await rowOf(nginx)).toMatchObject({ scan_status: 'scanning', latest_scan_time: nginx.scannedAt });
    }
    expect(() => region.sandbox.estate(REGION).hold('nothing')).toThrow(RangeError);
  });

  it.each([
    { what: 'by every field', entry: identity(seed('nginx')), expected: ['nginx'] },
    { what: 'by id alone', entry: { image_id: seed('nginx').image_id }, expected: ['nginx'] },
    { what: 'by digest alone', entry: { image_digest: seed('nginx').image_digest }, expected: ['nginx'] },
    { what: 'by name and version', entry: { image_name: 'nginx', image_version: '1.21.0' }, expected: ['nginx'] },
    { what: 'by part of a name', entry: { image_name: 'ngin' }, expected: [] },
    { what: 'by a wrong pair', entry: { image_name: 'nginx', image_version: '1.21.1' }, expected: [] },
    { what: 'by nothing', entry: {}, expected: [] },
    { what: 'from another enterprise project', entry: identity(seed('etl-worker')), expected: [] },
  ])('selects an image $what', async ({ entry, expected }) => {
    region = await Region.start({ scanMs: SCAN_MS });
    expect((await region.scan({ image_info_list: [entry] })).status).toBe(200);
    expect(await started()).toEqual(expected);
  });

  const scannable = HOME_IMAGES.filter((image) => image.non_scan_reason === undefined);
  const names = (images: readonly SeedImage[]) => images.map(({ image_name }) => image_name);

  it.each([
    { body: {}, expected: [] },
    { body: { image_name: 'nginx' }, expected: [] },
    { body: { operate_all: false, scan_status: 'unscan' }, expected: [] },
    { body: { operate_all: true, image_info_list: [], image_name: 'ngin' }, expected: ['nginx'] },
    { body: { operate_all: true, scan_status: 'failed' }, expected: names([seed('billing')]) },
    { body: { operate_all: true, scan_status: 'image_oversized' }, expected: [] },
    { body: { operate_all: true, image_size: seed('redis').image_size }, expected: ['redis'] },
  ])('starts what $body selects', async ({ body, expected }) => {
    region = await Region.start({ scanMs: SCAN_MS });
    expect((await region.scan(body)).status).toBe(200);
    expect(await started()).toEqual(expected);
  });

  it.each([
    { project: undefined, covers: ['0'] },
    { project: '0', covers: ['0'] },
    { project: SECOND_ENTERPRISE_PROJECT, covers: [SECOND_ENTERPRISE_PROJECT] },
    { project: 'all_granted_eps', covers: ['0', SECOND_ENTERPRISE_PROJECT] },
  ])('means with operate_all the enterprise project $project', async ({ project, covers }) => {
    region = await Region.start({ scanMs: SCAN_MS });
    const query = project === undefined ? {} : { enterprise_project_id: project };
    expect((await region.scan({ operate_all: true }, query)).status).toBe(200);
    region.clock.ms += 0.25 * SCAN_MS;
    const busy = rowsOf(await region.get(LIST, { enterprise_project_id: 'all_granted_eps', limit: 200 })).filter(
      ({ scan_status }) => scan_status === 'waiting' || scan_status === 'scanning',
    );
    expect(busy.map(({ image_name }) => image_name)).toEqual(
      names(scannable.filter((image) => covers.includes(image.enterprise_project_id))),
    );
  });
});
