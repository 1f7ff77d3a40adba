import { tally } from '../images/count.js';
import type { FollowedRow, ScanSnapshot } from '../images/follow.js';
import { timeForPeople } from '../text/zone.js';
import { words } from '../words/words.js';
import { IMAGE_COLUMNS } from './image.js';
import type { Incomplete } from './result.js';
import { type Column, partColumn } from './table.js';

/** What needs a reader first stands first. */
const ORDER = ['failed', 'cannot_be_scanned', 'running', 'not_started', 'finished'];
const MINUTE_MS = 60_000;

export const FOLLOWED_COLUMNS: readonly Column<FollowedRow>[] = [
  { name: 'outcome', value: ({ verdict }) => verdict.outcome },
  ...IMAGE_COLUMNS.filter(({ name }) => name !== 'container_num' && name !== 'image_digest').map((column) =>
    partColumn(column, ({ image }: FollowedRow) => image),
  ),
  { name: 'note', value: ({ verdict }) => verdict.note },
];

export function inOrder(rows: readonly FollowedRow[]): FollowedRow[] {
  return [...rows].sort((a, b) => ORDER.indexOf(a.verdict.outcome) - ORDER.indexOf(b.verdict.outcome));
}

/** Failed images of one reason. */
export interface FailureGroup {
  readonly scan_failed_desc: string;
  readonly images: number;
}

export const FAILURE_COLUMNS: readonly Column<FailureGroup>[] = [
  { name: 'scan_failed_desc', value: (group) => group.scan_failed_desc || words().status.no_reason },
  { name: 'images', value: (group) => group.images },
];

/** Failures by reason, most first. */
export function failuresOf(rows: readonly FollowedRow[]): FailureGroup[] {
  const failed = rows.filter(({ verdict }) => verdict.outcome === 'failed');
  const reasons = tally(failed.map(({ image }) => image.scan_failed_desc ?? ''));
  return reasons.map(([scan_failed_desc, images]) => ({ scan_failed_desc, images }));
}

/** How fast the scan went so far, and how long the rest takes at that rate; nothing before something has ended. */
export function rateOf({ finished, failed, running, servedAt }: ScanSnapshot, submittedAt: number | undefined) {
  const ended = finished + failed;
  const minutes = submittedAt === undefined ? 0 : (servedAt.getTime() - submittedAt) / MINUTE_MS;
  if (ended === 0 || running === 0 || minutes <= 0) return {};
  const perMinute = ended / minutes;
  return { scans_per_minute: rounded(perMinute), minutes_left: rounded(running / perMinute) };
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** That states are those of an earlier look, or that some were not seen, where the limit of requests leaves no place. */
export function withoutLook(snapshot: ScanSnapshot): Incomplete | undefined {
  const { nextLookAt, servedAt, rows, notRead = 0 } = snapshot;
  if (nextLookAt === undefined) return undefined;
  const known = rows.length + snapshot.not_found;
  const { status } = words();
  const why =
    notRead > 0 ? status.no_place_for_others(notRead) : status.no_place_for_look(timeForPeople(servedAt.getTime()));
  return {
    read: notRead > 0 ? known : 0,
    of: known + notRead,
    why,
    ready_in: Math.max(1, Math.ceil((nextLookAt - performance.now()) / 1000)),
  };
}
