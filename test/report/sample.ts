import type { Report, ReportGroup, ReportImage } from '../../src/report/report.js';

/** An image with what a name can be; the other fields are ordinary. */
export function image(name: string, more: Partial<ReportImage> = {}): ReportImage {
  return {
    image_name: name,
    image_version: 'v1',
    image_id: `id of ${name.slice(0, 40)}`,
    image_digest: `sha256:${'a'.repeat(64)}`,
    scan_status: 'success',
    latest_scan_time: '2026-01-02T03:04:05Z',
    scanned: true,
    containers: 1,
    ...more,
  };
}

/** A report whose every text is `text`: one image with an open finding, one with a handled one, one never scanned. */
export function reportOf(text: string, more: Partial<Report> = {}): Report {
  const open = image(text, { image_version: text });
  const handled = image(`${text}2`, { containers: 0 });
  const never = image(`${text}3`, { scanned: false, scan_status: 'failed', scan_failed_desc: text });
  const vulnerability = {
    vul_id: text || 'CVE-2026-1',
    type: 'linux_vul',
    severity_level: 'Critical',
    vul_name: text,
    cve_ids: [text, 'CVE-2026-2'],
    max_cvss_score: 9.8,
    description: text,
    fix: text,
  } as const;
  const groups: readonly ReportGroup[] = [{ vulnerability, open: [open], handled: [handled] }];
  return {
    title: text,
    program: { name: 'huaweicloud-hss-mcp', version: '0.0.0' },
    generated_at: '2026-01-02T03:04:05.678Z',
    as_of: '2026-01-02T03:04:05Z',
    scope: { region: 'cn-north-4', image_name: text },
    sandbox: false,
    least: 'Low',
    images: [open, handled, never],
    groups: () => groups,
    upgrades: [
      { rank: 1, package: text, fix: text, critical: 1, high: 0, medium: 0, low: 0, images: 1, containers: 1 },
    ],
    ...more,
  };
}
