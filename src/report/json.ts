import { JSON_FORMAT, JSON_VERSION } from './json-format.js';
import { type Posture, postureOf } from './posture.js';
import type { Report, ReportGroup, ReportImage } from './report.js';

/**
 * Everything, as JSON. The head stands on one line and each row on one of its own: a later report reads an earlier one
 * line by line, however large it is.
 */
export function* renderJson(report: Report): Iterable<string> {
  const { images, groups: _, openSince: __, ...head } = report;
  const posture = postureOf(report);
  yield `{"report":${JSON.stringify({ format: JSON_FORMAT, version: JSON_VERSION, complete: !report.incomplete, ...head, counts: countsOf(posture) })},\n`;
  yield* list('images', images.values());
  yield ',\n';
  yield* list('vulnerabilities', vulnerabilitiesOf(report));
  yield ',\n';
  yield* list('findings', findingsOf(report));
  yield '\n}\n';
}

/** The numbers of a report under their names in JSON. */
export function countsOf({ images, running_images, containers, never_scanned, open, handled, ...by }: Posture) {
  const { by_state, by_severity, by_reason } = by;
  return { images, running_images, containers, never_scanned, open, handled, by_state, by_severity, by_reason };
}

function* list(name: string, rows: Iterable<object>): Iterable<string> {
  yield `"${name}":[\n`;
  let before = '';
  for (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ',\n';
  }
  yield '\n]';
}

function* vulnerabilitiesOf(report: Report): Iterable<object> {
  for (const { vulnerability } of report.groups()) yield vulnerability;
}

/** A finding as it stands in a report, with what names its image and its vulnerability. */
export interface JsonFinding {
  readonly vul_id: string;
  readonly type: string;
  readonly severity_level: string;
  readonly state: 'open' | 'handled';
  readonly image_id?: string | undefined;
  readonly image_digest?: string | undefined;
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
  readonly open_since?: string | undefined;
}

function* findingsOf(report: Report): Iterable<JsonFinding> {
  for (const group of report.groups()) {
    for (const image of group.open) yield finding(report, group, image, 'open');
    for (const image of group.handled) yield finding(report, group, image, 'handled');
  }
}

function finding(
  report: Report,
  { vulnerability }: ReportGroup,
  image: ReportImage,
  state: JsonFinding['state'],
): JsonFinding {
  const { vul_id, type, severity_level } = vulnerability;
  const { image_id, image_digest, image_name, image_version } = image;
  const since = state === 'open' ? report.openSince?.(vulnerability, image) : undefined;
  const names = { image_id, image_digest, image_name, image_version };
  return { vul_id, type, severity_level, state, ...names, ...(since && { open_since: since }) };
}
