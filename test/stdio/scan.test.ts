import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import { officialSign } from '../support/official-signer.js';
import { Program, settingsFor } from '../support/program.js';

const EXAMPLE = {
  image_info_list: [
    {
      image_name: 'swr.cn-north-7.myhuaweicloud.com/scc_hss_container/install-hss-agent',
      image_version: '1.0.10.x86_64',
      image_digest: 'sha256:05b5081012e562d14c374de2a4c74511f9e8e0adc572d3b35fb3df06de0da63b',
      image_id: 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
    },
    {
      image_name: 'swr.cn-north-7.myhuaweicloud.com/glz/webshell-ljx',
      image_version: 'v1',
      image_digest: 'sha256:ce0b5d91b072730d0bc9518f11efd07eb7fdb9f43251e11a96cab5b1918b7044',
      image_id: 'b8722a02-162f-4e4e-8100-127605e3a07b',
    },
  ],
  operate_all: false,
};

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
    ).toEqual(['GET /v3/projects?name=cn-north-4']);
  });

  it('fetches one token for an IAM user and takes the project from it', async () => {
    const { CLOUD_SDK_AK: _ak, CLOUD_SDK_SK: _sk, HSS_PROJECT_ID: _id, ...rest } = settingsFor(sandbox);
    const user = { HSS_IAM_USER: 'EXAMPLEUSER', HSS_IAM_PASSWORD: 'EXAMPLEPASSWORD', HSS_IAM_DOMAIN: 'EXAMPLEDOMAIN' };
    program = await Program.start({ ...rest, ...user });
    const results = await Promise.all(Array.from({ length: 50 }, () => program.call('list_local_images')));
    expect(results.every((result) => !result.isError)).toBe(true);
    expect(sandbox.count('KeystoneCreateUserTokenByPassword')).toBe(1);
    expect(sandbox.count('KeystoneListProjects')).toBe(0);
  });

  it('passes times and sizes beyond 2^31 and beyond 2^32 unharmed', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow' });
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
    expect(structured.images).toMatchObject([{ image_size: 9_876_543_210, image_size_text: '9.2 GiB' }]);
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
    const list = sandbox.requests.findLast((request) => request.operation === 'ListImageLocal');
    expect(new URL(list?.target ?? '', 'http://h').searchParams.get('image_name')).toBe(image_name);
    const scanned = await program.call('batch_scan_local_image', { image_info_list: [{ image_name }] });
    expect(scanned.structured.accepted).toBe(true);
    expect(JSON.parse(lastScan()?.body ?? '')).toEqual({ image_info_list: [{ image_name }] });
  });

  it('accepts arguments as models send them, and sends them clean', async () => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow' });
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
  const images = (count: number) => Array.from({ length: count }, (_, index) => ({ image_id: `id-${index}` }));

  it('of up to 500 images is one request', async () => {
    program = await Program.start(settingsFor(sandbox));
    await program.call('batch_scan_local_image', { image_info_list: images(500) });
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('goes out in batches of 500, one after another, nothing lost', async () => {
    program = await Program.start(settingsFor(sandbox));
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
    program = await Program.start({ ...settingsFor(sandbox), HSS_MAX_RETRIES: '0' });
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
  });
});

describe('bad input', () => {
  const right = { image_info_list: [{ image_id: 'x' }] };
  it.each<[string, object, RegExp]>([
    [
      'a wrong enum',
      { ...right, scan_status: 'sucess' },
      /scan_status must be one of .*not "sucess"\. Did you mean success/,
    ],
    ['nothing selected', {}, /Nothing is selected: image_info_list is empty and operate_all is not true/],
    ['an empty list', { image_info_list: [], operate_all: false }, /Nothing is selected/],
    ['a contradiction', { ...right, operate_all: true }, /operate_all is true and image_info_list is given/],
    [
      'an entry that identifies nothing',
      { image_info_list: [{ image_id: 'x' }, { image_version: 'v1' }] },
      /image_info_list\[1\] identifies no image/,
    ],
    ['an empty entry', { image_info_list: [null] }, /image_info_list\[0\] must be of type object/],
    [
      'start after end',
      { operate_all: true, start_latest_scan_time: 1_800_000_000_000, end_latest_scan_time: 1_700_000_000_000 },
      /start_latest_scan_time \(1800000000000\) is after end_latest_scan_time/,
    ],
    [
      'seconds',
      { operate_all: true, start_latest_update_time: 1_700_000_000 },
      /start_latest_update_time 1700000000 looks like seconds.*start_latest_update_time: 1700000000000/s,
    ],
    ['an unknown key', { ...right, operate_al: true }, /operate_al is not a field; did you mean operate_all\?/],
    [
      'an unknown key of an entry',
      { image_info_list: [{ imageId: 'x' }] },
      /image_info_list\[0\]\.imageId is not a field; did you mean image_id\?/,
    ],
    [
      'a number for a version',
      { image_info_list: [{ image_name: 'x', image_version: 1.1 }] },
      /image_info_list\[0\]\.image_version must be text, not the number 1\.1/,
    ],
    ['a fraction', { operate_all: true, image_size: 1.5 }, /image_size must be a whole number/],
    ['a number that a double cannot hold', { operate_all: true, image_size: '9223372036854775807' }, /image_size/],
    ['a negative size', { operate_all: true, image_size: -1 }, /image_size must be at least 0/],
    [
      '10,001 entries',
      { image_info_list: Array.from({ length: 10_001 }, () => ({ image_id: 'x' })) },
      /image_info_list must have at most 10000 entries, not 10001/,
    ],
    [
      'a 5 MB string',
      { image_info_list: [{ image_name: 'x'.repeat(5_000_000) }] },
      /image_info_list\[0\]\.image_name must have at most 512 characters, not 5000000/,
    ],
    ['a prototype key', JSON.parse('{"__proto__x": 1, "constructor": 2}'), /constructor is not a field/],
    ['a bad region', { ...right, region: '../x' }, /region "\.\.\/x" is not a region id/],
  ])('%s is one clear error, and nothing is sent', async (_, args, message) => {
    program = await Program.start({ ...settingsFor(sandbox), HSS_SCAN_ALL: 'allow' });
    const { isError, text, structuredContent } = await program.call('batch_scan_local_image', args);
    expect(isError).toBe(true);
    expect(structuredContent).toBeUndefined();
    expect(text).toMatch(message);
    expect(text).toContain('no scan was started');
    expect(text).toMatch(/^Next: ./m);
    expect(text.length).toBeLessThan(2000);
    expect(sandbox.requests).toHaveLength(0);
  });

  it.each<[object, RegExp]>([
    [{ image_version: 'v1' }, /image_version is given without image_name/],
    [{ start_latest_scan_time: 1_700_000_000_000 }, /given without end_latest_scan_time/],
    [
      { scan_status: 'image_oversized' },
      /scan_status must be one of unscan, success, scanning, failed, waiting_for_scan/,
    ],
    [{ limit: 201 }, /limit must be at most 200/],
    [{ offset: -1 }, /offset must be at least 0/],
    [{ hostname: 'x' }, /hostname is not a field; did you mean host_name/],
  ])('list_local_images refuses %j', async (args, message) => {
    program = await Program.start(settingsFor(sandbox));
    const { isError, text } = await program.call('list_local_images', args);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(sandbox.requests).toHaveLength(0);
  });

  it('bad settings are one clear error that names the variable, and tools/list still answers', async () => {
    program = await Program.start({ HW_ACCESS_KEY: 'EXAMPLEAK', HSS_REGION: '<YOUR REGION>' });
    expect((await program.request('tools/list')).tools).toHaveLength(CATALOGUE.length);
    const { isError, text } = await program.call('batch_scan_local_image', right);
    expect(isError).toBe(true);
    expect(text).toContain('HW_ACCESS_KEY is set but HW_SECRET_KEY is not');
    expect(text).toContain('HSS_REGION still holds a placeholder');
    expect(text).toContain('The owner of the settings');
    expect(text).toContain('--sandbox');
  });

  it('a bad behaviour setting is no less an error with the embedded HSS', async () => {
    program = await Program.start({ HSS_READ_ONLY: 'maybe' }, { args: ['--sandbox'] });
    const { isError, text } = await program.call('batch_scan_local_image', right);
    expect(isError).toBe(true);
    expect(text).toContain('HSS_READ_ONLY must be true or false, not "maybe"');
  });
});

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
    expect(question).toContain('Region: cn-north-4');
    expect(question).toContain('Enterprise project: 0 (default)');
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
    [{ start_latest_scan_time: 1_700_000_000_000 }, 'ignores start_latest_scan_time without end_latest_scan_time'],
    [{ image_version: 'v1' }, 'ignores image_version without image_name'],
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
    expect(Number(row.latest_scan_time)).toBeGreaterThanOrEqual(Date.parse(String(scanned.structured.submitted_at)));
    expect(row).toMatchObject({ vul_num: 7, severity_level: 'High', findings: '7 vulnerabilities, risk High' });
    expect(await watch('billing', 'failed')).toMatchObject({
      scan_failed_desc: 'failed_to_match_agent',
      advice: expect.stringContaining('agent online'),
    });
    const { text } = await program.call('list_local_images', { image_name: 'billing' });
    expect(text).toContain('failed_to_match_agent: enable HSS container edition');
  });
});
