import type { ListImageLocalQuery, LocalImage } from '../hss/models.js';
import { wasScanned } from './state.js';

/** The filters of ListImageLocal whose fields its rows carry: a row tells whether it was meant. */
export type RowFilter = Pick<
  ListImageLocalQuery,
  | 'image_name'
  | 'image_version'
  | 'local_image_type'
  | 'scan_status'
  | 'image_size'
  | 'start_latest_update_time'
  | 'end_latest_update_time'
  | 'start_latest_scan_time'
  | 'end_latest_scan_time'
  | 'has_vul'
  | 'has_container'
>;

/** The query says `waiting_for_scan`, rows say `waiting`. */
const WAITING = new Set(['waiting', 'waiting_for_scan']);

/**
 * Whether a row is one that the filters mean, as the page of ListImageLocal explains them. HSS may honour fewer filters
 * than it takes; what is counted or scanned by number is matched here.
 */
export function fitsRow(filter: RowFilter): (row: LocalImage) => boolean {
  const updated = range(filter.start_latest_update_time, filter.end_latest_update_time);
  const scanned = range(filter.start_latest_scan_time, filter.end_latest_scan_time);
  return (row) =>
    (filter.image_name === undefined || (row.image_name ?? '').includes(filter.image_name)) &&
    isSame(filter.image_version, row.image_version) &&
    isSame(filter.local_image_type, row.local_image_type) &&
    isSame(filter.image_size, row.image_size) &&
    hasStatus(filter.scan_status, row.scan_status) &&
    updated(row.latest_update_time) &&
    scanned(row.latest_scan_time) &&
    (filter.has_vul === undefined || (wasScanned(row) && (row.vul_num ?? 0) > 0 === filter.has_vul)) &&
    (filter.has_container === undefined || (row.container_num ?? 0) > 0 === filter.has_container);
}

function isSame<T>(wanted: T | undefined, is: T | undefined): boolean {
  return wanted === undefined || wanted === is;
}

function hasStatus(wanted: string | undefined, is: string | undefined): boolean {
  if (wanted === undefined || !WAITING.has(wanted)) return isSame(wanted, is);
  return is !== undefined && WAITING.has(is);
}

/** Both ends belong to it. An image without the time lies in no range. */
function range(start: number | undefined, end: number | undefined): (time: number | undefined) => boolean {
  if (start === undefined && end === undefined) return () => true;
  return (time) => time !== undefined && time > 0 && (start ?? 0) <= time && time <= (end ?? Number.MAX_VALUE);
}
