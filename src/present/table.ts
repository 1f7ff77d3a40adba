import { clean, cleanDeep } from '../text/clean.js';
import { forPeople } from '../text/zone.js';
import { listOf } from '../words/prose.js';
import { words } from '../words/words.js';
import { readableTime } from './readable.js';

/** One column of a table: its name is the field of a structured row and the header in the text, so they cannot differ. */
export interface Column<R> {
  readonly name: string;
  /** What stands there: a value or a short list of them; undefined, null and "" for nothing. */
  value(row: R): unknown;
  /** The field of HSS whose values stand there, where it has another name. */
  readonly holds?: string;
  /** The value as a person reads it, where the text says it otherwise: `117.7 MiB`. */
  show?(value: unknown): string;
}

/** Rows of one kind, as both parts of a result show them. */
export interface Table {
  /** Field of the structured part. */
  readonly name: string;
  /** Line above the table in the text. */
  readonly title?: string | undefined;
  readonly columns: readonly Pick<Column<never>, 'name' | 'holds' | 'show'>[];
  /** Cleaned, in the order of the columns, without what is empty. */
  readonly rows: readonly Row[];
  /** Rows that there are in all, where more are known of than are here. */
  readonly total?: number | undefined;
  /** Set for one thing by itself: the structured part holds its only row, and no list. */
  readonly one?: true | undefined;
  /** Set for the one table that is paged. */
  readonly page?: TablePage | undefined;
}

export interface TablePage {
  /** Rows skipped. */
  readonly offset: number;
  /** Rows asked for at most. */
  readonly limit: number;
  /** Whether rows follow these, where that is known and the total is not. */
  readonly more?: boolean | undefined;
}

export type Row = Readonly<Record<string, unknown>>;

/** Longest text of a cell; what needs more says so by cutting itself. */
const MOST_IN_A_CELL = 1_000;
/** Longest row in characters of JSON; the cells of a longer one are cut to the shorter length, so that it fits a page. */
const MOST_IN_A_ROW = 5_000;
const CELL_OF_A_LONG_ROW = 150;

/** A table of `rows`. A value that is absent leaves no trace; 0 and false are values. */
export function tableOf<R>(
  name: string,
  rows: readonly R[],
  columns: readonly Column<R>[],
  options: Pick<Table, 'title' | 'total' | 'page' | 'one'> = {},
): Table {
  return { name, columns, rows: rows.map((row) => rowOf(row, columns)), ...options };
}

/** One row with the columns' names. */
export function rowOf<R>(row: R, columns: readonly Column<R>[]): Row {
  const cells: [string, unknown][] = [];
  for (const column of columns) {
    const value = column.value(row);
    if (!isEmpty(value)) cells.push([column.name, cleanDeep(value, MOST_IN_A_CELL)]);
  }
  const whole = Object.fromEntries(cells);
  return JSON.stringify(whole).length <= MOST_IN_A_ROW ? whole : cleanDeep(whole, CELL_OF_A_LONG_ROW);
}

/** A column of times, given in ms since 1970: ISO 8601 in UTC for programs, in the zone that people use in the text. */
export function timeColumn<R>(name: string, ms: (row: R) => number | undefined): Column<R> {
  return { name, value: (row) => readableTime(ms(row)), show: (time) => forPeople(String(time)) };
}

/** A column of a part of a row. */
export function partColumn<R, Part>(column: Column<Part>, part: (row: R) => Part): Column<R> {
  return { ...column, value: (row) => column.value(part(row)) };
}

/** Columns that hand on fields of a row as they are. */
export function fields<R extends Row>(...names: readonly (keyof R & string)[]): Column<R>[] {
  return names.map((name) => ({ name, value: (row) => row[name] }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The header of a table in the text: the columns that some row fills. */
export function filledColumns({ columns, rows }: Table): Table['columns'] {
  return columns.filter(({ name }) => rows.some((row) => row[name] !== undefined));
}

/** A row as a line. A bar inside a value is broken, so that no name can pretend to be several cells. */
export function lineOf(row: Row, columns: Table['columns']): string {
  return columns.map(({ name, show }) => cell(row[name], show)).join(' | ');
}

function cell(value: unknown, show: ((value: unknown) => string) | undefined): string {
  if (value === undefined) return '-';
  if (show) return show(value);
  const text = Array.isArray(value) ? listOf(value.map(inWords)) : inWords(value);
  return text.replaceAll('|', '¦');
}

function inWords(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What opens and closes a {@link fence}. */
export function fenceMarks(): readonly [opening: string, closing: string] {
  return [`\`\`\`text ${words().result.fence}`, '```'];
}

/** A line of foreign text as it stands in a fence: cleaned, and unable to close it. Cells of a table are cut before. */
export function fenced(line: string): string {
  return clean(line, 2 * MOST_IN_A_ROW).replaceAll('`', "'");
}

/**
 * Lines of foreign text inside a fence that says what they are, so that a reader (a model above all) takes them as data
 * and not as instructions.
 */
export function fence(lines: readonly string[]): string {
  const [opening, closing] = fenceMarks();
  return [opening, ...lines.map(fenced), closing].join('\n');
}
