import type { CallScope } from '../hss/client.js';
import { LARGEST_PAGE, rowsSoFar } from '../hss/every-row.js';
import type { LocalImage, LocalImageFilter } from '../hss/models.js';
import { words } from '../words/words.js';
import { countsOf, type FollowedRow, type Follower, nextPlace, type ScanSnapshot, verdictOf } from './follow.js';
import { distinct, keyOf } from './identity.js';
import { fitsRow } from './row-filter.js';
import { isRunning, NOT_SHOWN_YET_MS, type ScanVerdict } from './state.js';

/** A scan whose images HSS chose, with the rows from before it. */
export interface ChosenByHss {
  readonly filters: LocalImageFilter;
  readonly before: readonly LocalImage[];
  readonly submittedAt: number;
}

/**
 * Looks at a scan whose images HSS chose: what changed since, among the images that matched before it, and how many
 * beside them were scanned.
 */
export async function lookAtChosen(
  { filters, before, submittedAt }: ChosenByHss,
  scope: CallScope,
  { hss, seenRunning }: Follower,
): Promise<ScanSnapshot> {
  const first = await hss.listImageLocal({ offset: 0, limit: LARGEST_PAGE }, scope);
  const { rows: now, failure } = await rowsSoFar(async (paging) =>
    paging.offset === 0 ? first : hss.listImageLocal(paging, scope),
  );
  // What has no place now is read by a later look; any other failure is the look's own.
  if (failure && failure.details.readyIn === undefined) throw failure;
  const { servedAt } = first;
  const meant = fitsRow(filters);
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const look = { region: scope.region, servedAt, seenRunning };
  const rows: FollowedRow[] = [];
  let beside = 0;
  for (const image of distinct(now)) {
    const was = old.get(keyOf(image));
    const verdict = sinceThen(was, image, verdictOf(image, submittedAt, look));
    if (was && meant(was)) rows.push({ image, verdict });
    else if (verdict.outcome === 'finished' || verdict.outcome === 'running') beside += 1;
  }
  const counts = countsOf(rows);
  const isYoung = servedAt.getTime() < submittedAt + NOT_SHOWN_YET_MS;
  return {
    ...counts,
    not_found: 0,
    open: counts.running > 0 || (isYoung && counts.not_started > 0) || failure !== undefined,
    rows: rows.filter(({ verdict }) => verdict.outcome !== 'not_started'),
    missing: [],
    notes: counts.not_started > 0 ? [words().status.not_started] : [],
    servedAt,
    beside,
    ...(failure && { notRead: before.length - rows.length, nextLookAt: nextPlace(failure) }),
  };
}

/** An image of which HSS may not have begun the scan shows nothing new: that is neither a failure of it nor its run. */
function sinceThen(was: LocalImage | undefined, image: LocalImage, verdict: ScanVerdict): ScanVerdict {
  const isSame = was?.scan_status === image.scan_status && was?.latest_scan_time === image.latest_scan_time;
  const isOld = verdict.outcome === 'failed' || (verdict.outcome === 'running' && !isRunning(image));
  return isSame && isOld && verdict.note !== undefined ? { outcome: 'not_started', open: true } : verdict;
}
