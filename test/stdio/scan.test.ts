import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { EXAMPLE } from '../support/example.js';
import { officialSign } from '../support/official-signer.js';
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

/** Filters go out as they came, and nobody is asked. */
const SENDING = { HSS_SCAN_ALL: 'allow', HSS_SCAN_FILTERS: 'send' };
const lastScan = () => sandbox.requests.findLast((request) => request.operation === 'BatchScanLocalImage');

/** What the official signer computes for a request as it arrived. */
function officialAuthorization(request: NonNullable<ReturnType<typeof lastScan>>): string | undefined {
  const signed = request.headers.authorization?.match(/SignedHeaders=([^,]+)/)?.[1]?.split(';') ?? [];
  const url = new URL(request.target, sandbox.hssEndpoint('cn-north-4'));
  const headers = Object.fromEntries(
    signed
      .filter((name) => name !== 'host' && name !== 'x-sdk-date')
      .map((name) => [name, request.headers[name] ?? '']),
  );
  return officialSign(
    {
      endpoint: `${url.origin}${url.pathname}`,
      method: request.method,
      headers: { ...headers, 'X-Sdk-Date': request.headers['x-sdk-date'] ?? '' },
      queryParams: Object.fromEntries(url.searchParams),
      ...(request.body && { data: JSON.parse(request.body) }),
    },
    'EXAMPLEAK',
    'EXAMPLESK',
  ).Authorization;
}

