import { fence } from '../text/clean.js';

/** Rows as a titled, fenced table; nothing for no rows. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '-').join(' | '));
  return [title, fence([columns.join(' | '), ...lines])];
}
