import type { LocalImage } from '../hss/models.js';
import { words } from '../words/words.js';

/**
 * Where an image stands with respect to a scan. `not_started`: it was never scanned, and no scan of it is asked about.
 * `cannot_be_scanned`: HSS gives a `non_scan_reason`, and no scan of it has ended.
 */
export type ScanOutcome = 'finished' | 'running' | 'failed' | 'cannot_be_scanned' | 'not_started';

/** What one look at an image says. */
export interface ScanVerdict {
  readonly outcome: ScanOutcome;
  /** Whether a later look can say something else. */
  readonly open: boolean;
  readonly note?: string;
}

/** Whether HSS has ever finished a scan of the image. */
export function wasScanned(image: LocalImage): boolean {
  return image.scan_status === 'success' || (image.latest_scan_time ?? 0) > 0;
}

/** HSS writes both spellings of waiting, in different places. */
const RUNNING = new Set(['scanning', 'waiting', 'waiting_for_scan']);
const FAILED = new Set(['failed', 'download_failed', 'image_oversized', 'image_scan_stop']);

/** As long after its submission a scan may not show anywhere yet, and an old state be what shows, in ms. */
export const NOT_SHOWN_YET_MS = 120_000;

export function isRunning(image: LocalImage): boolean {
  return RUNNING.has(image.scan_status ?? '');
}

export function hasFailed(image: LocalImage): boolean {
  return FAILED.has(image.scan_status ?? '');
}

/**
 * Decides what an image's state means for a scan that was accepted at `submittedAt`; without it the present state
 * counts. Both times are the server's, so the clock of this machine plays no part.
 * @param now time of the answer that held the image.
 * @param seenRunning whether the image was seen running since the submission.
 */
export function judge(
  image: LocalImage,
  submittedAt: number | undefined,
  now: number,
  seenRunning: boolean,
): ScanVerdict {
  const state = image.scan_status ?? '';
  const scannedSince = submittedAt === undefined || (image.latest_scan_time ?? 0) >= submittedAt;
  if (isRunning(image)) return { outcome: 'running', open: true };
  const hasResult = submittedAt === undefined ? wasScanned(image) : scannedSince;
  if (image.non_scan_reason && !hasResult) return { outcome: 'cannot_be_scanned', open: false };
  if (state === 'success') {
    if (scannedSince) return { outcome: 'finished', open: false };
    return { outcome: 'running', open: true, note: words().status.earlier_result };
  }
  if (hasFailed(image)) {
    const confirmed = scannedSince || seenRunning;
    if (confirmed) return { outcome: 'failed', open: false };
    const isYoung = now < (submittedAt ?? 0) + NOT_SHOWN_YET_MS;
    return { outcome: 'failed', open: isYoung, note: words().status.not_confirmed };
  }
  if (state === 'unscan' || !wasScanned(image)) {
    if (submittedAt === undefined) return { outcome: 'not_started', open: false };
    return { outcome: 'running', open: true, note: words().status.not_begun };
  }
  return { outcome: 'running', open: true, note: words().status.unknown_state };
}
