import { setTimeout as sleep } from 'node:timers/promises';
import { CallOver } from '../call/limits.js';
import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { LARGEST_PAGE, rowsSoFar } from '../hss/every-row.js';
import type { LocalImage, LocalImageFilter, LocalImageInfo } from '../hss/models.js';
import { relaxed } from '../hss/name-rules.js';
import { listNamedImages } from '../hss/named-images.js';
import type { SeenRunning } from '../workspace/seen-running.js';
import { lastingFilters, MOVED_BY_A_SCAN } from './filters.js';
import { findImages, type SearchMemory } from './find.js';
import { distinct } from './resolve.js';
import { fitsRow } from './row-filter.js';
import { hasFailed, isRunning, judge, type ScanOutcome, type ScanVerdict } from './state.js';

/** What looking at scans needs, beside where to look. */
export interface Follower {
  readonly hss: HssClient;
  readonly seenRunning: SeenRunning;
  /** What earlier looks at the same scan have seen. */
  readonly memory?: SearchMemory | undefined;
}

/** Images that are looked at, and when HSS accepted their scan (in ms since 1970); without it the present state counts. */
export interface Followed {
  readonly images: readonly LocalImageInfo[];
  readonly submittedAt: number | undefined;
}

/** One look at a scan. */
export interface ScanSnapshot {
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
  readonly cannot_be_scanned: number;
  readonly not_found: number;
  readonly not_started: number;
  /** Whether a later look can say something else. */
  readonly open: boolean;
  readonly rows: readonly FollowedRow[];
  readonly missing: readonly LocalImageInfo[];
  readonly notes: readonly string[];
  /** Time of the server at the look. */
  readonly servedAt: Date;
  /** Images that this look and those before it had no place for, within the limit of requests. */
  readonly notRead?: number;
  /** Images outside the filters of the scan that were scanned in its time; undefined where nobody can tell. */
  readonly beside?: number;
  /** Set where the limit of requests leaves no place for a later look: when it does, on the clock of `performance.now()`. */
  readonly nextLookAt?: number;
}

/** An image, and what a look at it says. */
export interface FollowedRow {
  readonly image: LocalImage;
  readonly verdict: ScanVerdict;
}

/** Looks at single images. */
export async function lookAtImages(
  parts: readonly Followed[],
  scope: CallScope,
  { hss, seenRunning, memory }: Follower,
): Promise<ScanSnapshot> {
  const images = parts.flatMap((part) => part.images);
  const times = parts.flatMap((part) => part.images.map(() => part.submittedAt));
  const { matches, complete, servedAt, failure } = await findImages(hss, images, scope, memory);
  const submittedAt = new Map(matches.flatMap((rows, index) => rows.map((row) => [row, times[index]] as const)));
  const look = { region: scope.region, servedAt, seenRunning };
  const rows = Array.from(submittedAt, ([image, time]) => ({ image, verdict: verdictOf(image, time, look) }));
  const unseen = images.filter((_, index) => matches[index]?.length === 0);
  const missing = failure ? [] : unseen;
  return {
    ...countsOf(rows),
    not_found: missing.length,
    open: rows.some((row) => row.verdict.open) || failure !== undefined,
    rows,
    missing,
    servedAt,
    ...(failure && { notRead: unseen.length, nextLookAt: nextPlace(failure) }),
    notes: complete
      ? []
      : [
          'Not every row was searched, because HSS cannot search by id or digest; give image_name to find an image directly.',
        ],
  };
}

interface Look {
  readonly region: string;
  readonly servedAt: Date;
  readonly seenRunning: SeenRunning;
}

function verdictOf(
  image: LocalImage,
  submittedAt: number | undefined,
  { region, servedAt, seenRunning }: Look,
): ScanVerdict {
  const key = `${image.image_id} ${image.image_digest}`;
  if (isRunning(image)) seenRunning.add(region, key, submittedAt);
  return judge(image, submittedAt, servedAt.getTime(), seenRunning.has(region, key, submittedAt));
}

function countsOf(rows: readonly FollowedRow[]) {
  const count = (outcome: ScanOutcome) => rows.filter((row) => row.verdict.outcome === outcome).length;
  return {
    finished: count('finished'),
    running: count('running'),
    failed: count('failed'),
    cannot_be_scanned: count('cannot_be_scanned'),
    not_started: count('not_started'),
  };
}

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
    notes: counts.not_started > 0 ? ['not_started: images that show nothing new since the scan was accepted.'] : [],
    servedAt,
    beside,
    ...(failure && { notRead: before.length - rows.length, ...nextPlaceOf(failure) }),
  };
}

