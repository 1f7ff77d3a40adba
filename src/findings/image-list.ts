import type { CallLimits } from '../call/limits.js';
import type { Severity } from '../hss/models.js';
import { findingsAmong, fitsFilter, type ImageFilter, isWide, matching, readForFilter } from './chosen-images.js';
import { type Completeness, orFailure } from './completeness.js';
import { type Counts, countFindings } from './counts.js';
import type { FindingsView } from './findings-index.js';
import type { IndexedImage } from './image-table.js';
import { containersOf } from './of-images.js';
import { type Presence, presenceOf, type VulnerabilityRef } from './presence.js';
import type { Question } from './question.js';

export const IMAGE_SORT = ['critical', 'vulnerabilities', 'containers', 'last_scan', 'updated'] as const;
export type ImageSort = (typeof IMAGE_SORT)[number];

/** Which images are wanted, and in what order. */
export interface ImageQuery {
  readonly filter: ImageFilter;
  /** Only images with this vulnerability, open. */
  readonly ref?: VulnerabilityRef | undefined;
  readonly sortBy?: ImageSort | undefined;
}

/** Something that had to be read for an answer, and what the answer lacks as long as it was not. */
export interface Reading {
  readonly read: Completeness;
  readonly depth?: Severity | undefined;
  readonly lacks: 'images' | 'order' | 'presence';
}

/** The images that match, in order, as far as could be read. */
export interface ImageList {
  readonly images: readonly IndexedImage[];
  /** Where a vulnerability was asked for: how all images that the other filters let in stand to it. */
  readonly presence: ReadonlyMap<IndexedImage, Presence> | undefined;
  readonly readings: readonly Reading[];
}

/**
 * The images that match, out of the index.
 * @throws {Failure} that stands in the way when nothing could be read.
 * @throws {CallOver} when the call was cancelled.
 */
export async function listImages(index: FindingsView, query: ImageQuery, caller: CallLimits): Promise<ImageList> {
  const { filter, ref, sortBy } = query;
  const depth = depthOf(query);
  // Images and findings come by different operations, each with a limit of its own.
  const [found, everywhere, ofRef] = await Promise.all([
    readForFilter(index, filter, caller),
    depth && isWide(filter) ? index.ask({ depth }, caller) : undefined,
    ref ? index.ask({ ...idsOf(ref), handled: true }, caller) : undefined,
  ]);
  orFailure(found);
  const readings: Reading[] = [{ read: found, lacks: 'images' }];
  if (depth) {
    const read = everywhere ?? (await index.ask(await findingsAmong(index.store, filter, depth), caller));
    if (filter.severity_level) orFailure(read, depth);
    readings.push({ read, depth, lacks: filter.severity_level ? 'images' : 'order' });
  }
  if (ofRef) readings.push({ read: ofRef, lacks: 'presence' });
  const chosen = matching(index.store, await fitsFilter(index.store, filter));
  const presence = ref && new Map(chosen.map((image) => [image, presenceOf(index.store, ref, image)]));
  const images = presence ? chosen.filter((image) => presence.get(image)?.state === 'present') : chosen;
  return { images: sorted(images, await countFindings(index.store), sortBy), presence, readings };
}

/** How deep findings have to be read; ties of the order by Critical findings are broken by High ones. */
function depthOf({ filter: { severity_level }, sortBy }: ImageQuery): Severity | undefined {
  if (sortBy !== 'critical') return severity_level;
  return severity_level === undefined || severity_level === 'Critical' ? 'High' : severity_level;
}

function idsOf(ref: VulnerabilityRef): Question {
  return 'vul_id' in ref ? { vulIds: [ref.vul_id] } : { cveIds: [ref.cve_id] };
}

/** Most first; ties by High findings, then containers, then by name. Without an order by name. */
function sorted(images: readonly IndexedImage[], counts: Counts, by: ImageSort | undefined): IndexedImage[] {
  const first = (image: IndexedImage): number => {
    switch (by) {
      case 'critical':
        return counts.of(image).critical;
      case 'vulnerabilities':
        return image.row.vul_num ?? 0;
      case 'containers':
        return containersOf(image);
      case 'last_scan':
        return image.row.latest_scan_time ?? 0;
      case 'updated':
        return image.row.latest_update_time ?? 0;
      default:
        return 0;
    }
  };
  const keyed = images.map((image) => ({ image, first: first(image), high: by ? counts.of(image).high : 0 }));
  return keyed
    .sort(
      (one, other) =>
        other.first - one.first ||
        other.high - one.high ||
        (by ? containersOf(other.image) - containersOf(one.image) : 0) ||
        byName(one.image, other.image),
    )
    .map(({ image }) => image);
}

function byName({ row: one }: IndexedImage, { row: other }: IndexedImage): number {
  return (
    compare(one.image_name, other.image_name) ||
    compare(one.image_version, other.image_version) ||
    compare(one.image_id, other.image_id) ||
    compare(one.image_digest, other.image_digest)
  );
}

function compare(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
