import { Failure } from '../failure.js';
import type { Page, Paging } from './models.js';

/** Page size that HSS allows at most. */
export const LARGEST_PAGE = 200;
/** HSS has no offset beyond it. */
export const LARGEST_OFFSET = 2_000_000;

/** Rows of a list, as far as they could be read. */
export interface RowsRead<T> {
  readonly rows: readonly T[];
  /** Rows that HSS has. */
  readonly total: number;
  /** Why the reading ended before the last row; what was read before is kept. */
  readonly failure?: Failure;
}

/**
 * All rows of a list, page by page. HSS may give fewer rows than asked for, so the next offset counts the rows that
 * came; an empty page is the end whatever the total says.
 * @throws {Failure} when any page could not be read.
 */
export async function everyRow<T>(read: (paging: Required<Paging>) => Promise<Page<T>>): Promise<readonly T[]> {
  const { rows, failure } = await rowsSoFar(read);
  if (failure) throw failure;
  return rows;
}

/**
 * As {@link everyRow}, but a later page that fails takes nothing away from those before it.
 * @param most rows after which the reading ends.
 * @throws {Failure} when not even the first page could be read.
 */
export async function rowsSoFar<T>(
  read: (paging: Required<Paging>) => Promise<Page<T>>,
  most = LARGEST_OFFSET,
): Promise<RowsRead<T>> {
  const rows: T[] = [];
  let total = 0;
  for (;;) {
    try {
      const { total_num, data_list } = await read({ offset: rows.length, limit: LARGEST_PAGE });
      total = total_num;
      rows.push(...data_list);
      if (data_list.length === 0 || rows.length >= Math.min(total, most)) return { rows, total };
    } catch (error) {
      if (!(error instanceof Failure) || rows.length === 0) throw error;
      return { rows, total, failure: error };
    }
  }
}