describe('batch_scan_local_image on the wire', () => {
  it("sends the API page's example exactly, signed as the official signer signs", async () => {
    program = await Program.start(settingsFor(sandbox));
    const { structured, text, isError } = await program.call('batch_scan_local_image', {
      ...EXAMPLE,
      enterprise_project_id: 'all_granted_eps',
    });
    expect(isError).toBeFalsy();
    const request = lastScan();
    expect(request).toMatchObject({ method: 'POST', status: 200, carriedOut: true });
    const project = sandbox.projectId('cn-north-4');
    expect(request?.target).toBe(`/v5/${project}/image/local/batch-scan?enterprise_project_id=all_granted_eps`);
    expect(JSON.parse(request?.body ?? '')).toEqual(EXAMPLE);
    expect(request?.headers).toMatchObject({
      region: 'cn-north-4',
      'content-type': 'application/json',
      'x-project-id': project,
      'user-agent': expect.stringMatching(/^huaweicloud-hss-mcp\/\d/),
    });
    expect(request?.headers).not.toHaveProperty('x-auth-token');
    expect(request?.headers).not.toHaveProperty('accept-encoding');
    expect(request?.headers.authorization).toContain('SignedHeaders=content-type;host;region;x-project-id;x-sdk-date,');
    expect(request?.headers.authorization).toBe(request && officialAuthorization(request));

    expect(structured).toMatchObject({
      accepted: true,
      mode: 'list',
      image_count: 2,
      region: 'cn-north-4',
      project_id: project,
      enterprise_project_id: 'all_granted_eps',
      request_ids: [expect.stringMatching(/^[0-9a-f]{32}$/)],
      warnings: [],
    });
    expect(Math.abs(Date.parse(String(structured.submitted_at)) - Date.now())).toBeLessThan(5000);
    expect(structured).not.toHaveProperty('sandbox');
    expect(text).toContain('not finished');
    expect(text).toContain(String(structured.request_ids[0]));
    expect(program.stderr).toMatch(
      /info scan request region="cn-north-4" project="[0-9a-f]{32}" enterprise_project="all_granted_eps" images=2 request_id="[0-9a-f]{32}" outcome="accepted"/,
    );
  });

  it('sends a ready token instead of a signature', async () => {
    const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, ...rest } = settingsFor(sandbox);
    program = await Program.start({ ...rest, HSS_AUTH_TOKEN: sandbox.credentials.authToken });
    await program.call('batch_scan_local_image', EXAMPLE);
    expect(lastScan()).toMatchObject({ status: 200, headers: { 'x-auth-token': 'EXAMPLETOKEN' } });
    expect(lastScan()?.headers).not.toHaveProperty('authorization');
  });

  it('sends a temporary key with its security token, signed', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ credentials: { ...sandbox.credentials, securityToken: 'EXAMPLESTS' } });
    program = await Program.start({ ...settingsFor(sandbox), CLOUD_SDK_SECURITY_TOKEN: 'EXAMPLESTS' });
    await program.call('batch_scan_local_image', EXAMPLE);
    expect(lastScan()).toMatchObject({ status: 200, headers: { 'x-security-token': 'EXAMPLESTS' } });
    expect(lastScan()?.headers.authorization).toContain('x-security-token');
  });

  it('looks the project up in IAM once, for concurrent calls together, and never creates one', async () => {
    const { HSS_PROJECT_ID: _id, ...rest } = settingsFor(sandbox);
    program = await Program.start(rest);
    const results = await Promise.all(Array.from({ length: 10 }, () => program.call('list_local_images')));
    expect(results.every((result) => !result.isError)).toBe(true);
    await program.call('batch_scan_local_image', EXAMPLE);
    expect(lastScan()?.target).toContain(sandbox.projectId('cn-north-4'));
    expect(
      sandbox.requests
        .filter((request) => request.region === '')
        .map((request) => `${request.method} ${request.target}`),
    ).toEqual(['GET /v3/auth/projects']);
  });

  it('fetches one token for an IAM user and takes the project from it', async () => {
    const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, HSS_PROJECT_ID: _id, ...rest } = settingsFor(sandbox);
    const user = { HSS_IAM_USER: 'EXAMPLEUSER', HSS_IAM_PASSWORD: 'EXAMPLEPASSWORD', HSS_IAM_DOMAIN: 'EXAMPLEDOMAIN' };
    program = await Program.start({ ...rest, ...user });
    const results = await Promise.all(Array.from({ length: 50 }, () => program.call('list_local_images')));
    expect(results.every((result) => !result.isError)).toBe(true);
    expect(sandbox.count('KeystoneCreateUserTokenByPassword')).toBe(1);
    expect(sandbox.count('KeystoneListAuthProjects')).toBe(0);
    expect(sandbox.count('KeystoneListProjects')).toBe(0);
  });

  it('passes times and sizes beyond 2^31 and beyond 2^32 unharmed', async () => {
    program = await Program.start({ ...settingsFor(sandbox), ...SENDING });
    const filters = {
      image_size: 9_876_543_210,
      start_latest_update_time: 1_700_000_000_000,
      end_latest_update_time: 4_102_444_800_000,
      start_latest_scan_time: 9_007_199_254_740_990,
      end_latest_scan_time: 9_007_199_254_740_991,
    };
    await program.call('batch_scan_local_image', { operate_all: true, ...filters });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ operate_all: true, ...filters });
    expect(lastScan()?.body).toContain('9007199254740991');
    const { structured } = await program.call('list_local_images', { image_size: '9876543210' });
    const { image_id } = structured.images[0] ?? {};
    const details = await program.call('get_local_image_details', { image_id, include: ['hosts'] });
    expect(details.structured.image).toMatchObject({ image_size: 9_876_543_210 });
    expect(details.text).toContain('9.2 GiB');
  });

  it.each([
    'registry.example.com:5000/ml/pytorch-serve',
    'a/b:c@sha256 d',
    '报表 镜像/名称',
    "o'brien*(x)!~",
    'a+b&c=d%2F#?',
  ])('passes the name %s unharmed through query, body and signature', async (image_name) => {
    program = await Program.start(settingsFor(sandbox));
    const listed = await program.call('list_local_images', { image_name });
    expect(listed.isError).toBeFalsy();
    // The whole name comes first; a part that HSS surely takes may follow.
    const list = sandbox.requests.find((request) => request.operation === 'ListImageLocal');
    expect(new URL(list?.target ?? '', 'http://h').searchParams.get('image_name')).toBe(image_name);
    const scanned = await program.call('batch_scan_local_image', { image_info_list: [{ image_name }] });
    expect(scanned.structured.accepted).toBe(true);
    const { image_info_list } = JSON.parse(lastScan()?.body ?? '') as { image_info_list: object[] };
    expect(image_info_list).toEqual([expect.objectContaining({ image_name })]);
  });

  it('completes an entry that one image fits, refuses one that several fit, and leaves all others', async () => {
    program = await Program.start(settingsFor(sandbox));
    const { images } = sandbox.estate('cn-north-4');
    const own = images.filter(({ enterprise_project_id }) => enterprise_project_id === '0');
    const [one] = own.filter(({ image_name }) => own.filter((image) => image.image_name === image_name).length === 1);
    const { image_id, image_digest, image_name, image_version } = one ?? {};
    const { structured } = await program.call('batch_scan_local_image', {
      image_info_list: [{ image_name }, { image_id: 'unknown' }, { image_name: 'nobody/has-it' }],
    });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({
      image_info_list: [
        { image_id, image_digest, image_name, image_version },
        { image_id: 'unknown' },
        { image_name: 'nobody/has-it' },
      ],
    });
    expect(structured).toMatchObject({ accepted: true, completed_entries: 1 });
  });

  it('refuses an entry that several images fit, and names them', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ estate: { images: 200, seed: 3 } });
    program = await Program.start({ ...settingsFor(sandbox), HSS_ENTERPRISE_PROJECT_ID: 'all_granted_eps' });
    const { images } = sandbox.estate('cn-north-4');
    const several = images.find(
      ({ image_name }) => image_name !== '' && images.filter((image) => image.image_name === image_name).length > 1,
    );
    const { isError, text } = await program.call('batch_scan_local_image', {
      image_info_list: [{ image_id: 'x' }, { image_name: several?.image_name }],
    });
    expect(isError).toBe(true);
    expect(text).toMatch(/image_info_list\[1\] could mean \d+ images, so nothing was sent/);
    expect(text).toContain('image_digest: ');
    expect(sandbox.count('BatchScanLocalImage')).toBe(0);
  });

  it('sends entries as they are when they cannot be looked up, and says so', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ refused: { ListImageLocal: 'HSS.0013' } });
    program = await Program.start(settingsFor(sandbox));
    const image_info_list = [{ image_name: 'nginx' }];
    const { structured } = await program.call('batch_scan_local_image', { image_info_list });
    expect(structured.accepted).toBe(true);
    expect(structured.warnings.join()).toContain('could not be looked up');
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ image_info_list });
  });

  it('says of a key that may only read that scanning is another permission, and which', async () => {
    await sandbox.close();
    sandbox = await Sandbox.start({ refused: { BatchScanLocalImage: 'HSS.0013' } });
    program = await Program.start(settingsFor(sandbox));
    expect((await program.call('list_local_images')).isError).toBeFalsy();
    const { isError, text } = await program.call('batch_scan_local_image', EXAMPLE);
    expect(isError).toBe(true);
    expect(text).toContain('The scan request was refused, so no scan was started by it.');
    expect(text).toContain('Reading and scanning are different permissions: this key may be one that only reads.');
    expect(text).toContain('BatchScanLocalImage needs hss:images:set (inferred, not documented)');
    expect(text).toContain('HSS_READ_ONLY=true');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('passes every combination of the fields on as it is, where filters are sent', async () => {
    program = await Program.start({ ...settingsFor(sandbox), ...SENDING });
    const FILTERS = {
      image_name: 'app',
      image_version: 'v1',
      local_image_type: 'swr_image',
      scan_status: 'download_failed',
      image_size: 5,
      start_latest_update_time: 1_700_000_000_000,
      end_latest_update_time: 1_800_000_000_000,
      start_latest_scan_time: 1_700_000_000_001,
      end_latest_scan_time: 1_800_000_000_001,
    };
    const selectors = [{}, { operate_all: true }, EXAMPLE, { image_info_list: EXAMPLE.image_info_list }];
    // Every one alone, with its neighbour, all but it, and all.
    const names = Object.keys(FILTERS);
    const subsets = [
      names,
      ...names.flatMap((name, at) => [[name], names.slice(at, at + 2), names.filter((one) => one !== name)]),
    ];
    for (const subset of subsets) {
      const filters = Object.fromEntries(Object.entries(FILTERS).filter(([name]) => subset.includes(name)));
      for (const selector of selectors) {
        const body = { ...selector, ...filters };
        const { isError, text } = await program.call('batch_scan_local_image', body);
        expect(isError, text).toBeFalsy();
        expect(JSON.parse(lastScan()?.body ?? '')).toEqual(body);
      }
    }
  });

  it('takes the zeros and empty ranges of clients that force every field for absent', async () => {
    program = await Program.start(settingsFor(sandbox));
    const forced = {
      operate_all: false,
      image_name: '',
      image_version: '',
      image_size: 0,
      start_latest_update_time: 0,
      end_latest_update_time: 0,
      start_latest_scan_time: '0',
      end_latest_scan_time: '0',
      enterprise_project_id: '',
      region: '',
      confirm_image_count: 0,
    };
    const { structured } = await program.call('batch_scan_local_image', { ...forced, ...EXAMPLE });
    expect(structured).toMatchObject({ accepted: true, mode: 'list' });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ ...EXAMPLE, operate_all: false });
    const nothing = await program.call('batch_scan_local_image', { ...forced, image_info_list: [] });
    expect(nothing.text).toContain('Nothing is selected');
    const { operate_all: _all, confirm_image_count: _count, ...filters } = forced;
    const { selection_id } = (await program.call('list_local_images', { ...filters, select: true, limit: 0 }))
      .structured;
    const { structured: flat } = await program.call('batch_scan_local_image', {
      ...forced,
      dry_run: true,
      selection_id,
    });
    // One of the twelve cannot be scanned.
    expect(flat).toMatchObject({ mode: 'selection', image_count: 11 });
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('accepts arguments as models send them, and sends them clean', async () => {
    program = await Program.start({ ...settingsFor(sandbox), ...SENDING });
    await program.call('batch_scan_local_image', {
      operate_all: 'TRUE',
      image_info_list: [],
      image_name: '',
      scan_status: null,
      image_size: '5',
      _meta: 1,
    });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ operate_all: true, image_size: 5 });
    await program.call('batch_scan_local_image', {
      image_info_list: JSON.stringify([{ image_id: 'x', image_name: null }]),
    });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ image_info_list: [{ image_id: 'x' }] });
    await program.call('batch_scan_local_image', { image_info_list: { image_id: 'y' } });
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ image_info_list: [{ image_id: 'y' }] });
  });

  it('takes the enterprise project of the settings, unless the call names one', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_ENTERPRISE_PROJECT_ID: 'all_granted_eps' });
    expect((await program.call('batch_scan_local_image', EXAMPLE)).structured.enterprise_project_id).toBe(
      'all_granted_eps',
    );
    await program.call('batch_scan_local_image', { ...EXAMPLE, enterprise_project_id: '0' });
    expect(lastScan()?.target).toMatch(/enterprise_project_id=0$/);
  });

  it('sends each region to its own endpoint, project and header', async () => {
    const { HSS_ENDPOINT: _endpoint, ...rest } = settingsFor(sandbox);
    program = await Program.start({
      ...rest,
      HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_4: sandbox.hssEndpoint('cn-north-4'),
      HUAWEICLOUD_SDK_REGION_HSS_EU_WEST_101: sandbox.hssEndpoint('eu-west-101'),
    });
    const { structured } = await program.call('batch_scan_local_image', { ...EXAMPLE, region: 'eu-west-101' });
    expect(structured).toMatchObject({ region: 'eu-west-101', project_id: sandbox.projectId('eu-west-101') });
    expect(lastScan()).toMatchObject({ region: 'eu-west-101', headers: { region: 'eu-west-101' }, status: 200 });
    await program.call('list_local_images');
    expect(sandbox.requests.at(-1)).toMatchObject({ region: 'cn-north-4', status: 200 });
  });

  it('refuses another region where endpoint or token belong to one', async () => {
    program = await Program.start(settingsFor(sandbox));
    expect((await program.call('list_local_images', { region: 'eu-west-101' })).text).toContain(
      'HSS_ENDPOINT fixes the endpoint of cn-north-4',
    );
    expect(sandbox.requests).toHaveLength(0);
  });
});

