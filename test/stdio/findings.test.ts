import { describe, expect, it } from 'vitest';
import { ownWorld, sharedWorld } from '../support/worlds.js';

type Row = Record<string, unknown>;
const ALL = { enterprise_project_id: 'all_granted_eps' };

/** For what only reads, whatever was read before. */
const at = sharedWorld();
const rows = (structured: Row, name: string) => structured[name] as Row[];
const imageId = (name: string) =>
  at()
    .sandbox.estate('cn-north-4')
    .images.find((image) => image.image_name.includes(name))?.image_id;

describe('list_local_image_vulnerabilities', () => {
  it('gives every vulnerability once, worst first, over two kinds and several pages', async () => {
    const { sandbox, program } = await ownWorld({ sandbox: { scanMs: 1 } });
    const estate = sandbox.estate('cn-north-4');
    estate.startScans(estate.images.slice(0, 2));
    const seen: Row[] = [];
    let offset: unknown = 0;
    let pages = 0;
    while (offset !== undefined) {
      const { structured } = await program.call('list_local_image_vulnerabilities', { ...ALL, offset });
      seen.push(...rows(structured, 'vulnerabilities'));
      expect(structured.truncated).toBe(structured.next_offset !== undefined);
      expect(structured.total_num).toBeGreaterThan(20);
      offset = structured.next_offset;
      pages += 1;
    }
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(new Set(seen.map((row) => row.vul_id)).size).toBe(seen.length);
    const ranks = seen.map((row) => ['Critical', 'High', 'Medium', 'Low'].indexOf(String(row.severity_level)));
    expect(ranks).toEqual([...ranks].sort());
    expect(new Set(seen.map((row) => row.type))).toEqual(new Set(['linux_vul', 'app_vul']));
  });

  it('asks once for each kind, and only for the severity that is wanted', async () => {
    const { sandbox, program } = await ownWorld();
    const asked = () =>
      sandbox.requests.map((request) => {
        const { searchParams } = new URL(request.target, 'http://h');
        return [searchParams.get('type'), searchParams.get('severity_level')];
      });
    await program.call('list_local_image_vulnerabilities', { ...ALL, limit: 2 });
    expect(asked().sort()).toEqual([
      ['app_vul', null],
      ['linux_vul', null],
    ]);
    await program.call('list_local_image_vulnerabilities', { ...ALL, type: 'app_vul', severity_level: 'Critical' });
    expect(asked().at(-1)).toEqual(['app_vul', 'Critical']);
  });

  it('puts the higher score first within a severity', async () => {
    const { program } = at();
    const { structured } = await program.call('list_local_image_vulnerabilities', {
      ...ALL,
      severity_level: 'Critical',
    });
    const scores = rows(structured, 'vulnerabilities').map((row) => Number(row.max_cvss_score));
    expect(scores[0]).toBe(10);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('agrees for one image with the counts of the image', async () => {
    const { program } = at();
    const { structured } = await program.call('list_local_images', ALL);
    for (const image of structured.images.filter((row) => Number(row.vul_num) > 0)) {
      const found = await program.call('list_local_image_vulnerabilities', { ...ALL, image_id: image.image_id });
      expect(found.structured.total_num, String(image.image_name)).toBe(image.vul_num);
    }
  });

  it.each([
    [{ cve_id: 'CVE-2021-44228' }, ['CVE-2021-44228']],
    [{ severity_level: 'Critical', type: 'linux_vul' }, ['CVE-2023-38545', 'CVE-2022-1586']],
    [{ handle_status: 'handled' }, ['CVE-2022-21351', 'CVE-2023-5678']],
    [{ vul_name: 'nginx', severity_level: 'Medium' }, ['CVE-2021-23017', 'CVE-2023-44487']],
  ])('filters by %j', async (filter, expected) => {
    const { program } = at();
    const { structured } = await program.call('list_local_image_vulnerabilities', filter);
    expect(rows(structured, 'vulnerabilities').map((row) => row.vul_id)).toEqual(expected);
  });

  it('an empty answer is no proof of safety, and says where HSS looked', async () => {
    const { program } = at();
    const { text, structured } = await program.call('list_local_image_vulnerabilities', {
      image_id: imageId('install-hss-agent'),
    });
    for (const part of [text, JSON.stringify(structured.notes)]) {
      expect(part).toContain('no proof of safety');
      expect(part).toContain('all_granted_eps');
    }
  });
});

describe('get_local_image_details', () => {
  it('shows packages worst first, hosts and containers, and the baseline only when asked for', async () => {
    const { sandbox, program } = await ownWorld();
    const { structured, text } = await program.call('get_local_image_details', {
      image_name: 'nginx',
      image_version: '1.21.0',
    });
    expect(structured).toMatchObject({
      image: { image_name: 'nginx', vul_num: 3 },
      packages: [
        { app_name: 'nginx', vul_num: 2 },
        { app_name: 'pcre2', vul_num: 1 },
      ],
      hosts: [{ host_name: 'prod-cce-node-01', agent_status: 'online' }, { host_name: 'prod-cce-node-02' }],
      total_num: { packages: 2, hosts: 2, containers: 2 },
      truncated: false,
    });
    expect(structured).not.toHaveProperty('baseline');
    expect(sandbox.count('ListImageRiskConfigs')).toBe(0);
    expect(text).toContain('call list_local_image_vulnerabilities with its image_id');
    const baseline = await program.call('get_local_image_details', { image_name: 'nginx', include: 'baseline' });
    expect(baseline.structured).toMatchObject({ baseline: [], total_num: { baseline: 0 } });
    for (const part of [baseline.text, JSON.stringify(baseline.structured.notes)])
      expect(part).toContain('not covered by a local scan, or no data');
    expect(baseline.structured).not.toHaveProperty('packages');
  });

  it('reports a part that fails in its place and keeps the others', async () => {
    const { sandbox, program } = await ownWorld();
    const body = JSON.stringify({ error_code: 'HSS.0013', error_msg: '权限不足' });
    sandbox.inject({ kind: 'respond', status: 400, body, operation: 'ListLocalImageHosts' });
    const { structured, text, isError } = await program.call('get_local_image_details', { image_name: 'nginx' });
    expect(isError).toBeFalsy();
    expect(structured.failed_parts).toMatchObject({
      hosts: expect.stringContaining('HSS.0013: insufficient permission'),
    });
    expect(structured).not.toHaveProperty('hosts');
    expect(rows(structured, 'packages')).toHaveLength(2);
    expect(text).toContain('failed_parts: hosts Could not be read');
  });

  it('reads findings by severity, of the index, and asks nothing more when they were read', async () => {
    const { sandbox, program } = at();
    const args = { image_name: 'mysql', include: ['findings'] };
    const { structured, text } = await program.call('get_local_image_details', args);
    expect(structured.image).toMatchObject({ critical: 0, high: 1, medium: 0, low: 0, handled: 1 });
    for (const part of [text, JSON.stringify(structured.notes)]) expect(part).toContain('they are not fixed');
    const asked = sandbox.requests.length;
    await program.call('get_local_image_details', args);
    expect(sandbox.requests.slice(asked).map(({ operation }) => operation)).toEqual(['ListImageLocal']);
  });

  it('counts nothing of an image that was never scanned, and asks nothing', async () => {
    const { sandbox, program } = await ownWorld();
    const image_id = imageId('install-hss-agent');
    const { structured } = await program.call('get_local_image_details', { ...ALL, image_id, include: ['findings'] });
    for (const name of ['critical', 'high', 'medium', 'low', 'handled'])
      expect(structured.image).not.toHaveProperty(name);
    expect(sandbox.count('ListGeneralImageVuls')).toBe(0);
  });

  it('never says that nothing is left where something was handled', async () => {
    const { sandbox, program } = await ownWorld();
    const runner = { ...ALL, image_name: 'gitlab/gitlab-runner' };
    const body = (vul_num: number) => ({
      total_num: 1,
      data_list: [{ ...(structured.image as Row), vul_num, latest_scan_time: 1_793_491_200_000 }],
    });
    const { structured } = await program.call('get_local_image_details', { ...runner, include: ['findings'] });
    expect(structured.image).toMatchObject({ handled: 1 });
    sandbox.inject({ kind: 'respond', status: 200, body: JSON.stringify(body(0)), operation: 'ListImageLocal' });
    const { text } = await program.call('get_local_image_details', { ...runner, include: ['findings'] });
    expect(text).toContain('handle_status handled');
    expect(text).not.toContain('Nothing is left to do');
  });

  it.each(['whole', 'one_field_each'] as const)(
    'shows failed rules of the baseline with their remedy, most severe first (%s)',
    async (checkInfo) => {
      const { sandbox, program } = await ownWorld({ sandbox: { baseline: 'some', checkInfo } });
      const image_id = imageId('mysql');
      const { structured, text } = await program.call('get_local_image_details', {
        ...ALL,
        image_id,
        include: ['baseline'],
      });
      const failed = rows(structured, 'baseline').reduce((sum, row) => sum + Number(row.failed_rule_num), 0);
      expect(failed).toBeGreaterThan(1);
      expect(structured.total_num).toMatchObject({ failed_rules: failed });
      expect(rows(structured, 'failed_rules')).toHaveLength(failed);
      expect(rows(structured, 'failed_rules')[0]).toMatchObject({
        severity: 'High',
        check_rule_name: 'Ensure that no account has an empty password',
        current_value: ['deploy'],
        suggest_value: ['no account'],
        remediation: 'Set a password for the account or lock it with passwd -l.',
      });
      expect(text).toContain('lock it with passwd -l');
      expect(sandbox.count('ListImageRiskConfigRules')).toBe(rows(structured, 'baseline').length);
      expect(sandbox.count('ShowImageCheckRuleDetail')).toBe(failed);
    },
  );

  const refused = (operation: string) => ({ refused: { [operation]: 'HSS.0013' } }) as const;
  it.each([
    ['ListGeneralImageVuls', 'findings', 'packages'],
    ['ListContainerNodes', 'protection', 'hosts'],
    ['ListImageRiskConfigs', 'baseline', 'hosts'],
    ['ListImageRiskConfigRules', 'failed_rules', 'baseline'],
    ['ShowImageCheckRuleDetail', 'remediation', 'failed_rules'],
  ])('when %s is refused, %s says so and %s stays', async (operation, part, other) => {
    const { program } = await ownWorld({ sandbox: { baseline: 'some', ...refused(operation) } });
    const include = ['findings', 'packages', 'hosts', 'containers', 'baseline'];
    const { structured, text } = await program.call('get_local_image_details', { image_name: 'mysql', include });
    expect(Object.keys(structured.failed_parts as Row)).toEqual([part]);
    expect(structured.failed_parts).toMatchObject({ [part]: expect.stringContaining('HSS.0013') });
    expect(rows(structured, other).length).toBeGreaterThan(0);
    expect(structured).not.toHaveProperty('incomplete');
    if (part === 'findings') expect(structured.image).not.toHaveProperty('high');
    else expect(structured.image).toMatchObject({ high: 1 });
    if (part === 'remediation') expect(text).toContain('remedies were read of 0 of');
  });

  it('does not claim that a package-less unscanned image has none', async () => {
    const { program } = at();
    const { text } = await program.call('get_local_image_details', {
      image_name: 'install-hss-agent',
      include: ['packages'],
    });
    expect(text).toMatch(/No such image/);
    const name = 'swr.cn-north-7.myhuaweicloud.com/scc_hss_container/install-hss-agent';
    const found = await program.call('get_local_image_details', { image_name: name, include: ['packages'] });
    expect(found.text).toContain('unknown, because the image was never scanned');
    expect(found.text).toContain('Scan it with batch_scan_local_image');
  });

  it.each<[object, RegExp]>([
    [{}, /No image is named/],
    [{ image_id: 'gone' }, /No such image in region cn-north-4\..*only in enterprise project 0/s],
    [
      { image_name: 'nginx', include: ['pakages'] },
      /include\[0\] must be one of findings, packages, hosts, containers, baseline, not "pakages"\. Did you mean packages/,
    ],
  ])('refuses %j', async (args, message) => {
    const { program } = at();
    const { isError, text } = await program.call('get_local_image_details', args);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
  });
});

describe('get_vulnerability_details', () => {
  const LOG4SHELL = { vul_id: 'CVE-2021-44228', type: 'app_vul' };

  it('shows CVEs, affected images, packages with paths, and the fix', async () => {
    const { program } = at();
    const { structured, text } = await program.call('get_vulnerability_details', { ...LOG4SHELL, ...ALL });
    expect(structured).toMatchObject({
      vulnerability: {
        severity_level: 'Critical',
        max_cvss_score: 10,
        solution_detail: 'Update log4j-core to 2.17.1 or later and build the image again.',
      },
      cves: [
        {
          cve_id: 'CVE-2021-44228',
          cvss_score: 10,
          publish_time: '2021-12-10T00:00:00Z',
          description: expect.any(String),
        },
      ],
      total_num: 2,
      truncated: false,
    });
    expect(rows(structured, 'images').map((image) => image.image_version)).toEqual(['2.3.1', '0.9.4']);
    expect(rows(structured, 'packages')[0]).toMatchObject({
      app_name: 'log4j-core',
      app_version: '2.14.1',
      app_path: '/app/lib/log4j-core-2.14.1.jar',
    });
    expect(text).toContain('/app/lib/log4j-core-2.14.1.jar');
  });

  it('keeps the other parts when one fails, and fails when all do', async () => {
    const { sandbox, program } = await ownWorld();
    const fault = { kind: 'respond', status: 403, body: '{}' } as const;
    sandbox.inject({ ...fault, operation: 'ListVulnerabilityCve' });
    const { structured } = await program.call('get_vulnerability_details', LOG4SHELL);
    expect(structured).toMatchObject({ failed_parts: { cves: expect.stringContaining('HTTP 403') }, total_num: 1 });
    sandbox.inject({ ...fault, times: Number.POSITIVE_INFINITY });
    // What was read stays; of another vulnerability nothing was.
    const again = await program.call('get_vulnerability_details', LOG4SHELL);
    expect(again.structured).toMatchObject({
      failed_parts: { cves: expect.stringContaining('HTTP 403') },
      total_num: 1,
    });
    const other = { vul_id: 'CVE-2023-38545', type: 'linux_vul' };
    expect((await program.call('get_vulnerability_details', other)).isError).toBe(true);
  });

  it('says who has dealt with it, and takes no handled image for clean', async () => {
    const { program } = at();
    const handled = { ...ALL, vul_id: 'CVE-2022-21351', type: 'app_vul' };
    const { structured, text } = await program.call('get_vulnerability_details', handled);
    expect(structured).toMatchObject({
      open_images: 0,
      handled_images: 1,
      running_images: 0,
      containers: 0,
      total_num: 1,
    });
    expect(rows(structured, 'images')).toMatchObject([
      {
        image_name: 'mysql',
        packages: ['mysql-server 8.0.27'],
        handled: true,
        handle_type: 'ignore',
        user_name: 'EXAMPLEUSER',
        handle_time: '2026-10-21T09:30:00Z',
        remark: 'Not reachable from outside',
      },
    ]);
    for (const part of [text, JSON.stringify(structured.notes)])
      expect(part).toContain('1 image (1 running, 1 container) where it was ignored or put on a white list');
  });

  it('asks for no history where nobody has dealt with it, and twice for nothing that it knows', async () => {
    const { sandbox, program } = await ownWorld();
    await program.call('get_vulnerability_details', { ...LOG4SHELL, ...ALL });
    expect(sandbox.count('ListGeneralImageVulOperations')).toBe(0);
    const asked = sandbox.requests.length;
    const { structured } = await program.call('get_vulnerability_details', { ...LOG4SHELL, ...ALL });
    expect(structured).toMatchObject({ open_images: 2, running_images: 2, containers: 2 });
    expect(sandbox.requests.slice(asked).map(({ operation }) => operation)).toEqual(['ListVulnerabilityCve']);
  });

  it.each([
    ['ListGeneralImageVuls', 'vulnerability', 'cves'],
    ['ListVulAffectImages', 'images', 'cves'],
    ['ListVulAffectImageApps', 'packages', 'images'],
    ['ListGeneralImageVulOperations', 'handlings', 'images'],
    ['ListImageLocal', 'images', 'images'],
  ])('when %s is refused, %s says so and %s stays', async (operation, part, other) => {
    const { program } = await ownWorld({ sandbox: { refused: { [operation]: 'HSS.0013' } } });
    const { structured } = await program.call('get_vulnerability_details', {
      ...ALL,
      vul_id: 'CVE-2022-21351',
      type: 'app_vul',
    });
    expect(Object.keys(structured.failed_parts as Row)).toEqual([part]);
    expect(structured.failed_parts).toMatchObject({ [part]: expect.stringContaining('HSS.0013') });
    expect(rows(structured, other).length).toBeGreaterThan(0);
    const images = { open_images: 0, handled_images: 1, running_images: 0, containers: 0 };
    const known: Row =
      {
        ListVulAffectImages: { open_images: 0 },
        ListGeneralImageVuls: {},
        ListImageLocal: { open_images: 0, handled_images: 1 },
      }[operation] ?? images;
    for (const name of Object.keys(images)) expect(structured[name], name).toBe(known[name]);
    expect(structured.incomplete !== undefined).toBe(part === 'images');
  });

  it('names an id that HSS does not know', async () => {
    const { program } = at();
    const { isError, text } = await program.call('get_vulnerability_details', { vul_id: 'CVE-0', type: 'app_vul' });
    expect(isError).toBe(true);
    expect(text).toContain('HSS knows no vulnerability "CVE-0"');
  });
});

describe('however large the answers of HSS are', () => {
  const long = (length: number) => 'x"\n报'.repeat(length / 4);
  const big = (row: object) => JSON.stringify({ total_num: 1000, data_list: Array.from({ length: 200 }, () => row) });

  it('every result stays under 20,000 characters and is honest about what it left out', async () => {
    const { sandbox, program } = await ownWorld();
    const image = {
      image_id: 'i',
      image_name: 'n',
      image_digest: 'd',
      image_version: 'v',
      scan_status: 'success',
      latest_scan_time: 1,
      non_scan_reason: long(1024),
    };
    const bodies = {
      ListImageLocal: big(image),
      ListGeneralImageVuls: big({
        vul_id: 'CVE-1',
        type: 'app_vul',
        severity_level: 'Critical',
        vul_name: long(400),
        description: long(4000),
        solution_detail: long(4000),
        url: long(400),
        cve_list: Array.from({ length: 100 }, () => ({ cve_id: long(40), cvss: 9 })),
      }),
      ListVulAffectImages: big({ ...image, image_name: long(400) }),
      ListVulAffectImageApps: big({
        app_name: long(200),
        rule: long(400),
        paths: Array.from({ length: 10 }, () => ({ app_path: long(400), app_version: '1' })),
      }),
      ListVulnerabilityCve: big({ cve_id: 'CVE-1', description: long(8000), cvss_score: 9 }),
      ListLocalImageAppInfo: big({ app_name: long(128), app_version: long(128), vul_num: 3 }),
      ListLocalImageHosts: big({ host_name: long(128), host_id: long(128), version: long(128) }),
      ListLocalImageContainers: big({ container_name: long(128), container_id: long(128), pod_name: long(512) }),
    };
    for (const [operation, body] of Object.entries(bodies))
      sandbox.inject({ kind: 'respond', status: 200, body, operation, times: Number.POSITIVE_INFINITY });
    const calls: [string, object][] = [
      ['list_local_images', {}],
      ['list_local_images', { limit: 200 }],
      ['list_local_image_vulnerabilities', { limit: 200 }],
      ['get_local_image_details', { image_name: 'n', include: ['packages', 'hosts', 'containers'] }],
      ['get_vulnerability_details', { vul_id: 'CVE-1', type: 'app_vul' }],
      ['get_local_image_scan_status', { images: [{ image_name: 'n' }] }],
      ['batch_scan_local_image', { image_info_list: [{ image_name: 'n' }], dry_run: true }],
    ];
    for (const [name, args] of calls) {
      const { isError, structured, text } = await program.call(name, args);
      expect(isError, name).toBeFalsy();
      // Each part by itself: a host hands a model one of them.
      expect(text.length, name).toBeLessThan(20_000);
      expect(JSON.stringify(structured).length, name).toBeLessThan(20_000);
      if (name.startsWith('list') || name.includes('details')) expect(structured.truncated, name).toBe(true);
    }
  });
});
