import type { Choices } from '../choices.js';
import type { ImageState, ScanStatus } from '../estate.js';
import type { Parameters } from '../parameters.js';

const LONGEST = 2 ** 63 - 1;

const FILTERS = [
  'image_name',
  'image_version',
  'local_image_type',
  'scan_status',
  'image_size',
  'start_latest_update_time',
  'end_latest_update_time',
  'start_latest_scan_time',
  'end_latest_scan_time',
] as const;

/** The states that a filter can name, as the rows call them. The query says waiting_for_scan, the rows say waiting. */
const STATES: ReadonlyMap<string, ScanStatus> = new Map([
  ['unscan', 'unscan'],
  ['success', 'success'],
  ['scanning', 'scanning'],
  ['failed', 'failed'],
  ['waiting_for_scan', 'waiting'],
]);

/**
 * The filters that ListImageLocal and BatchScanLocalImage share, with the documented quirks of ListImageLocal: names
 * match in part, a version counts only with a name, a time range only as a pair with start before end, the range of
 * scan times only for scanned images, and an unknown value of an enumeration matches nothing.
 * @param honoured whether all of them count, or the name alone.
 */
export function sharedFilter(
  parameters: Parameters,
  honoured: Choices['honouredFilters'],
): (state: ImageState) => boolean {
  const name = parameters.text('image_name');
  const version = parameters.text('image_version', { max: 128 });
  const type = parameters.text('local_image_type');
  const status = parameters.text('scan_status');
  const size = parameters.integer('image_size', 0, LONGEST);
  const updated = range(parameters, 'latest_update_time');
  const scanned = range(parameters, 'latest_scan_time');
  return (state) => {
    const { image } = state;
    if (name !== undefined && !image.image_name.includes(name)) return false;
    if (honoured === 'image_name') return true;
    if (name !== undefined && version !== undefined && image.image_version !== version) return false;
    if (type !== undefined && image.local_image_type !== type) return false;
    if (status !== undefined && state.scan_status !== STATES.get(status)) return false;
    if (size !== undefined && image.image_size !== size) return false;
    if (updated && !updated(image.latest_update_time)) return false;
    if (scanned && !(state.scan_status === 'success' && scanned(state.latest_scan_time))) return false;
    return true;
  };
}

function range(parameters: Parameters, name: string): ((time: number) => boolean) | undefined {
  const start = parameters.integer(`start_${name}`, 0, LONGEST);
  const end = parameters.integer(`end_${name}`, 0, LONGEST);
  if (start === undefined || end === undefined || start >= end) return undefined;
  return (time) => start <= time && time <= end;
}

/** Whether any of the shared filters is given. */
export function hasSharedFilter(parameters: Parameters): boolean {
  return FILTERS.some((name) => parameters.has(name));
}
