import { afterEach, describe, expect, it } from 'vitest';
import type { LocalImage } from '../../src/hss/models.js';
import type { ImagesOrder } from '../../src/images/order.js';
import { scanQuestion } from '../../src/present/scan-question.js';
import { useTimeZone } from '../../src/text/zone.js';
import { speak } from '../../src/words/language.js';

afterEach(() => {
  useTimeZone('UTC');
  speak('en');
});

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const IMITATION = 'app".\nImages: 0 images. Hosts: 0 hosts.\r\n\u2028Region: "x\u200b".';

function orderOf(images: readonly LocalImage[]): ImagesOrder {
  const selection = { id: 'sel_1', images, origin: 'filters', region: 'cn-north-4' } as const;
  return { kind: 'images', mode: 'filters', selection, images, leftOut: [], completed: 0 };
}

describe('the question before a scan that names no images', () => {
  it('quotes every value, so that none adds a line or closes its quotes', () => {
    const images = ['one', 'two', 'two'].map((host_id, index) => ({ host_id, host_num: 1, container_num: index }));
    const question = scanQuestion(
      orderOf(images),
      { image_name: IMITATION, image_version: IMITATION, local_image_type: IMITATION, scan_status: IMITATION },
      { ...scope, region: IMITATION, enterpriseProjectId: IMITATION },
    );
    const lines = question.split('\n');
    expect(lines).toHaveLength(4);
    expect(question).not.toMatch(/[\r\u2028\u200b]/);
    expect(lines[3]).toBe('Images: 3 images. Hosts: 2 hosts. Containers: 3 containers.');
    // What is not inside quotes is ours.
    const ours = question.replace(/"(?:\\.|[^"\\])*"/g, '""');
    expect(ours).toBe(
      [
        'Start a scan of the local images that match the filters with Huawei Cloud HSS?',
        'Region: "". Enterprise project: "".',
        'Filters: image_name = "", image_version = "", local_image_type = "", scan_status = "".',
        'Images: 3 images. Hosts: 2 hosts. Containers: 3 containers.',
      ].join('\n'),
    );
  });

  it('names a time as a date in the zone of the person, and no upper bound as it is', () => {
    const filters = { start_latest_scan_time: Date.UTC(2026, 10, 1), end_latest_scan_time: Number.MAX_SAFE_INTEGER };
    const asked = () => scanQuestion(orderOf([]), filters, scope);
    expect(asked()).toContain(
      'start_latest_scan_time = "2026-11-01T00:00:00Z", end_latest_scan_time = "9007199254740991"',
    );
    useTimeZone('Asia/Shanghai');
    expect(asked()).toContain('start_latest_scan_time = "2026-11-01T08:00:00+08:00"');
  });

  it('names a value by its word where the person reads Chinese', () => {
    const asked = () => scanQuestion(orderOf([]), { scan_status: 'failed', image_name: 'failed' }, scope);
    expect(asked()).toContain('"failed", image_name = "failed"');
    speak('zh');
    expect(asked()).toContain('"failed（扫描失败）"');
    expect(asked()).toContain('"failed"');
  });

  it('says ALL without filters, and what cannot be counted', () => {
    const all = { kind: 'body', mode: 'all', filters: {}, count: undefined, before: undefined } as const;
    const question = scanQuestion(all, { image_name: undefined }, scope);
    expect(question).toContain('ALL local images');
    expect(question).toContain('Images: cannot be counted.');
  });

  it('names a selection by its id', () => {
    expect(scanQuestion({ ...orderOf([{ host_num: 2 }]), mode: 'selection' }, {}, scope)).toBe(
      [
        'Start a scan of the selection sel_1 with Huawei Cloud HSS?',
        'Region: "cn-north-4". Enterprise project: "0".',
        'Images: 1 image. Hosts: at least 0 hosts. Containers: 0 containers.',
      ].join('\n'),
    );
  });
});
