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
  /** Images that HSS cannot scan, by `non_scan_reason`. */
  readonly cannotBeScanned: Readonly<Record<string, number>>;
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
    cannotBeScanned: byReason(rows),
    scannedWithinADay: rows.filter((row) => wasScanned(row) && now - (row.latest_scan_time ?? 0) < DAY_MS).length,
  };
}

/** How many images HSS cannot scan, by `non_scan_reason`. */
export function byReason(rows: readonly LocalImage[]): Readonly<Record<string, number>> {
  const reasons = new Map<string, number>();
  for (const { non_scan_reason: reason } of rows) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return Object.fromEntries(reasons);
}

/** The images that HSS can scan. */
export function scannable(rows: readonly LocalImage[]): LocalImage[] {
  return rows.filter(({ non_scan_reason }) => !non_scan_reason);
}
