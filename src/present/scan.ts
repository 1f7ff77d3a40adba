import type { LocalImage } from '../hss/models.js';
import { byReason, countImages, type LeftOut } from '../images/count.js';
import type { ScanOrder } from '../images/order.js';
import type { BatchOutcome } from '../images/send.js';
import { plural } from './readable.js';
import { fields, type Row, type Table, tableOf } from './table.js';

/** What images come to before a scan, as facts of a result. */
export function countedFacts(rows: readonly LocalImage[], leftOut: readonly LocalImage[]) {
  const { runningImages, containers, hosts, moreHosts, scannedWithinADay } = countImages(rows);
  return {
    running_images: runningImages,
    containers,
    hosts,
    ...(moreHosts && { hosts_are: 'at least so many' }),
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
    title: reasons.length > 0 ? 'Cannot be scanned:' : undefined,
  });
}

/** What a scan request selects, in words. */
export function selected(order: ScanOrder): string {
  if (order.kind === 'images') return plural(order.images.length, 'image');
  if (order.mode === 'all') return 'all local images';
  return order.mode === 'filters' ? 'by filters alone (see the warning)' : 'all local images that match the filters';
}

/** Said of filters that are passed on without `operate_all`. */
export const FILTERS_ALONE =
  'Filters were given without operate_all: true and without image_info_list. HSS does not document what it does then; it may ' +
  'scan nothing. Use operate_all: true with the filters to scan what matches, and dry_run: true to count it first.';

/** Said of filters that are passed on: HSS may scan others, too. */
export const FILTERS_SENT =
  'The filters were passed on (HSS_SCAN_FILTERS=send). HSS does not document which of them it honours for a scan: images beside those that match may be scanned.';

/** A batch in words. */
export function described({ first, last, outcome }: BatchOutcome): string {
  return `entries ${first} to ${last} of image_info_list ${outcome.replace('_', ' ')}`;
}

/** A batch as a field of the structured part. */
export function batchFact({ first, last, outcome, requestId }: BatchOutcome) {
  return { first, last, outcome, ...(requestId && { request_id: requestId }) };
}
