import type { LocalImage, LocalImageInfo } from '../hss/models.js';

/** The fields of LocalImageInfo: by these a scan request names an image, and rows are told apart. */
export const IDENTITY = ['image_id', 'image_digest', 'image_name', 'image_version'] as const;

/** What tells an image from all others, as one text. */
export function keyOf(image: LocalImageInfo): string {
  return JSON.stringify(IDENTITY.map((field) => image[field]));
}

/** The fields by which a scan request names an image, without those that are missing. */
export function infoOf(row: LocalImage): LocalImageInfo {
  return Object.fromEntries(IDENTITY.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])));
}

/** HSS may give a row an agent: each image once, with the numbers of all its rows. */
export function distinct(rows: readonly LocalImage[]): LocalImage[] {
  const byKey = new Map<string, LocalImage>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = byKey.get(key);
    byKey.set(key, known ? merged(known, row) : row);
  }
  return [...byKey.values()];
}

/** Numbers are those of the image; a row of another agent may count its own. */
function merged(one: LocalImage, other: LocalImage): LocalImage {
  const most = (name: 'container_num' | 'host_num') => Math.max(one[name] ?? 0, other[name] ?? 0);
  return { ...one, container_num: most('container_num'), host_num: Math.max(2, most('host_num')) };
}
