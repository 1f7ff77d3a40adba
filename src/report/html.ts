import { createHash } from 'node:crypto';
import { forPeople } from '../text/zone.js';
import type { Language } from '../words/language.js';
import { factLine } from '../words/prose.js';
import { wordsIn } from '../words/words.js';
import { countOf, lastScan, upgradeCells } from './cells.js';
import { escapeHtml, type HtmlCell, type HtmlColumn, htmlBars, htmlTable } from './html-parts.js';
import { SCRIPT } from './html-script.js';
import { STYLE } from './html-style.js';
import {
  oldestScans,
  type Posture,
  type PostureGroup,
  postureOf,
  type SeverityCounts,
  sumOf,
  worstImages,
} from './posture.js';
import {
  imageLabel,
  type Renderer,
  type Report,
  type ReportChanges,
  type ReportSeverity,
  SEVERITY_ORDER,
} from './report.js';
import { keyWord, notCovered, type Say, scopeOf } from './said.js';

/** Rows of a table that people read; CSV and JSON have all. */
const MOST_IMAGES = 50;
const MOST_VULNERABILITIES = 200;

const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** A page by itself: it loads nothing, leads nowhere, and runs its own small script alone. */
export const renderHtml: Renderer = function* (report, { language }) {
  const { report: say } = wordsIn(language);
  const posture = postureOf(report);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;
  yield `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`;
  yield `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  yield '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">';
  yield `<title>${escapeHtml(report.title)}</title><style>${STYLE}</style></head><body>\n`;
  yield* head(say, report, language);
  yield* glance(say, posture);
  if (report.changes) yield* changesOf(say, report.changes);
  yield* upgradesOf(say, report);
  yield* groupsOf(language, say.by_state, say.state, posture.by_state);
  yield* groupsOf(language, say.by_severity, say.severity, posture.by_severity);
  yield* imagesOf(say, report, posture);
  yield* section(say, say.failed, [{ name: say.reason }, number(say.images)], posture.by_reason.length, [
    ...posture.by_reason.slice(0, MOST_IMAGES).map(({ key, images }) => [keyWord(say, key, language), images]),
  ]);
  yield* vulnerabilitiesOf(say, report);
  yield `<h2>${say.not_covered}</h2><ul>`;
  for (const sentence of notCovered(say, report.least)) yield `<li>${escapeHtml(sentence)}</li>`;
  yield `</ul>\n<script>${SCRIPT}</script></body></html>\n`;
};

function* head(say: Say, report: Report, language: Language): Iterable<string> {
  const line = (name: string, value: string) => factLine([[name, value]], language);
  const { title, program, generated_at, as_of, incomplete, sandbox } = report;
  const where = factLine(scopeOf(say, report), language);
  yield `<h1>${escapeHtml(title)}</h1>\n<p class="soft">${line(say.generated, escapeHtml(forPeople(generated_at)))}`;
  if (as_of) yield ` · ${line(say.as_of, escapeHtml(forPeople(as_of)))}`;
  yield ` · ${escapeHtml(`${program.name} ${program.version}`)}<br>${line(say.filters, escapeHtml(where))}</p>\n`;
  if (incomplete) yield `<p class="warn">${line(`<strong>${say.incomplete}</strong>`, escapeHtml(incomplete))}</p>\n`;
  if (sandbox) yield `<p class="warn">${say.sandbox}</p>\n`;
}

function* glance(say: Say, posture: Posture): Iterable<string> {
  const card = (name: string, value: number, colour = '') =>
    `<div><dt>${escapeHtml(name)}</dt><dd${colour && ` class="${colour}"`}>${value}</dd></div>`;
  yield `<h2>${say.posture}</h2><dl class="cards">`;
  yield card(say.images, posture.images) + card(say.running, posture.running_images);
  yield card(say.containers, posture.containers) + card(say.never_scanned, posture.never_scanned);
  for (const severity of SEVERITY_ORDER) yield card(say[severity], posture.open[severity], severity);
  yield card(say.open_findings, sumOf(posture.open)) + card(say.handled, posture.handled);
  yield `</dl><p class="soft">${escapeHtml(say.finding_note)}</p>\n`;
}

function* changesOf(say: Say, changes: ReportChanges): Iterable<string> {
  const { baseline, baseline_as_of, gone_findings } = changes;
  yield `<h2>${say.changes}</h2><p class="soft">${escapeHtml(`${baseline} (${forPeople(baseline_as_of)})`)}</p><dl class="cards">`;
  const values = [
    [say.new, changes.new],
    [say.still_open, changes.still_open],
    [say.handled_since, changes.handled],
    [say.gone, changes.gone ?? say.not_known],
    [say.gone_with_image, changes.gone_with_image ?? say.not_known],
  ] as const;
  for (const [name, value] of values)
    yield `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd></div>`;
  yield '</dl>\n';
  if (gone_findings.length === 0) return;
  yield* htmlTable(
    [{ name: say.vulnerability }, { name: say.image }],
    gone_findings.slice(0, MOST_IMAGES).map(({ vul_id, image }) => [vul_id, image]),
  );
}

function* upgradesOf(say: Say, { upgrades, upgrades_partial }: Report): Iterable<string> {
  yield `<h2>${say.upgrades}</h2>`;
  if (upgrades_partial) yield `<p class="soft">${escapeHtml(say.partial)}</p>`;
  if (upgrades.length === 0) {
    yield `<p>${say.nothing}</p>\n`;
    return;
  }
  const legend = SEVERITY_ORDER.map((severity) => `<span class="${severity}">${escapeHtml(say[severity])}</span>`);
  yield `<p class="legend">${legend.join(' &nbsp; ')} &nbsp; ${escapeHtml(`${say.open_findings} / ${say.images}`)}</p>`;
  yield htmlBars(
    say.upgrades,
    upgrades.map((upgrade) => ({
      label: `${upgrade.rank}. ${upgrade.package}`,
      counts: { Critical: upgrade.critical, High: upgrade.high, Medium: upgrade.medium, Low: upgrade.low },
      value: `${upgrade.critical + upgrade.high + upgrade.medium + upgrade.low} / ${say.of_images(upgrade.images)}`,
    })),
  );
  const columns = [number('#'), { name: say.package }, { name: say.fix }, ...severityColumns(say)];
  yield* htmlTable([...columns, number(say.images), number(say.containers)], upgrades.map(upgradeCells));
}

function* groupsOf(language: Language, title: string, key: string, groups: readonly PostureGroup[]): Iterable<string> {
  const say = wordsIn(language).report;
  const columns = [{ name: key }, number(say.images), number(say.containers), ...severityColumns(say)];
  yield* section(
    say,
    title,
    columns,
    groups.length,
    groups.map((group) => [
      keyWord(say, group.key, language),
      group.images,
      group.containers,
      ...severityCells(group.open),
    ]),
  );
}

function* imagesOf(say: Say, { images }: Report, posture: Posture): Iterable<string> {
  const worst = worstImages(posture);
  const columns = [{ name: say.image }, ...severityColumns(say), number(say.containers), { name: say.last_scan }];
  yield* section(
    say,
    say.worst,
    columns,
    worst.length,
    worst
      .slice(0, MOST_IMAGES)
      .map(([image, counts]) => [imageLabel(image), ...severityCells(counts), image.containers, lastScan(image)]),
  );
  const oldest = oldestScans(images);
  yield* section(
    say,
    say.oldest,
    [{ name: say.image }, { name: say.last_scan }, number(say.containers)],
    oldest.length,
    oldest.slice(0, MOST_IMAGES).map((image) => [imageLabel(image), lastScan(image), image.containers]),
  );
}

function* vulnerabilitiesOf(say: Say, report: Report): Iterable<string> {
  const rows: HtmlCell[][] = [];
  let all = 0;
  for (const { vulnerability, open, handled } of report.groups()) {
    all += 1;
    if (rows.length >= MOST_VULNERABILITIES) continue;
    const { vul_id, severity_level, max_cvss_score, fix } = vulnerability;
    const severity = { text: say[severity_level], colour: severity_level };
    rows.push([vul_id, severity, max_cvss_score, countOf(open), countOf(handled), fix]);
  }
  const columns = [
    { name: say.vulnerability },
    { name: say.severity },
    number(say.score),
    number(say.images),
    number(say.handled),
    { name: say.fix },
  ];
  yield* section(say, say.vulnerabilities, columns, all, rows);
}

function* section(
  say: Say,
  title: string,
  columns: readonly HtmlColumn[],
  all: number,
  rows: readonly (readonly HtmlCell[])[],
): Iterable<string> {
  yield `<h2>${escapeHtml(title)}</h2>\n`;
  if (rows.length === 0) yield `<p>${say.nothing}</p>\n`;
  else yield* htmlTable(columns, rows);
  if (rows.length < all) yield `<p class="soft">${escapeHtml(say.shown(rows.length, all))}</p>\n`;
}

const number = (name: string): HtmlColumn => ({ name, number: true });
const severityColumns = (say: Say) => SEVERITY_ORDER.map((severity) => number(say[severity]));

function severityCells(counts: SeverityCounts): HtmlCell[] {
  const cell = (severity: ReportSeverity): HtmlCell =>
    counts[severity] > 0 ? { text: String(counts[severity]), colour: severity } : 0;
  return SEVERITY_ORDER.map(cell);
}
