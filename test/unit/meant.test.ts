import { afterEach, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/mcp/arguments.js';
import { useTimeZone } from '../../src/text/zone.js';
import { batchScanLocalImage } from '../../src/tools/batch_scan_local_image.js';
import { getVulnerabilityDetails } from '../../src/tools/get_vulnerability_details.js';
import { listLocalImageVulnerabilities } from '../../src/tools/list_local_image_vulnerabilities.js';
import { listLocalImages } from '../../src/tools/list_local_images.js';
import { speak } from '../../src/words/language.js';

afterEach(() => {
  speak('en');
  useTimeZone('UTC');
});

describe('an argument in the words of the console', () => {
  it.each([
    ['scan_status', '未扫描', 'unscan'],
    ['scan_status', '扫描完成', 'success'],
    ['scan_status', '扫描中', 'scanning'],
    ['scan_status', '正在扫描', 'scanning'],
    ['scan_status', '扫描失败', 'failed'],
    ['scan_status', '等待扫描', 'waiting_for_scan'],
    ['scan_status', 'waiting', 'waiting_for_scan'],
    ['scan_status', 'Not scanned', 'unscan'],
    ['scan_status', 'SCAN COMPLETED', 'success'],
    ['scan_status', 'Waiting for scan', 'waiting_for_scan'],
    ['severity_level', '严重', 'Critical'],
    ['severity_level', '高危', 'High'],
    ['severity_level', '中危', 'Medium'],
    ['severity_level', '低危', 'Low'],
    ['severity_level', 'critical', 'Critical'],
    ['local_image_type', 'SWR镜像仓', 'swr_image'],
    ['region', '华北-北京四', 'cn-north-4'],
    ['region', '北京四', 'cn-north-4'],
    ['region', 'CN North-Beijing4', 'cn-north-4'],
    ['region', 'cn north beijing4', 'cn-north-4'],
    ['region', 'Hong Kong', 'ap-southeast-1'],
    ['region', 'cn-north-7', 'cn-north-7'],
  ])('%s %j is %j, whatever is spoken', (field, given, value) => {
    for (const language of ['en', 'zh'] as const) {
      speak(language);
      expect(readArguments(listLocalImages, { [field]: given })).toEqual({ [field]: value });
    }
  });

  it('takes reasons as they are called, and codes that it does not know', () => {
    const scan_failed_desc = ['超大镜像', '镜像不存在或docker接口错误', 'HUGE_IMAGE', 'some_new_reason'];
    expect(readArguments(listLocalImages, { scan_failed_desc })).toEqual({
      scan_failed_desc: ['huge_image', 'image_not_exist_or_docker_api_fault', 'huge_image', 'some_new_reason'],
    });
  });

  it('takes handling states and kinds', () => {
    expect(readArguments(listLocalImageVulnerabilities, { handle_status: '已处理', type: '系统漏洞' })).toEqual({
      handle_status: 'handled',
      type: 'linux_vul',
    });
    expect(readArguments(getVulnerabilityDetails, { vul_id: '高危', type: '应用漏洞' })).toEqual({
      vul_id: '高危',
      type: 'app_vul',
    });
  });

  it('leaves names alone', () => {
    expect(readArguments(listLocalImages, { image_name: '高危', host_name: '今天' })).toEqual({
      image_name: '高危',
      host_name: '今天',
    });
  });

  it('refuses what a tool has no value for, with those that it has', () => {
    speak('zh');
    const waiting = () => readArguments(batchScanLocalImage, { operate_all: true, scan_status: '等待扫描' });
    expect(waiting).toThrow(/unscan（未扫描）.*image_oversized（镜像超大）/s);
    expect(() => readArguments(listLocalImages, { scan_status: '未知' })).toThrow(/waiting_for_scan（等待扫描）/);
    expect(() => readArguments(listLocalImages, { scan_failed_desc: ['镜像太大'] })).toThrow(/huge_image（超大镜像）/);
    expect(() => readArguments(listLocalImages, { region: '华北-北京五' })).toThrow(/华北-北京四（cn-north-4）/);
    expect(() => readArguments(listLocalImages, { severity_level: '安全' })).toThrow(/Critical（严重）/);
    speak('en');
    expect(() => readArguments(listLocalImages, { scan_status: '未知' })).toThrow(
      /scan_status must be one of unscan, success, scanning, failed, waiting_for_scan, not "未知"/,
    );
  });
});

describe('a time as an argument', () => {
  const range = (start: unknown, end: unknown) =>
    readArguments(listLocalImages, { start_latest_scan_time: start, end_latest_scan_time: end });

  it('is a date: its first and its last millisecond in the zone', () => {
    useTimeZone('Asia/Shanghai');
    const whole = {
      start_latest_scan_time: Date.UTC(2026, 9, 31, 16),
      end_latest_scan_time: Date.UTC(2026, 10, 1, 16) - 1,
    };
    expect(range('2026-11-01', '2026-11-01')).toEqual(whole);
    expect(range('2026年11月1日', '2026/11/1')).toEqual(whole);
    expect(range(whole.start_latest_scan_time, String(whole.end_latest_scan_time))).toEqual(whole);
    expect(range('2026-11-01T00:00+08:00', '2026-11-01T15:59:59.999Z')).toEqual(whole);
  });

  it('is a day that is named', () => {
    const { start_latest_scan_time: start = 0, end_latest_scan_time: end = 0 } = range('昨天', 'today');
    expect(end - start).toBe(2 * 86_400_000 - 1);
  });

  it.each(['2026-02-30', 'soon', '2026-11-01 08:00 CST', 'x'.repeat(1_000_000)])('is refused: %.20s', (given) => {
    expect(() => range(given, undefined)).toThrow(/start_latest_scan_time must be a time, not .*"2026-11-01", "today"/);
    speak('zh');
    expect(() => range(given, undefined)).toThrow(/start_latest_scan_time 应为时间/);
  });

  it('is no other number', () => {
    expect(() => readArguments(listLocalImages, { image_size: '2026-11-01' })).toThrow(/image_size must be/);
  });
});
