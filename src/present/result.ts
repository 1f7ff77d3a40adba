import { z } from 'zod';
import { forPeople } from '../text/zone.js';
import { factLine, factParts, listOf, sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { legendOf } from './legend.js';
import { fenced, fenceMarks, filledColumns, lineOf, type Table } from './table.js';

/** What a tool found, once. Both parts of its result are made of it. */
export interface Found {
  /** The first line: what was found, in one sentence of our own words. */
  readonly summary: string;
  /** Where it was looked for. */
  readonly scope: { readonly region: string; readonly enterpriseProjectId?: string | undefined };
  /** Single facts, by their names in the structured part; the text lists them in one line. Absent ones are left out. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly tables?: readonly Table[];
  /** Sentences that a reader must not miss. */
  readonly notes?: readonly string[];
  /** What to do now. */
  readonly next: string;
  readonly incomplete?: Incomplete | undefined;
  /** A file that was written, for clients that show a link to it. */
  readonly file?: WrittenFile | undefined;
}

export interface WrittenFile {
  readonly path: string;
  readonly mimeType: string;
}

/** What could not be read in the time of the call; what was read is in the result. */
export interface Incomplete {
  /** How much was read, and of how much, in the unit that `why` names. */
  readonly read: number;
  readonly of?: number | undefined;
  readonly why: string;
  /** Seconds after which asking again brings more; absent when time alone brings nothing. */
  readonly ready_in?: number | undefined;
}

/** Both parts of a result, each complete on its own: some hosts hand a model only one of them. */
export interface Presented {
  readonly structured: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly file?: WrittenFile | undefined;
}

/** The fields that every result ends with. */
export const RESULT_FIELDS = {
  region: z.string(),
  enterprise_project_id: z.string(),
  data_notice: z.string(),
  truncated: z.boolean(),
  sandbox: z.boolean().optional(),
  notes: z.array(z.string()).optional(),
  next: z.string(),
  incomplete: z.looseObject({}).optional(),
};

/** The fields of a result whose rows come in pages. */
export const PAGE_FIELDS = {
  total_num: z.int().optional().describe('All that match.'),
  next_offset: z.int().optional().describe('Absent on the last page.'),
};

/** Longest part of a result in characters; the rest of 20,000 is left to what is wrapped around it. */
const LIMIT = 19_900;
/** Characters kept for the digits of what is only known when the rows are fitted: how many are shown, and how to go on. */
const RESERVE = 40;

/** Makes both parts, with as many rows of each table as fit below 20,000 characters. */
export function present(found: Found, sandbox: boolean): Presented {
  const { tables = [] } = found;
  const most = fitting(found, tables, sandbox);
  const shown = tables.map((table) => (table.one ? table : { ...table, rows: table.rows.slice(0, most) }));
  return { ...assemble(found, tables, shown, sandbox), ...(found.file && { file: found.file }) };
}

/** How many rows of each table fit. Every row is written once to be measured, and not once for each try. */
function fitting(found: Found, tables: readonly Table[], sandbox: boolean): number {
  const longest = Math.max(0, ...tables.map(({ rows, one }) => (one ? 0 : rows.length)));
  // The first row is shown in any case.
  if (longest <= 1) return longest;
  const empty = assemble(
    found,
    tables,
    tables.map((table) => (table.one ? table : { ...table, rows: [] })),
    sandbox,
  );
  // Which words the rows need is not known before they are chosen: those of all of them are room enough.
  const legend = JSON.stringify({ notes: legendOf(tables) }).length;
  let structured = JSON.stringify(empty.structured).length + RESERVE + legend;
  let text = empty.text.length + RESERVE + legend;
  const columns = tables.map(filledColumns);
  for (const [index, table] of tables.entries()) {
    text += heading(table).length + header(columns[index] ?? []).length + fenceMarks().join('').length + 4;
  }
  for (let most = 0; most < longest; most += 1) {
    for (const [index, { rows, one }] of tables.entries()) {
      const row = rows[most];
      if (!row || one) continue;
      structured += JSON.stringify(row).length + 1;
      text += fenced(lineOf(row, columns[index] ?? [])).length + 1;
    }
    // A page without a row would lead to itself for ever; what one row can take is bounded by the table.
    if (structured > LIMIT || text > LIMIT) return Math.max(1, most);
  }
  return longest;
}

function assemble(found: Found, tables: readonly Table[], shown: readonly Table[], sandbox: boolean): Presented {
  const { region, enterpriseProjectId = '0' } = found.scope;
  const { result } = words();
  const facts = Object.fromEntries(Object.entries(found.facts ?? {}).filter(([, value]) => value !== undefined));
  const paged = shown.find(({ page }) => page);
  const page = paged && pageFacts(paged, tables.find(({ name }) => name === paged.name) ?? paged);
  const truncated = shown.some((table, index) => {
    const { rows, total, page: asked } = tables[index] ?? table;
    return (
      table.rows.length < rows.length || (asked ? page?.next_offset !== undefined : table.rows.length < (total ?? 0))
    );
  });
  const cut = shown.flatMap((table, index) => {
    const all = tables[index]?.rows.length ?? 0;
    if (table.rows.length === all) return [];
    const { length } = table.rows;
    return [table.page ? result.page_cut(length, all) : result.table_cut(length, all, table.name)];
  });
  const notes = [...(found.notes ?? []), ...cut, ...legendOf(shown)];
  const next = sentences([page?.next_offset !== undefined && result.more_rows(page.next_offset), found.next]);
  const { incomplete } = found;
  const counted = {
    ...(paged?.total !== undefined && { total_num: paged.total }),
    ...(page?.next_offset !== undefined && { next_offset: page.next_offset }),
  };
  const where = { region, enterprise_project_id: enterpriseProjectId };
  return {
    structured: {
      ...facts,
      data_notice: result.data_notice,
      ...Object.fromEntries(shown.map(({ name, rows, one }) => [name, one ? (rows[0] ?? {}) : rows])),
      ...counted,
      truncated,
      ...where,
      ...(notes.length > 0 && { notes }),
      ...(incomplete && { incomplete: withoutAbsent(incomplete) }),
      next,
      ...(sandbox && { sandbox: true }),
    },
    text: [
      ...(sandbox ? [result.sandbox_notice] : []),
      found.summary,
      ...(incomplete ? [sentence(incomplete)] : []),
      listed({ ...facts, ...where, ...counted }),
      ...shown.flatMap(tableLines),
      ...notes,
      result.next(next),
    ].join('\n'),
  };
}

/** What the shown rows of the paged table mean for the next page. */
function pageFacts(shown: Table, whole: Table): { next_offset?: number } {
  const offset = shown.page?.offset ?? 0;
  const next = offset + shown.rows.length;
  const isMore = whole.page?.more ?? (whole.rows.length > 0 && next < (whole.total ?? 0));
  const more = shown.rows.length < whole.rows.length || isMore;
  return more ? { next_offset: next } : {};
}

function tableLines(table: Table): string[] {
  if (table.rows.length === 0) return table.title === undefined ? [] : [table.title];
  const columns = filledColumns(table);
  const lines = table.rows.map((row) => fenced(lineOf(row, columns)));
  const [opening, closing] = fenceMarks();
  return [...(table.title === undefined ? [] : [table.title]), opening, header(columns), ...lines, closing];
}

const heading = ({ title = '' }: Table) => title;
const header = (columns: Table['columns']) => columns.map(({ name }) => name).join(' | ');

/** Facts as one line of the text. */
function listed(facts: Readonly<Record<string, unknown>>): string {
  return factLine(Object.entries(facts).map(([name, value]) => [name, inWords(value)]));
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return listOf(value.map(inWords)) || words().result.nothing;
  if (typeof value !== 'object' || value === null) return forPeople(String(value));
  return factParts(Object.entries(value).map(([name, item]) => [name, inWords(item)]));
}

function sentence({ read, of, why, ready_in }: Incomplete): string {
  const { result } = words();
  return sentences([result.incomplete(read, of, why), ready_in !== undefined && result.ask_again(ready_in)]);
}

function withoutAbsent(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
