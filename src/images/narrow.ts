import type { CallScope, HssClient } from '../hss/client.js';
import { type RowsRead, rowsSoFar } from '../hss/every-row.js';
import type { ListImageLocalQuery, LocalImage } from '../hss/models.js';

/** Filters of ListImageLocal that its rows do not carry: HSS alone can match them. */
const NOT_IN_ROWS = ['container_id', 'container_name', 'pod_id', 'pod_name', 'app_name'] as const;

/**
 * The rows that HSS finds by the filters that only it can match; undefined when none of them is given.
 * @throws {Failure} when not even the first page could be read.
 */
export async function narrowedByHss(
  query: ListImageLocalQuery,
  scope: CallScope,
  hss: Pick<HssClient, 'listImageLocal'>,
): Promise<RowsRead<LocalImage> | undefined> {
  const given = NOT_IN_ROWS.filter((name) => query[name] !== undefined);
  if (given.length === 0) return undefined;
  const filters: ListImageLocalQuery = Object.fromEntries(given.map((name) => [name, query[name]]));
  return rowsSoFar((paging) => hss.listImageLocal({ ...filters, ...paging }, scope));
}