function keyOf({ image_id, image_digest, image_name, image_version }: LocalImage): string {
  return JSON.stringify([image_id, image_digest, image_name, image_version]);
}

/** An image of which HSS may not have begun the scan shows nothing new: that is neither a failure of it nor its run. */
function sinceThen(was: LocalImage | undefined, image: LocalImage, verdict: ScanVerdict): ScanVerdict {
  const isSame = was?.scan_status === image.scan_status && was?.latest_scan_time === image.latest_scan_time;
  const isOld = verdict.outcome === 'failed' || (verdict.outcome === 'running' && !isRunning(image));
  return isSame && isOld && verdict.note !== undefined ? { outcome: 'not_started', open: true } : verdict;
}

function nextPlace({ details: { readyIn = 1 } }: Failure): number {
  return performance.now() + readyIn * 1000;
}

function nextPlaceOf(failure: Failure) {
  return failure.details.readyIn === undefined ? {} : { nextLookAt: nextPlace(failure) };
}

/** A time that no scan reaches, in ms. */
const FAR = 4_102_444_800_000;
/** As long after the submission a scan may not show anywhere yet, in ms. */
const NOT_SHOWN_YET_MS = 120_000;

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
    notes: [
      ...notes,
      'Counted by scan_status over all images that match; failed counts earlier failures, too.',
      ...(dropped.length > 0 ? [`${dropped.join(', ')} left out: a scan changes what matches there.`] : []),
    ],
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
      matchedHere && !matchedHere.complete
        ? [`Names were looked for in ${matchedHere.read} of ${matchedHere.of} rows only.`]
        : [],
  };
}

/**
 * Pauses between the looks of one wait, in ms: at most four looks in 45 s, because HSS may allow no more than five a
 * minute. After a look that saw something change the first pause comes again: more is about to.
 */
const PAUSES_MS = [1_000, 9_000, 30_000] as const;
/** Time kept back to answer within the limit of the call, in ms. */
const TO_ANSWER_MS = 500;

/**
 * Looks until nothing can change any more or the time is up. A look that fails later on keeps what was seen; one that
 * the limit of requests leaves no place for is waited for, as far as the time goes.
 * @param earlier what a call before this one saw last.
 */
export async function waitFor(
  look: () => Promise<ScanSnapshot>,
  waitMs: number,
  { signal, deadline }: CallScope,
  report: (snapshot: ScanSnapshot, passedMs: number) => void,
  earlier?: ScanSnapshot,
): Promise<ScanSnapshot> {
  const begun = performance.now();
  const end = Math.min(begun + waitMs, deadline - TO_ANSWER_MS);
  let snapshot = await look().catch((error: unknown) => keptThrough(error, earlier));
  let changed = false;
  for (const pause of PAUSES_MS) {
    const now = performance.now();
    if (!snapshot.open || end <= now) break;
    report(snapshot, now - begun);
    const next = Math.max(now + (changed ? PAUSES_MS[0] : pause), snapshot.nextLookAt ?? 0);
    await sleep(Math.min(next, end) - now, undefined, { signal }).catch(() => {
      throw new CallOver('cancelled');
    });
    if ((snapshot.nextLookAt ?? 0) > end) break;
    try {
      const seen = await look();
      changed = seen.finished !== snapshot.finished || seen.failed !== snapshot.failed;
      snapshot = seen;
    } catch (error) {
      if (!(error instanceof Failure) || !error.details.retry) throw error;
      if (error.details.readyIn === undefined) {
        const note = `The last look failed, so this is an earlier one: ${error.message}`;
        return { ...snapshot, notes: [...snapshot.notes, note] };
      }
      snapshot = keptThrough(error, snapshot);
    }
  }
  return snapshot;
}

/** What was seen before the limit of requests left no place for a look. @throws any other error. */
function keptThrough(error: unknown, seen: ScanSnapshot | undefined): ScanSnapshot {
  const readyIn = error instanceof Failure && error.details.retry ? error.details.readyIn : undefined;
  if (readyIn === undefined || !seen) throw error;
  return { ...seen, nextLookAt: performance.now() + readyIn * 1000 };
}
