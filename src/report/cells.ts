import { forPeople } from '../text/zone.js';
import type { ReportImage, ReportUpgrade } from './report.js';

/** An upgrade as a row: rank, package, fix, findings by severity, images, containers. */
export function upgradeCells(upgrade: ReportUpgrade): (string | number)[] {
  const { rank, fix, critical, high, medium, low, images, containers } = upgrade;
  return [rank, upgrade.package, fix, critical, high, medium, low, images, containers];
}

/** When an image was last scanned, as people read it; undefined for never. */
export function lastScan({ latest_scan_time }: ReportImage): string | undefined {
  return latest_scan_time === undefined ? undefined : forPeople(latest_scan_time);
}

/** How many items there are of what can only be gone through. */
export function countOf(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}
