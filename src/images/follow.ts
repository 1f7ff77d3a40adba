import type { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, LocalImageInfo } from '../hss/models.js';
import { words } from '../words/words.js';
import type { ScanPart } from '../workspace/scans.js';
import type { SeenRunning } from '../workspace/seen-running.js';
import { findImages, type SearchMemory } from './find.js';
import { infoOf } from './identity.js';
import { isRunning, judge, type ScanOutcome, type ScanVerdict } from './state.js';

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

/** What was sent, as it is looked at. */
export function asFollowed(parts: readonly ScanPart[]): readonly Followed[] {
  return parts.map(({ images, submittedAt }) => ({ images: images.map(infoOf), submittedAt }));
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
    notes: complete ? [] : [words().status.rows_searched],
  };
}

/** What the rows of one look have in common. */
export interface Look {
  readonly region: string;
  readonly servedAt: Date;
  readonly seenRunning: SeenRunning;
}

/** What a row says of a scan that was accepted at `submittedAt`; without it the present state counts. */
export function verdictOf(
  image: LocalImage,
  submittedAt: number | undefined,
  { region, servedAt, seenRunning }: Look,
): ScanVerdict {
  const key = `${image.image_id} ${image.image_digest}`;
  if (isRunning(image)) seenRunning.add(region, key, submittedAt);
  return judge(image, submittedAt, servedAt.getTime(), seenRunning.has(region, key, submittedAt));
}

/** How many images came to what. */
export function countsOf(rows: readonly FollowedRow[]) {
  const count = (outcome: ScanOutcome) => rows.filter((row) => row.verdict.outcome === outcome).length;
  return {
    finished: count('finished'),
    running: count('running'),
    failed: count('failed'),
    cannot_be_scanned: count('cannot_be_scanned'),
    not_started: count('not_started'),
  };
}

/** When the limit of requests leaves a place again, on the clock of `performance.now()`. */
export function nextPlace({ details: { readyIn = 1 } }: Failure): number {
  return performance.now() + readyIn * 1000;
}
