import type { CallLimits } from '../call/limits.js';
import type { Completeness } from './completeness.js';
import type { FindingsView } from './findings-index.js';
import { hostNames } from './groups.js';
import type { IndexedImage } from './image-table.js';

/** Reads the hosts of these images. */
export function readHosts(
  index: FindingsView,
  images: Iterable<IndexedImage>,
  caller: CallLimits,
): Promise<Completeness> {
  return index.ask({ inventory: false, hostsOfImages: [...new Set(images)].map(({ number }) => number) }, caller);
}

/** Names of the hosts of some images, each once, in order. */
export function namesOf({ store }: FindingsView, images: Iterable<IndexedImage>): readonly string[] {
  return [...new Set([...images].flatMap((image) => hostNames(store, image)))].sort();
}
