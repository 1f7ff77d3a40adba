import type { LocalImage } from '../hss/models.js';
import { wasScanned } from './state.js';

const DAY_MS = 86_400_000;

/** What images come to, as far as their rows say. */
export interface ImageCounts {
  readonly images: number;
  readonly runningImages: number;
  readonly containers: number;
  readonly hosts: number;
  /** Whether there may be more hosts: a row names one host of an image. */
  readonly moreHosts: boolean;
  /** Images whose last scan ended within a day. */
  readonly scannedWithinADay: number;
}

/** Counts images. @param now in ms since 1970. */
export function countImages(rows: readonly LocalImage[], now = Date.now()): ImageCounts {
  const running = rows.filter(({ container_num }) => (container_num ?? 0) > 0);
  return {
    images: rows.length,
    runningImages: running.length,
    containers: running.reduce((sum, { container_num = 0 }) => sum + container_num, 0),
    hosts: new Set(rows.flatMap(({ host_id }) => host_id ?? [])).size,
    moreHosts: rows.some(({ host_num }) => host_num !== 1),
    scannedWithinADay: rows.filter((row) => wasScanned(row) && now - (row.latest_scan_time ?? 0) < DAY_MS).length,
  };
}

/** Images that HSS cannot scan for one reason. */
export interface LeftOut {
  readonly non_scan_reason: string;
  readonly images: number;
}

/** Why HSS cannot scan some of the images, most first. */
export function byReason(rows: readonly LocalImage[]): LeftOut[] {
  const reasons = rows.flatMap(({ non_scan_reason }) => non_scan_reason || []);
  return tally(reasons).map(([non_scan_reason, images]) => ({ non_scan_reason, images }));
}

/** How often each word stands there, most first. */
export function tally(words: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** The images that HSS can scan. */
export function scannable(rows: readonly LocalImage[]): LocalImage[] {
  return rows.filter(({ non_scan_reason }) => !non_scan_reason);
}
