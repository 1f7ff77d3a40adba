import type { CallLimits } from '../call/limits.js';
import type { LocalImage, Severity } from '../hss/models.js';
import type { Completeness } from './completeness.js';
import { countFindings, type ImageFindings } from './counts.js';
import type { FindingsView } from './findings-index.js';

/** Findings of one image, counted, and how far they were read. */
export interface CountedImage {
  readonly counts: ImageFindings;
  /** The counts hold down to this severity; undefined: not even Critical ones were all read. */
  readonly depth: Severity | undefined;
  readonly completeness: Completeness;
}

/** Counts the findings of an image whose row is at hand; handled ones apart. */
export async function countOne(index: FindingsView, row: LocalImage, limits: CallLimits): Promise<CountedImage> {
  const completeness = await index.ask({ ofImages: [row], handled: true, inventory: false }, limits);
  const { store } = index;
  const image = store.images.seen(row);
  const counts = (await countFindings(store)).of(image);
  return { counts, depth: completeness.complete ? 'Low' : counts.readTo, completeness };
}
