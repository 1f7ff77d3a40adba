import type { LocalImage } from '../hss/models.js';
import { byReason, countImages, type LeftOut } from '../images/count.js';
import type { ScanOrder } from '../images/order.js';
import type { BatchOutcome } from '../images/send.js';
import { words } from '../words/words.js';
import { fields, type Row, type Table, tableOf } from './table.js';

/** What images come to before a scan, as facts of a result. */
export function countedFacts(rows: readonly LocalImage[], leftOut: readonly LocalImage[]) {
  const { runningImages, containers, hosts, moreHosts, scannedWithinADay } = countImages(rows);
  return {
    running_images: runningImages,
    containers,
    hosts,
    ...(moreHosts && { hosts_are: words().scan.at_least }),
    scanned_within_a_day: scannedWithinADay,
    ...leftOutFact(leftOut),
  };
}

/** How many images HSS cannot scan; nothing where there are none. */
export function leftOutFact(leftOut: readonly LocalImage[]): { readonly cannot_be_scanned?: number } {
  return leftOut.length > 0 ? { cannot_be_scanned: leftOut.length } : {};
}

/** Why HSS cannot scan them: its own words, so they stand in a table. */
export function leftOutTable(leftOut: readonly LocalImage[]): Table {
  const reasons = byReason(leftOut);
  return tableOf('left_out', reasons, fields<LeftOut & Row>('non_scan_reason', 'images'), {
    title: reasons.length > 0 ? words().scan.left_out : undefined,
  });
}

/** What a scan request selects, in words. */
export function selected(order: ScanOrder): string {
  const { scan } = words();
  if (order.kind === 'images') return scan.images(order.images.length);
  if (order.mode === 'all') return scan.all_images;
  return order.mode === 'filters' ? scan.by_filters_alone : scan.matching_images;
}

/** What to know of filters that are passed on: HSS may scan others, too, and nothing without `operate_all`. */
export function sentWarnings(mode: ScanOrder['mode']): string[] {
  const { filters_sent, filters_alone } = words().scan;
  if (mode === 'filters') return [filters_sent, filters_alone];
  return mode === 'all_with_filters' ? [filters_sent] : [];
}

/** A batch in words. */
export function described({ first, last, outcome }: BatchOutcome): string {
  return words().scan.batch(first, last, outcome);
}

/** A batch as a field of the structured part. */
export function batchFact({ first, last, outcome, requestId }: BatchOutcome) {
  return { first, last, outcome, ...(requestId && { request_id: requestId }) };
}
