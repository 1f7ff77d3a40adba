import type { Page, Paging } from './models.js';

/** Page size that HSS allows at most. */
export const LARGEST_PAGE = 200;
/** HSS has no offset beyond it. */
export const LARGEST_OFFSET = 2_000_000;

/**
 * All rows of a list, page by page. HSS may give fewer rows than asked for, so the next offset counts the rows that
 * came; an empty page is the end whatever the total says.
 */
export async function everyRow<T>(read: (paging: Required<Paging>) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const { total_num, data_list } = await read({ offset: rows.length, limit: LARGEST_PAGE });
    rows.push(...data_list);
    if (data_list.length === 0 || rows.length >= total_num || rows.length > LARGEST_OFFSET) return rows;
  }
}
