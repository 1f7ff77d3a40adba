import type { CallScope } from '../hss/client.js';
import type { LocalImage, LocalImageFilter, LocalImageInfo } from '../hss/models.js';
import type { ToolContext } from '../tools/tool.js';
import { findImages } from './find.js';
import { isRunning, judge, type ScanVerdict } from './state.js';

/** Images remembered as seen running; forgetting costs a note in a result, no more. */
const MOST_REMEMBERED = 20_000;

/** One look at a scan. */
export interface ScanSnapshot {
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
  readonly not_found: number;
  readonly not_started: number;
  /** Whether a later look can say something else. */
  readonly open: boolean;
  readonly rows: readonly { readonly image: LocalImage; readonly verdict: ScanVerdict }[];
  readonly missing: readonly LocalImageInfo[];
  readonly notes: readonly string[];
}

/** Looks at single images. */
export async function lookAtImages(
  images: readonly LocalImageInfo[],
  submittedAt: number | undefined,
  scope: CallScope,
  { hss, seenRunning }: ToolContext,
): Promise<ScanSnapshot> {
  const { matches, complete, servedAt } = await findImages(hss, images, scope);
  const rows = [...new Set(matches.flat())].map((image) => {
    const key = `${scope.region} ${image.image_id} ${image.image_digest} ${submittedAt}`;
    if (seenRunning.size > MOST_REMEMBERED) seenRunning.clear();
    if (isRunning(image)) seenRunning.add(key);
    return { image, verdict: judge(image, submittedAt, servedAt.getTime(), seenRunning.has(key)) };
  });
  const missing = images.filter((_, index) => matches[index]?.length === 0);
  const count = (outcome: string) => rows.filter((row) => row.verdict.outcome === outcome).length;
  return {
    finished: count('finished'),
    running: count('running'),
    failed: count('failed'),
    not_found: missing.length,
    not_started: count('not_started'),
    open: rows.some((row) => row.verdict.open),
    rows,
    missing,
    notes: complete
      ? []
      : [
          'Not every row was searched, because HSS cannot search by id or digest; give image_name to find an image directly.',
        ],
  };
}

/** Filters that a scan itself changes: images that matched before it do not match after it. */
const MOVED_BY_A_SCAN = ['scan_status', 'start_latest_scan_time', 'end_latest_scan_time'] as const;

/** The filters that select the same images before and after a scan. */
export function lastingFilters(filters: LocalImageFilter): LocalImageFilter {
  return Object.fromEntries(
    Object.entries(filters).filter(([name]) => !MOVED_BY_A_SCAN.some((moved) => moved === name)),
  );
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
  { hss }: ToolContext,
): Promise<ScanSnapshot> {
  const dropped = MOVED_BY_A_SCAN.filter((name) => filters[name] !== undefined);
  const lasting = lastingFilters(filters);
  const count = (query: LocalImageFilter) => hss.listImageLocal({ ...lasting, ...query, offset: 0, limit: 10 }, scope);
  const since = submittedAt === undefined ? {} : { start_latest_scan_time: submittedAt, end_latest_scan_time: FAR };
  const [finished, scanning, waiting, failed, unscanned] = await Promise.all([
    count({ scan_status: 'success', ...since }),
    count({ scan_status: 'scanning' }),
    count({ scan_status: 'waiting_for_scan' }),
    count({ scan_status: 'failed' }),
    count({ scan_status: 'unscan' }),
  ]);
  const running = scanning.total_num + waiting.total_num;
  const young = submittedAt !== undefined && finished.servedAt.getTime() < submittedAt + NOT_SHOWN_YET_MS;
  return {
    finished: finished.total_num,
    running,
    failed: failed.total_num,
    not_found: 0,
    not_started: unscanned.total_num,
    open: running > 0 || (young && finished.total_num === 0),
    rows: [],
    missing: [],
    notes: [
      'Counted by scan_status over all images that match; failed counts earlier failures, too.',
      ...(dropped.length > 0 ? [`${dropped.join(', ')} left out: a scan changes what matches there.`] : []),
    ],
  };
}
