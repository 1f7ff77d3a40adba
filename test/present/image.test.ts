import { describe, expect, it } from 'vitest';
import type { LocalImage } from '../../src/hss/models.js';
import { failureAdvice } from '../../src/present/failed-scans.js';
import { findings, IMAGE_COLUMNS, imageDetailColumns } from '../../src/present/image.js';
import { rowOf } from '../../src/present/table.js';

const scanned: LocalImage = { image_id: 'i', scan_status: 'success', latest_scan_time: 1_793_491_200_000 };

describe('an image in a row', () => {
  it.each([{ columns: IMAGE_COLUMNS }, { columns: imageDetailColumns() }])(
    'shows a zero that was counted',
    ({ columns }) => {
      const row = rowOf({ ...scanned, vul_num: 0, container_num: 0 }, columns);
      expect(row).toMatchObject({ vul_num: 0, container_num: 0 });
      expect(row).not.toHaveProperty('component_num');
    },
  );

  it('of an image that was never scanned shows no count of a scan', () => {
    const image = { image_id: 'i', scan_status: 'unscan', latest_scan_time: 0, vul_num: 0, severity_level: 'Security' };
    expect(rowOf(image, IMAGE_COLUMNS)).toEqual({ scan_status: 'unscan', image_id: 'i' });
    expect(findings(image)).toBe('not scanned yet');
  });

  it('shows no zero of what a local scan does not look at', () => {
    const row = rowOf({ ...scanned, unsafe_setting_num: 0, malicious_file_num: 3 }, IMAGE_COLUMNS);
    expect(row).not.toHaveProperty('unsafe_setting_num');
    expect(row).toMatchObject({ malicious_file_num: 3 });
  });

  it('gives a time once, as ISO 8601, and the fields that name the image', () => {
    const named = { image_id: 'i', image_digest: 'sha256:d', image_name: 'n', image_version: 'v' };
    const row = rowOf({ ...scanned, ...named }, IMAGE_COLUMNS);
    expect(row).toMatchObject({ ...named, latest_scan_time: '2026-11-01T00:00:00Z' });
    expect(Object.keys(row).filter((name) => name.endsWith('_text'))).toEqual([]);
  });

  it('tells zero vulnerabilities from an unknown number', () => {
    expect(findings({ ...scanned, vul_num: 0 })).toBe('0 vulnerabilities');
    expect(findings(scanned)).toContain('unknown');
  });
});

describe('advice on failed scans', () => {
  it('stands once for each reason, and only for reasons that are documented', () => {
    const failed = (scan_failed_desc: string) => ({ scan_status: 'failed', scan_failed_desc });
    const advice = failureAdvice([failed('docker_offline'), failed('docker_offline'), failed('made_up'), scanned]);
    expect(advice).toEqual(['docker_offline: start Docker on the host.']);
  });
});
