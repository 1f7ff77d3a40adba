import { badInput } from '../failure.js';
import type { LocalImageFilter } from '../hss/models.js';
import { forPeople } from '../text/zone.js';
import { words } from '../words/words.js';

const RANGES = [
  ['start_latest_update_time', 'end_latest_update_time'],
  ['start_latest_scan_time', 'end_latest_scan_time'],
] as const;

type Times = { readonly [K in (typeof RANGES)[number][number]]?: number | undefined };

/** @throws {Failure} of source `input` for a time in seconds, or a range that starts after its end. */
export function checkTimes(times: Times): void {
  const { choosing } = words();
  for (const [start, end] of RANGES) {
    for (const name of [start, end]) {
      const value = times[name];
      if (value !== undefined && value >= 1e9 && value <= 1e11) {
        throw badInput(
          choosing.looks_like_seconds(name, value),
          choosing.give_milliseconds(name, forPeople(new Date(value * 1000).toISOString()), value * 1000),
        );
      }
    }
    const [from, to] = [times[start], times[end]];
    if (from !== undefined && to !== undefined && from > to) {
      throw badInput(choosing.after_its_end(start, from, end, to), choosing.swap(start, to, end, from));
    }
  }
}

/**
 * The filters that are meant: clients that force every field to be given send a size of 0 and times of 0, and HSS's own
 * defaults are these. A range from 0 to a time is one.
 */
export function meantFilters<F extends Times & { readonly image_size?: number | undefined }>(filters: F): F {
  const meant: { -readonly [K in keyof F]: F[K] } = { ...filters };
  if (meant.image_size === 0) delete meant.image_size;
  for (const [start, end] of RANGES) {
    if (meant[end] === 0) delete meant[end];
    if (meant[start] === 0 && meant[end] === undefined) delete meant[start];
  }
  return meant;
}

/** A filter that ListImageLocal does not apply as it stands, though it takes it. */
export interface NotExpressible {
  /** What it ignores or does not know: a sentence. */
  readonly why: string;
  /** What to give instead. */
  readonly next: string;
}

/**
 * Why ListImageLocal cannot list exactly what `filters` mean; undefined when it can. HSS silently drops half a range, a
 * range that does not start before its end, and a version without a name, and knows fewer states than a scan request: whoever counted its
 * answer would take the whole estate for what was meant.
 */
export function notExpressible(filters: LocalImageFilter): NotExpressible | undefined {
  const { choosing } = words();
  const { scan_status: status } = filters;
  if (status === 'download_failed' || status === 'image_oversized') {
    return { why: choosing.unknown_state(status), next: choosing.give_failed };
  }
  for (const [start, end] of RANGES) {
    const [from, to] = [filters[start], filters[end]];
    if ((from === undefined) !== (to === undefined)) {
      const [given, missing] = from === undefined ? [end, start] : [start, end];
      return { why: choosing.half_a_range(given, missing), next: choosing.give_too(missing) };
    }
    if (from !== undefined && to !== undefined && from >= to) {
      return { why: choosing.empty_range(start, end), next: choosing.give_later(end) };
    }
  }
  if (filters.image_version !== undefined && filters.image_name === undefined) {
    return { why: choosing.version_alone, next: choosing.give_too('image_name') };
  }
  return undefined;
}

/** @throws {Failure} of source `input` for filters that ListImageLocal cannot express. */
export function refuseNotExpressible(filters: LocalImageFilter): void {
  const reason = notExpressible(filters);
  if (reason) throw badInput(reason.why, reason.next);
}

/** Filters that a scan itself changes: images that matched before it do not match after it. */
export const MOVED_BY_A_SCAN = ['scan_status', 'start_latest_scan_time', 'end_latest_scan_time'] as const;

/** The filters that select the same images before and after a scan. */
export function lastingFilters(filters: LocalImageFilter): LocalImageFilter {
  return Object.fromEntries(
    Object.entries(filters).filter(([name]) => !MOVED_BY_A_SCAN.some((moved) => moved === name)),
  );
}
