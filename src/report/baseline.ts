import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput } from '../failure.js';
import { clean, quoted } from '../text/clean.js';
import { words } from '../words/words.js';
import { JSON_FORMAT, JSON_VERSION } from './json-format.js';
import { findingKey, imageKey, imageLabel, type Report, type ReportChanges } from './report.js';

/** What a report of ours in JSON is called; a path is none. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.json$/;
/** Longest line that a report of ours has by far. */
const MOST_IN_A_LINE = 1024 * 1024;
const MOST_GONE_SHOWN = 200;

type Line = Readonly<Record<string, unknown>>;

/**
 * A report with what changed since an earlier one, which is read line by line.
 * @param name the base name of a file in `folder`.
 * @throws {Failure} of source `input` when there is no such report, or when it looked elsewhere or for something else.
 */
export async function withChanges(report: Report, folder: string, name: string): Promise<Report> {
  if (!NAME.test(name)) throw refused(name, words().reporting.no_baseline.not_a_name);
  const file = await openReport(folder, name);
  try {
    return await compare(report, name, linesOf(file, name));
  } finally {
    await file.close();
  }
}

async function openReport(folder: string, name: string): Promise<FileHandle> {
  const file = await open(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => {
    throw refused(name, words().reporting.no_baseline.not_there);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw refused(name, words().reporting.no_baseline.no_file);
}

async function compare(report: Report, name: string, lines: AsyncIterable<string>): Promise<Report> {
  const now = statesOf(report);
  const here = new Set(report.images.map((image) => short(imageKey(image))));
  const since = new Map<string, string>();
  const goneFindings: { vul_id: string; image: string }[] = [];
  let head: Line | undefined;
  let isFindings = false;
  let [stillOpen, handled, gone, goneWithImage] = [0, 0, 0, 0];
  for await (const line of lines) {
    if (!head) {
      head = headOf(line, name);
      assertComparable(report, head, name);
    } else if (!isFindings) isFindings = line === '"findings":[';
    else {
      const row = parsed(line.replace(/,$/, ''));
      if (row?.state !== 'open') continue;
      const finding = namesIn(row);
      const key = short(findingKey(finding, finding));
      const state = now.get(key);
      if (state === 'open') {
        stillOpen += 1;
        since.set(key, dateIn(row.open_since) ?? dateIn(head.as_of) ?? '');
      } else if (state === 'handled') handled += 1;
      else if (!here.has(short(imageKey(finding)))) goneWithImage += 1;
      else {
        gone += 1;
        if (goneFindings.length < MOST_GONE_SHOWN)
          goneFindings.push({
            vul_id: finding.vul_id,
            image: imageLabel({ ...finding, scanned: true, containers: 0 }),
          });
      }
    }
  }
  if (!head) throw refused(name, words().reporting.no_baseline.empty);
  if (!isFindings) throw refused(name, words().reporting.no_baseline.no_findings);
  const open = [...now.values()].filter((state) => state === 'open').length;
  // What was not read may be there still.
  const isWhole = report.incomplete === undefined;
  const changes: ReportChanges = {
    baseline: name,
    baseline_as_of: dateIn(head.as_of) ?? dateIn(head.generated_at) ?? '',
    new: open - stillOpen,
    still_open: stillOpen,
    handled,
    ...(isWhole && { gone, gone_with_image: goneWithImage }),
    gone_findings: isWhole ? goneFindings : [],
  };
  const today = report.as_of ?? report.generated_at;
  return {
    ...report,
    changes,
    openSince: (vulnerability, image) => since.get(short(findingKey(vulnerability, image))) || today,
  };
}

function statesOf(report: Report): Map<string, 'open' | 'handled'> {
  const states = new Map<string, 'open' | 'handled'>();
  for (const { vulnerability, open, handled } of report.groups()) {
    for (const image of handled) states.set(short(findingKey(vulnerability, image)), 'handled');
    for (const image of open) states.set(short(findingKey(vulnerability, image)), 'open');
  }
  return states;
}

function headOf(line: string, name: string): Line {
  const whole = parsed(`${line.replace(/,$/, '')}}`);
  const head = whole?.report;
  if (typeof head !== 'object' || head === null) throw refused(name, words().reporting.no_baseline.not_ours);
  const { format, version, complete } = head as Line;
  if (format !== JSON_FORMAT || version !== JSON_VERSION) throw refused(name, words().reporting.no_baseline.not_ours);
  if (complete !== true) throw refused(name, words().reporting.no_baseline.not_whole);
  return head as Line;
}

/** Whether both looked in the same place for the same. */
function assertComparable({ scope, least }: Report, head: Line, name: string): void {
  const earlier = typeof head.scope === 'object' && head.scope !== null ? (head.scope as Line) : {};
  const names = [...new Set([...Object.keys(scope), ...Object.keys(earlier)])];
  const differing = names.filter((each) => scope[each] !== earlier[each]);
  if (least !== head.least) differing.push('severity_level');
  if (differing.length === 0) return;
  throw refused(name, words().reporting.other_values(differing.map((each) => clean(each, 40))));
}

function namesIn(row: Line) {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? clean(value) : undefined);
  return {
    vul_id: text(row.vul_id) ?? '',
    type: text(row.type) ?? '',
    image_id: text(row.image_id),
    image_digest: text(row.image_digest),
    image_name: text(row.image_name),
    image_version: text(row.image_version),
  };
}

function parsed(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

function dateIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? value : undefined;
}

async function* linesOf(file: FileHandle, name: string): AsyncIterable<string> {
  let rest = '';
  for await (const chunk of file.createReadStream({ encoding: 'utf8', autoClose: false })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_IN_A_LINE) throw refused(name, words().reporting.no_baseline.not_ours);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Keys by the hundred thousand are kept short. */
function short(key: string): string {
  return createHash('sha256').update(key).digest('base64').slice(0, 20);
}

function refused(name: string, why: string) {
  const { reporting } = words();
  return badInput(reporting.baseline(quoted(name, 100), why), reporting.name_baseline);
}
