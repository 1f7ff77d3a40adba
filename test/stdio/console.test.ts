import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { Program, settingsFor } from '../support/program.js';

let sandbox: Sandbox;
let chinese: Program;
let english: Program;
beforeAll(async () => {
  sandbox = await Sandbox.start({ scanMs: 200 });
  const settings = settingsFor(sandbox);
  chinese = await Program.start({ ...settings, HSS_LANG: 'zh', HSS_TIME_ZONE: 'Asia/Shanghai' });
  english = await Program.start(settings);
});
afterAll(async () => {
  await chinese?.end();
  await english?.end();
  await sandbox?.close();
});

const ALL = { enterprise_project_id: 'all_granted_eps' };

/** The same in the words of the console and in those of the API. */
const SAID_TWICE: readonly [string, object, object][] = [
  ['list_local_images', { scan_status: '未扫描' }, { scan_status: 'unscan' }],
  ['list_local_images', { scan_status: '等待扫描' }, { scan_status: 'waiting_for_scan' }],
  [
    'list_local_images',
    { scan_status: '扫描失败', region: '华北-北京四' },
    { scan_status: 'failed', region: 'cn-north-4' },
  ],
  [
    'list_local_images',
    { scan_failed_desc: '对应主机未开启容器版防护或Agent离线' },
    { scan_failed_desc: ['failed_to_match_agent'] },
  ],
  ['list_local_images', { severity_level: '高危', select: true }, { severity_level: 'High', select: true }],
  [
    'list_local_images',
    { start_latest_scan_time: '2026-11-02', end_latest_scan_time: '2026-11-02' },
    { start_latest_scan_time: Date.UTC(2026, 10, 1, 16), end_latest_scan_time: Date.UTC(2026, 10, 2, 16) - 1 },
  ],
  [
    'list_local_image_vulnerabilities',
    { severity_level: '严重', type: '应用漏洞', handle_status: '未处理' },
    { severity_level: 'Critical', type: 'app_vul', handle_status: 'unhandled' },
  ],
  ['summarize_local_images', { group_by: 'scan_status' }, { group_by: 'scan_status' }],
];

/** A result with its own texts blotted out, and what changes from call to call. */
function blotted(structured: Readonly<Record<string, unknown>>): unknown {
  const { notes: _notes, next: _next, data_notice: _notice, coverage: _coverage, as_of: _asOf, ...rest } = structured;
  return rest;
}

describe('a conversation in Chinese', () => {
  it.each(SAID_TWICE)('%s with %j finds what %j does, in the same structure', async (name, said, meant) => {
    const [one, other] = [
      await chinese.call(name, { ...ALL, ...said }),
      await english.call(name, { ...ALL, ...meant }),
    ];
    expect(one.isError, one.text).toBeFalsy();
    expect(blotted(one.structured)).toEqual(blotted(other.structured));
  });

  it('finds something where there is something', async () => {
    const { structured } = await chinese.call('list_local_images', { ...ALL, scan_status: '扫描失败' });
    expect(structured.total_num).toBeGreaterThan(0);
  });

  it('names the words of the console beside the values, in both parts', async () => {
    const { text, structured } = await chinese.call('list_local_images', ALL);
    const legend = /^华为云用语：scan_status：.*success=扫描完成/m;
    expect(text).toMatch(legend);
    expect((structured.notes as string[]).join('\n')).toMatch(legend);
  });

  it('says that the level of an image is not the worst of its vulnerabilities', async () => {
    const nginx = { image_name: 'nginx', image_version: '1.21.0', include: ['findings'] };
    const { text, structured } = await chinese.call('get_local_image_details', { ...ALL, ...nginx });
    expect(structured.image).toMatchObject({ severity_level: 'High' });
    expect(text).toContain('severity_level：High=高危');
    expect(text).toContain('没有 Critical，最高为 High');
    expect(text).toMatch(/critical \| high \|.* \| severity_level/);
  });

  it('shows times of the zone in the text and of UTC in the structure', async () => {
    const { text, structured } = await chinese.call('list_local_images', { ...ALL, scan_status: '扫描完成' });
    const [first] = structured.images as { latest_scan_time: string }[];
    expect(first?.latest_scan_time).toMatch(/Z$/);
    const there = new Date(Date.parse(first?.latest_scan_time ?? '') + 8 * 3_600_000).toISOString();
    expect(text).toContain(`${there.slice(0, 19)}+08:00`);
    expect(text).not.toMatch(/T\d\d:\d\d:\d\dZ/);
  });

  it('is refused in Chinese, with what would be right', async () => {
    const wrong = { scan_status: '扫描好了', region: '华北-北京五', start_latest_scan_time: '上周' };
    const { isError, text } = await chinese.call('list_local_images', wrong);
    expect(isError).toBe(true);
    expect(text).toContain('success（扫描完成）');
    expect(text).toContain('华北-北京四（cn-north-4）');
    expect(text).toContain('start_latest_scan_time 应为时间，不能是 "上周"');
  });

  it('takes submitted_at as the text has shown it, and as a date', async () => {
    const images = [{ image_name: 'nginx', image_version: '1.21.0' }];
    for (const submitted_at of ['2026-11-02T08:00:00.000+08:00', '2026-11-02']) {
      const { structured, text } = await chinese.call('get_local_image_scan_status', { ...ALL, images, submitted_at });
      const iso = submitted_at.includes('T') ? '2026-11-02T00:00:00.000Z' : '2026-11-01T16:00:00.000Z';
      expect(structured.submitted_at, text).toBe(iso);
    }
  });
});

it('what is advertised is the same in both languages', async () => {
  expect(await chinese.request('tools/list')).toEqual(await english.request('tools/list'));
});
