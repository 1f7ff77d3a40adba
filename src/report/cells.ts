import type { ReportUpgrade } from './report.js';

/** An upgrade as a row: rank, package, fix, findings by severity, images, containers. */
export function upgradeCells(upgrade: ReportUpgrade): (string | number)[] {
  const { rank, fix, critical, high, medium, low, images, containers } = upgrade;
  return [rank, upgrade.package, fix, critical, high, medium, low, images, containers];
}

/** How many items there are of what can only be gone through. */
export function countOf(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}
