import { COUNTED, type Group, type GroupBy } from '../findings/groups.js';
import type { Severity } from '../hss/models.js';
import { words } from '../words/words.js';
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
    { name: 'key', holds: by, value: ({ key }) => key || words().result.no_name },
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
export function firstOf(names: readonly string[], most: number): readonly string[] {
  const more = names.length - most;
  return more > 0 ? [...names.slice(0, most), words().result.and_more(more)] : names;
}
