import type { IndexedImage } from './image-table.js';
import type { Presence } from './presence.js';

/** How an image stands to a vulnerability, in one word. */
export type Standing = 'present' | 'absent' | 'handled' | 'not_scanned' | 'not_read';

export function standingOf(presence: Presence): Standing {
  if (presence.state !== 'unknown') return presence.state;
  return presence.reason === 'never_scanned' ? 'not_scanned' : 'not_read';
}

/** How many images stand how to a vulnerability. */
export function countStandings(presence: ReadonlyMap<IndexedImage, Presence>): Readonly<Record<Standing, number>> {
  const counts = { present: 0, absent: 0, handled: 0, not_scanned: 0, not_read: 0 };
  for (const each of presence.values()) counts[standingOf(each)] += 1;
  return counts;
}
