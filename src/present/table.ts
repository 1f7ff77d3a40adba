import { fence } from '../text/clean.js';

/** Values as the cells of one line. A bar inside a value is broken, so that no name can pretend to be several cells. */
export function cells(values: readonly unknown[]): string {
  return values.map((value) => String(value ?? '-').replaceAll('|', '¦')).join(' | ');
}

/** Rows as a titled, fenced table; nothing for no rows. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row) => cells(columns.map((column) => row[column])));
  return [title, fence([cells(columns), ...lines])];
}
