import type { SeverityCounts } from './posture.js';
import { SEVERITY_ORDER } from './report.js';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Any text as text, in an element and in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}

/** A column of a table: its header, and whether it holds numbers. */
export interface HtmlColumn {
  readonly name: string;
  readonly number?: boolean;
}

/** One cell: a text, a number, or a text in the colour of a severity that is sorted by a number. */
export type HtmlCell = string | number | undefined | { readonly text: string; readonly colour: string };

/** A table whose headers sort it. */
export function* htmlTable(columns: readonly HtmlColumn[], rows: Iterable<readonly HtmlCell[]>): Iterable<string> {
  const heads = columns.map(
    ({ name, number }) =>
      `<th scope="col"${number ? ' class="n"' : ''}><button type="button">${escapeHtml(name)}</button></th>`,
  );
  yield `<div class="scroll"><table><thead><tr>${heads.join('')}</tr></thead><tbody>\n`;
  for (const row of rows) yield `<tr>${row.map((cell, at) => cellOf(cell, columns[at])).join('')}</tr>\n`;
  yield '</tbody></table></div>\n';
}

function cellOf(cell: HtmlCell, column: HtmlColumn | undefined): string {
  const kind = column?.number ? 'n' : '';
  if (typeof cell !== 'object')
    return `<td${kind && ` class="${kind}"`}>${cell === undefined ? '' : escapeHtml(String(cell))}</td>`;
  return `<td class="${[kind, escapeHtml(cell.colour)].filter(Boolean).join(' ')}">${escapeHtml(cell.text)}</td>`;
}

/** One bar: what it is of, and its parts. */
export interface Bar {
  readonly label: string;
  readonly counts: SeverityCounts;
  /** Said behind the bar. */
  readonly value: string;
}

const WIDTH = 720;
const ROW = 44;
const VALUE = 130;
/** Longest label; the table beside the bars has it whole. */
const MOST_IN_A_LABEL = 90;

/** Bars that are made of severities, as a picture that needs nothing else. */
export function htmlBars(title: string, bars: readonly Bar[]): string {
  const sum = ({ counts }: Bar) => SEVERITY_ORDER.reduce((all, severity) => all + counts[severity], 0);
  const most = Math.max(1, ...bars.map(sum));
  const rows = bars.map((bar, row) => {
    let x = 0;
    const parts = SEVERITY_ORDER.map((severity) => {
      const width = ((WIDTH - VALUE) * bar.counts[severity]) / most;
      const part = `<rect class="f${severity}" x="${x.toFixed(1)}" y="${row * ROW + 20}" width="${width.toFixed(1)}" height="14"/>`;
      x += width;
      return bar.counts[severity] > 0 ? part : '';
    });
    const label = bar.label.length > MOST_IN_A_LABEL ? `${bar.label.slice(0, MOST_IN_A_LABEL - 1)}…` : bar.label;
    return `<text x="0" y="${row * ROW + 14}">${escapeHtml(label)}</text>${parts.join('')}<text x="${(x + 8).toFixed(1)}" y="${row * ROW + 32}">${escapeHtml(bar.value)}</text>`;
  });
  const height = Math.max(1, bars.length) * ROW;
  return `<div class="scroll"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${rows.join('')}</svg></div>\n`;
}
