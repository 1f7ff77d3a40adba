import { COUNTED, type Group, type GroupBy } from '../findings/groups.js';
import type { Severity } from '../hss/models.js';
import { severitiesTo } from './completeness.js';
import type { Column } from './table.js';

/** Hosts shown of one row. */
export const MOST_HOSTS = 20;

/**
 * A group of images as one of many. Counts of findings only as deep as they were read, and not where no image of the
 * group was ever scanned: a zero would read as "none".
 */
export function groupColumns(
  by: GroupBy,
  depth: Severity | undefined,
  hosts?: (group: Group) => readonly string[] | undefined,
): readonly Column<Group>[] {
  const read = depth ? severitiesTo(depth) : [];
  return [
    { name: 'key', holds: by, value: ({ key }) => key || '(none)' },
    { name: 'images', value: ({ images }) => images },
    { name: 'running_images', value: ({ runningImages }) => runningImages },
    { name: 'containers', value: ({ containers }) => containers },
    ...read.map((severity) => ({
      name: COUNTED[severity],
      value: (group: Group) => (group.neverScanned < group.images ? group[COUNTED[severity]] : undefined),
    })),
    { name: 'never_scanned', value: ({ neverScanned }) => neverScanned || undefined },
    { name: 'hosts', value: (group) => firstOf(hosts?.(group) ?? [], MOST_HOSTS) },
  ];
}

/** The first of many words, and how many more there are. */
export function firstOf(words: readonly string[], most: number): readonly string[] {
  return words.length > most ? [...words.slice(0, most), `and ${words.length - most} more`] : words;
}
