import type { CallScope, HssClient } from '../hss/client.js';
import { LARGEST_PAGE } from '../hss/every-row.js';
import type { LocalImage, LocalImageFilter } from '../hss/models.js';
import { relaxed } from '../hss/name-rules.js';
import { listNamedImages } from '../hss/named-images.js';
import { words } from '../words/words.js';
import { lastingFilters, MOVED_BY_A_SCAN } from './filters.js';
import type { Follower, ScanSnapshot } from './follow.js';
import { hasFailed, isRunning, NOT_SHOWN_YET_MS } from './state.js';

/** A time that no scan reaches, in ms. */
const FAR = 4_102_444_800_000;

/** Looks at all images that match the filters of a scan: counts them by state, without listing them. */
export async function lookAtFilters(
  filters: LocalImageFilter,
  submittedAt: number | undefined,
  scope: CallScope,
  { hss }: Follower,
): Promise<ScanSnapshot> {
  const dropped = MOVED_BY_A_SCAN.filter((name) => filters[name] !== undefined);
  const lasting = lastingFilters(filters);
  const counts =
    (await countRows(lasting, submittedAt, scope, hss)) ?? (await countStates(lasting, submittedAt, scope, hss));
  const { finished, running, failed, unscanned, servedAt, notes } = counts;
  const { status } = words();
  const young = submittedAt !== undefined && servedAt.getTime() < submittedAt + NOT_SHOWN_YET_MS;
  return {
    finished,
    running,
    failed,
    cannot_be_scanned: 0,
    not_found: 0,
    not_started: unscanned,
    open: running > 0 || (young && finished === 0),
    rows: [],
    missing: [],
    servedAt,
    notes: [...notes, status.counted_by_state, ...(dropped.length > 0 ? [status.filters_dropped(dropped)] : [])],
  };
}

interface StateCounts {
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
  readonly unscanned: number;
  readonly servedAt: Date;
  readonly notes: readonly string[];
}

/** Asks HSS for the number of images in each state. */
async function countStates(
  filters: LocalImageFilter,
  submittedAt: number | undefined,
  scope: CallScope,
  hss: HssClient,
): Promise<StateCounts> {
  const count = (query: LocalImageFilter) => hss.listImageLocal({ ...filters, ...query, offset: 0, limit: 10 }, scope);
  const since = submittedAt === undefined ? {} : { start_latest_scan_time: submittedAt, end_latest_scan_time: FAR };
  const [finished, scanning, waiting, failed, unscanned] = await Promise.all([
    count({ scan_status: 'success', ...since }),
    count({ scan_status: 'scanning' }),
    count({ scan_status: 'waiting_for_scan' }),
    count({ scan_status: 'failed' }),
    count({ scan_status: 'unscan' }),
  ]);
  return {
    finished: finished.total_num,
    running: scanning.total_num + waiting.total_num,
    failed: failed.total_num,
    unscanned: unscanned.total_num,
    servedAt: finished.servedAt,
    notes: [],
  };
}

/**
 * Counts the states in the rows, for names that HSS may not match; undefined when HSS matches them and has more rows
 * than a page.
 */
async function countRows(
  filters: LocalImageFilter,
  submittedAt: number | undefined,
  scope: CallScope,
  hss: HssClient,
): Promise<StateCounts | undefined> {
  if (!relaxed(filters)) return undefined;
  const found = await listNamedImages(hss, { ...filters, offset: 0, limit: LARGEST_PAGE }, scope);
  const { matchedHere, data_list, total_num, servedAt } = found;
  if (!matchedHere && data_list.length < total_num) return undefined;
  const rows = matchedHere?.rows ?? data_list;
  const count = (fits: (row: LocalImage) => boolean) => rows.filter(fits).length;
  return {
    finished: count((row) => row.scan_status === 'success' && (row.latest_scan_time ?? 0) >= (submittedAt ?? 0)),
    running: count(isRunning),
    failed: count(hasFailed),
    unscanned: count((row) => row.scan_status === 'unscan'),
    servedAt,
    notes:
      matchedHere && !matchedHere.complete ? [words().status.names_searched(matchedHere.read, matchedHere.of)] : [],
  };
}
