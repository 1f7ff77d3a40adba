import { partOf } from '../call/part.js';
import { badInput, type Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, LocalImageInfo } from '../hss/models.js';
import { quoted } from '../text/clean.js';
import { words } from '../words/words.js';
import { findImages } from './find.js';
import { distinct, IDENTITY } from './identity.js';

/** The fields in the order in which people read them. */
const IN_WORDS = ['image_name', 'image_version', 'image_id', 'image_digest'] as const;
/** Candidates named for an entry that could mean several images. */
const MOST_NAMED = 5;

/** The images of a list as they are sent, and how many entries were completed. */
export interface CompletedList {
  readonly images: readonly LocalImage[];
  readonly completed: number;
  /** Why entries could not be looked up; they go as they are. */
  readonly failure?: Failure;
}

/**
 * Completes the entries that have a name and lack another field, where exactly one image fits; all others go unchanged.
 * @throws {Failure} of source `input` for an entry that several images fit; of the search when it is not signed right.
 */
export async function completeList(
  entries: readonly LocalImageInfo[],
  scope: CallScope,
  hss: HssClient,
): Promise<CompletedList> {
  const lacking = entries.filter(lacksFields);
  const unchanged = entries.map((entry) => ({ ...entry }));
  if (lacking.length === 0) return { images: unchanged, completed: 0 };
  const search = await partOf(findImages(hss, lacking, scope));
  if ('failure' in search) {
    // A wrong signature is not tried once more: five of them lock the key.
    if (search.failure.details.status === 401) throw search.failure;
    return { images: unchanged, completed: 0, failure: search.failure };
  }
  const { matches } = search.value;
  const found = new Map(lacking.map((entry, index) => [entry, distinct(matches[index] ?? [])]));
  let completed = 0;
  const images = entries.map((entry, index) => {
    const [one, ...others] = found.get(entry) ?? [];
    if (others.length > 0 && one) throw ambiguous(index, [one, ...others]);
    if (one) completed += 1;
    return one ?? { ...entry };
  });
  return { images, completed };
}

function lacksFields(entry: LocalImageInfo): boolean {
  return entry.image_name !== undefined && IDENTITY.some((field) => entry[field] === undefined);
}

function ambiguous(index: number, rows: readonly LocalImage[]): Failure {
  const named = rows
    .slice(0, MOST_NAMED)
    .map((row) => `{${IN_WORDS.flatMap((field) => fieldOf(row, field)).join(', ')}}`);
  const { choosing } = words();
  return badInput(choosing.ambiguous(index, rows.length, named, rows.length - named.length), choosing.give_ids_or_all);
}

function fieldOf(row: LocalImage, field: (typeof IN_WORDS)[number]): string[] {
  const value = row[field];
  return value === undefined ? [] : [`${field}: ${quoted(value, 128)}`];
}