describe('a long list', () => {
  const start = async (env: Record<string, string> = {}) => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow', ...env });
  };
  const images = (count: number) => Array.from({ length: count }, (_, index) => ({ image_id: `id-${index}` }));

  it('of up to 500 images is one request', async () => {
    program = await Program.start(settingsFor(sandbox));
    await program.call('batch_scan_local_image', { image_info_list: images(500) });
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
    const beyond = await program.call('batch_scan_local_image', { image_info_list: images(501) });
    expect(beyond.structured).toMatchObject({ accepted: false, image_count: 501 });
    expect(beyond.text).toContain('confirm_image_count: 501');
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('goes out in batches of 500, one after another, nothing lost', async () => {
    await start();
    const { structured } = await program.call('batch_scan_local_image', {
      image_info_list: images(10_000),
      operate_all: false,
    });
    expect(structured).toMatchObject({ accepted: true, image_count: 10_000 });
    expect(structured.request_ids).toHaveLength(20);
    const sent = sandbox.requests.map(
      (request) => JSON.parse(request.body) as { image_info_list: object[]; operate_all: boolean },
    );
    expect(sent.every((body) => body.image_info_list.length === 500 && body.operate_all === false)).toBe(true);
    expect(sent.flatMap((body) => body.image_info_list)).toEqual(images(10_000));
  });

  it('stops at the first failure and says what was accepted, uncertain and not sent', async () => {
    await start({ HSS_MAX_RETRIES: '0' });
    sandbox.inject({ kind: 'delay', ms: 0, operation: 'BatchScanLocalImage' });
    sandbox.inject({ kind: 'reset-after', operation: 'BatchScanLocalImage' });
    const { structured, text, isError } = await program.call('batch_scan_local_image', {
      image_info_list: images(1200),
    });
    expect(isError).toBeFalsy();
    expect(structured).toMatchObject({
      accepted: false,
      batches: [
        { first: 0, last: 499, outcome: 'accepted' },
        { first: 500, last: 999, outcome: 'uncertain' },
        { first: 1000, last: 1199, outcome: 'not_sent' },
      ],
    });
    expect(text).toContain('entries 500 to 999 of image_info_list uncertain');
    expect(sandbox.count('BatchScanLocalImage')).toBe(2);
    // The same selection goes on where it is safe.
    const { selection_id } = structured;
    expect(structured.next).toContain(`selection_id: ${selection_id}`);
    const rest = await program.call('batch_scan_local_image', { selection_id });
    expect(rest.structured).toMatchObject({
      batches: [{ outcome: 'accepted' }, { outcome: 'uncertain' }, { outcome: 'accepted' }],
      scan_id: structured.scan_id,
    });
    expect(sandbox.count('BatchScanLocalImage')).toBe(3);
  });
});

describe('a scan followed to its end', () => {
  it('passes through the states of HSS to success and failed', async () => {
    program = await Program.start({}, { args: ['--sandbox'] });
    const scanned = await program.call('batch_scan_local_image', {
      image_info_list: [
        ...EXAMPLE.image_info_list.slice(1),
        { image_name: 'swr.cn-north-4.myhuaweicloud.com/legacy/billing', image_version: '1.10' },
      ],
    });
    expect(scanned.structured).toMatchObject({ accepted: true, sandbox: true });
    const seen = new Set<string>();
    const deadline = Date.now() + 20_000;
    const watch = async (image_name: string, until: string) => {
      let row: Record<string, unknown> = {};
      while (row.scan_status !== until && Date.now() < deadline) {
        row = (await program.call('list_local_images', { image_name })).structured.images[0] ?? {};
        seen.add(String(row.scan_status));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return row;
    };
    const row = await watch('webshell-ljx', 'success');
    expect([...seen]).toEqual(['unscan', 'waiting', 'scanning', 'success']);
    // Rows give whole seconds.
    const submitted = Math.floor(Date.parse(String(scanned.structured.submitted_at)) / 1000) * 1000;
    expect(Date.parse(String(row.latest_scan_time))).toBeGreaterThanOrEqual(submitted);
    expect(row).toMatchObject({ vul_num: 7, severity_level: 'High' });
    expect(await watch('billing', 'failed')).toMatchObject({
      scan_failed_desc: 'failed_to_match_agent',
    });
    const { text } = await program.call('list_local_images', { image_name: 'billing' });
    expect(text).toContain('failed_to_match_agent: enable HSS container edition');
  });
});
