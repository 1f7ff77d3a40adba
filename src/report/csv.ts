import type { Report, ReportGroup, ReportImage } from './report.js';

const COLUMNS = [
  'severity_level',
  'vul_id',
  'type',
  'cve_ids',
  'max_cvss_score',
  'state',
  'image_name',
  'image_version',
  'image_id',
  'image_digest',
  'scan_status',
  'latest_scan_time',
  'containers',
  'fix',
  'open_since',
] as const;

/** A spreadsheet that is told no character set takes the file for one of its own, and Chinese names for noise. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** One line a finding under one header (RFC 4180). A cell that a spreadsheet would run begins with an apostrophe. */
export function* renderCsv(report: Report): Iterable<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.join(',')}${LINE_END}`;
  for (const group of report.groups()) {
    for (const image of group.open) yield lineOf(report, group, image, 'open');
    for (const image of group.handled) yield lineOf(report, group, image, 'handled');
  }
}

function lineOf(report: Report, { vulnerability }: ReportGroup, image: ReportImage, state: 'open' | 'handled'): string {
  const row: Readonly<Record<(typeof COLUMNS)[number], string | number | undefined>> = {
    severity_level: vulnerability.severity_level,
    vul_id: vulnerability.vul_id,
    type: vulnerability.type,
    cve_ids: vulnerability.cve_ids.join(' '),
    max_cvss_score: vulnerability.max_cvss_score,
    state,
    image_name: image.image_name,
    image_version: image.image_version,
    image_id: image.image_id,
    image_digest: image.image_digest,
    scan_status: image.scan_status,
    latest_scan_time: image.latest_scan_time,
    containers: image.containers,
    fix: vulnerability.fix,
    open_since: state === 'open' ? report.openSince?.(vulnerability, image) : undefined,
  };
  return `${COLUMNS.map((name) => cell(row[name])).join(',')}${LINE_END}`;
}

/** What a spreadsheet takes for a formula, also written in full width, and after what some of them take for a separator. */
const FORMULA = /^(?=\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|%])|(?<=[;\t])(?=\s*[=+\-@])/g;

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = value.replace(FORMULA, "'");
  return /[",;\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
