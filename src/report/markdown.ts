import { forPeople } from '../text/zone.js';
import type { Language } from '../words/language.js';
import { clauses, factLine } from '../words/prose.js';
import { wordsIn } from '../words/words.js';
import { countOf, lastScan, upgradeCells } from './cells.js';
import { oldestScans, type PostureGroup, postureOf, type SeverityCounts, sumOf, worstImages } from './posture.js';
import {
  imageLabel,
  type Renderer,
  type Report,
  type ReportChanges,
  type ReportVulnerability,
  SEVERITY_ORDER,
} from './report.js';
import { keyWord, notCovered, type Say, scopeOf } from './said.js';

/** Rows of a table that people read; CSV and JSON have all. */
const MOST_IMAGES = 25;
const MOST_VULNERABILITIES = 100;
const MOST_REASONS = 25;

type Cell = string | number | undefined;

/** A page for people: the numbers, what to do, and the worst of each kind. */
export const renderMarkdown: Renderer = function* (report, { language }) {
  const { report: say } = wordsIn(language);
  const posture = postureOf(report);
  yield `# ${inline(report.title)}\n\n`;
  if (report.incomplete) yield `> ${factLine([[`**${say.incomplete}**`, inline(report.incomplete)]], language)}\n\n`;
  if (report.sandbox) yield `> ${say.sandbox}\n\n`;
  const generated = [say.generated, forPeople(report.generated_at)] as const;
  const asOf = report.as_of && ([say.as_of, forPeople(report.as_of)] as const);
  yield `${factLine([generated, ...(asOf ? [asOf] : [])], language)}\n\n`;
  yield `${factLine([[say.filters, scopeText(say, report, language)]], language)}\n\n`;
  yield `## ${say.posture}\n\n`;
  yield* table(
    ['', ''],
    [
      [say.images, posture.images],
      [say.running, posture.running_images],
      [say.containers, posture.containers],
      [say.never_scanned, posture.never_scanned],
      [say.open_findings, sumOf(posture.open)],
      ...SEVERITY_ORDER.map((severity): Cell[] => [say[severity], posture.open[severity]]),
      [say.handled, posture.handled],
    ],
  );
  yield `${say.finding_note}\n\n`;
  if (report.changes) yield* changesOf(say, report.changes);
  yield* groups(language, say.by_state, say.state, posture.by_state);
  yield* groups(language, say.by_severity, say.severity, posture.by_severity);
  yield* upgradesOf(say, report);
  const worst = worstImages(posture);
  yield* section(say, say.worst, [say.image, ...severityNames(say), say.containers], worst.length, [
    ...worst
      .slice(0, MOST_IMAGES)
      .map(([image, counts]) => [imageLabel(image), ...severityCells(counts), image.containers]),
  ]);
  const oldest = oldestScans(report.images);
  yield* section(say, say.oldest, [say.image, say.last_scan, say.containers], oldest.length, [
    ...oldest.slice(0, MOST_IMAGES).map((image) => [imageLabel(image), lastScan(image) ?? '', image.containers]),
  ]);
  yield* section(
    say,
    say.failed,
    [say.reason, say.images],
    posture.by_reason.length,
    posture.by_reason.slice(0, MOST_REASONS).map(({ key, images }) => [keyWord(say, key, language), images]),
  );
  yield* vulnerabilities(say, report);
  yield `## ${say.not_covered}\n\n`;
  for (const sentence of notCovered(say, report.least)) yield `- ${sentence}\n`;
};

function* vulnerabilities(say: Say, report: Report): Iterable<string> {
  const rows: Cell[][] = [];
  let all = 0;
  for (const { vulnerability, open, handled } of report.groups()) {
    all += 1;
    if (rows.length < MOST_VULNERABILITIES)
      rows.push([...namesOf(say, vulnerability), countOf(open), countOf(handled), vulnerability.fix]);
  }
  const headers = [say.vulnerability, say.severity, say.score, say.images, say.handled, say.fix];
  yield* section(say, say.vulnerabilities, headers, all, rows);
}

function namesOf(say: Say, { vul_id, severity_level, max_cvss_score }: ReportVulnerability): Cell[] {
  return [vul_id, say[severity_level], max_cvss_score];
}

function* upgradesOf(say: Say, { upgrades, upgrades_partial }: Report): Iterable<string> {
  if (upgrades_partial) yield `> ${say.partial}\n\n`;
  const headers = ['#', say.package, say.fix, ...severityNames(say), say.images, say.containers];
  yield* section(say, say.upgrades, headers, upgrades.length, upgrades.map(upgradeCells));
}

function* changesOf(say: Say, changes: ReportChanges): Iterable<string> {
  yield `## ${say.changes}\n\n${inline(changes.baseline)} (${forPeople(changes.baseline_as_of)})\n\n`;
  yield* table(
    ['', ''],
    [
      [say.new, changes.new],
      [say.still_open, changes.still_open],
      [say.handled_since, changes.handled],
      [say.gone, changes.gone ?? say.not_known],
      [say.gone_with_image, changes.gone_with_image ?? say.not_known],
    ],
  );
}

function* groups(language: Language, title: string, key: string, rows: readonly PostureGroup[]): Iterable<string> {
  const say = wordsIn(language).report;
  const headers = [key, say.images, say.containers, ...severityNames(say)];
  yield* section(
    say,
    title,
    headers,
    rows.length,
    rows.map((row) => [keyWord(say, row.key, language), row.images, row.containers, ...severityCells(row.open)]),
  );
}

function severityNames(say: Say): string[] {
  return SEVERITY_ORDER.map((severity) => say[severity]);
}

function severityCells(counts: SeverityCounts): number[] {
  return SEVERITY_ORDER.map((severity) => counts[severity]);
}

function* section(
  say: Say,
  title: string,
  headers: readonly string[],
  all: number,
  rows: readonly (readonly Cell[])[],
): Iterable<string> {
  yield `## ${title}\n\n`;
  if (rows.length === 0) yield `${say.nothing}\n\n`;
  else yield* table(headers, rows);
  if (rows.length < all) yield `${say.shown(rows.length, all)}\n\n`;
}

function* table(headers: readonly string[], rows: readonly (readonly Cell[])[]): Iterable<string> {
  yield `${lineOf(headers)}|${' --- |'.repeat(headers.length)}\n`;
  for (const row of rows) yield lineOf(row);
  yield '\n';
}

function lineOf(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => (typeof cell === 'string' ? inline(cell) : (cell ?? ''))).join(' | ')} |\n`;
}

function scopeText(say: Say, report: Report, language: Language): string {
  const parts = scopeOf(say, report).map(([name, value]) => `${name.replaceAll('_', '\\_')} ${inline(value)}`);
  return clauses(parts, language);
}

/** Foreign text as text: no mark of Markdown or HTML in it means anything, and no address in it becomes a link. */
function inline(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~=$-]/g, '\\$&')
    .replaceAll('://', '&#58;//')
    .replaceAll('@', '&#64;')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`);
}
