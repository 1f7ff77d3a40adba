import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import type { Completeness } from '../../src/findings/completeness.js';
import type { LocalImage } from '../../src/hss/models.js';
import type { BodyOrder, ImagesOrder } from '../../src/images/order.js';
import { incompleteOf, stoppedBy } from '../../src/present/completeness.js';
import { notesOnNames } from '../../src/present/names.js';
import { readableSize } from '../../src/present/readable.js';
import { present } from '../../src/present/result.js';
import { scanQuestion } from '../../src/present/scan-question.js';
import { tableOf } from '../../src/present/table.js';
import { speak } from '../../src/words/language.js';

afterEach(() => speak('en'));

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const images: readonly LocalImage[] = ['one', 'two'].map((host_id) => ({ host_id, host_num: 1, container_num: 3 }));
const selection = { id: 'sel_1', images, origin: 'filters', region: 'cn-north-4' } as const;
const order: ImagesOrder = { kind: 'images', mode: 'selection', selection, images, leftOut: [], completed: 0 };
const all: BodyOrder = { kind: 'body', mode: 'all', filters: {}, count: undefined, before: undefined };

const failure = new Failure('HSS 暂时不可用。', {
  source: 'passing',
  effect: 'not_sent',
  retry: true,
  next: '请稍后重试。',
});
const read = (count: number, of: number | undefined) => ({ read: count, of });
const completeness: Completeness = {
  complete: false,
  asOf: new Date(0),
  images: read(500, 500),
  unhandled: { Critical: read(46, 46), High: read(80, 80), Medium: read(10, 120), Low: read(3, undefined) },
  handled: { Critical: read(0, 0), High: read(0, 0), Medium: read(0, 0), Low: read(0, undefined) },
  requestsLeft: 7,
  readyInSeconds: 40,
  failure: undefined,
};

describe('the question before a scan, in Chinese', () => {
  it('is asked in whole', () => {
    speak('zh');
    expect(scanQuestion(order, { image_name: '支付', image_version: 'v1' }, scope)).toBe(
      [
        '是否通过华为云企业主机安全（HSS）扫描选择集 sel_1 中的镜像？',
        '区域："cn-north-4"。企业项目："0"。',
        '筛选条件：image_name = "支付"，image_version = "v1"。',
        '镜像：2 个。主机：2 台。容器：6 个。',
      ].join('\n'),
    );
    expect(scanQuestion(all, {}, scope)).toBe(
      [
        '是否通过华为云企业主机安全（HSS）扫描全部本地镜像？',
        '区域："cn-north-4"。企业项目："0"。',
        '镜像：数量无法统计。',
      ].join('\n'),
    );
  });
});

describe('what is incomplete', () => {
  it('is told in the language that is spoken, and in another one where it is asked for', () => {
    const english =
      'all 500 images; vulnerabilities whose images were read: all Critical and High, 10 of 120 Medium, 3 so far of Low; ' +
      '7 requests to HSS are left. Numbers can grow and the order can change';
    const chinese =
      '镜像已全部读取（500 个）；已读取所影响镜像的漏洞：Critical、High 全部，Medium 10/120 个，Low 3 个，总数未知；' +
      '还需向 HSS 发送 7 次请求。数量可能增加，排序可能变化';
    expect(incompleteOf(completeness, { depth: 'Low', lacks: 'numbers' })?.why).toBe(english);
    expect(incompleteOf(completeness, { depth: 'Low', lacks: 'numbers' }, 'zh')?.why).toBe(chinese);
    speak('zh');
    expect(incompleteOf(completeness, { depth: 'Low', lacks: 'numbers' })?.why).toBe(chinese);
    expect(incompleteOf({ ...completeness, failure }, { lacks: 'images' })?.why).toBe(
      '镜像已全部读取（500 个）；还需向 HSS 发送 7 次请求。镜像可能不全。HSS 暂时不可用',
    );
    expect(incompleteOf(completeness, { affectedImages: read(200, 700), lacks: 'affected' })?.why).toBe(
      '受影响的镜像已读取 200/700 个；还需向 HSS 发送 7 次请求。可能还有其他镜像受影响',
    );
    expect(stoppedBy(failure, 1, 2).why).toBe('HSS 暂时不可用');
  });
});

describe('a result in Chinese', () => {
  it('says what did not fit, how to go on, and what is missing', () => {
    speak('zh');
    const rows = Array.from({ length: 100 }, (_, row) => ({ text: `${row} ${'长'.repeat(400)}` }));
    const columns = [{ name: 'text', value: ({ text }: { text: string }) => text }];
    const { text, structured } = present(
      {
        scope,
        summary: '共 100 行。',
        facts: { warnings: [], counts: { images: 1, hosts: 2 } },
        tables: [tableOf('rows', rows, columns, { total: 100, page: { offset: 0, limit: 100 } })],
        next: '没有后续操作。',
        incomplete: { read: 1, of: 2, why: '镜像可能不全', ready_in: 5 },
      },
      false,
    );
    expect(structured.notes).toEqual([expect.stringMatching(/^篇幅所限，本页 100 行中只显示 \d+ 行。$/)]);
    expect(structured.next).toMatch(/^如需更多行，请以 offset \d+ 再次调用。没有后续操作。$/);
    expect(text).toContain('结果不完整（1/2）：镜像可能不全。请在 5 秒后再次查询其余部分。');
    expect(text).toContain('warnings：无；counts：images 1，hosts 2；region：cn-north-4');
  });

  it('names what may not match, and sizes', () => {
    speak('zh');
    expect(notesOnNames(undefined, [{ field: 'app_name', part: 'libssl' }])).toEqual([
      '该 app_name 含有特殊字符，HSS 可能无法匹配。请尝试其中一部分：app_name "libssl"。',
    ]);
    expect([readableSize(12), readableSize(2048)]).toEqual(['12 字节', '2.0 KiB']);
  });
});
