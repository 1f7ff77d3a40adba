import type { HandleStatus } from '../hss/models.js';
import { Breath } from './breath.js';
import type { IndexedImage } from './image-table.js';
import type { Store } from './store.js';
import { byWorst, type IndexedVulnerability } from './vulnerability-table.js';

/** One vulnerability with what it touches among some images. Containers of an image are counted once. */
export interface TouchedBy {
  readonly vulnerability: IndexedVulnerability;
  readonly images: number;
  readonly runningImages: number;
  readonly containers: number;
}

/** The images in which a vulnerability was found so far, those with most containers first. */
export function affectedImages(store: Store, found: IndexedVulnerability, status: HandleStatus): IndexedImage[] {
  return Array.from(store.imagesWith(found, status), (number) => store.images.at(number)).sort(byContainers);
}

/** The vulnerabilities found so far in the images that fit, worst first. */
export async function vulnerabilitiesAmong(
  store: Store,
  status: HandleStatus,
  fits: (image: IndexedImage) => boolean = () => true,
): Promise<TouchedBy[]> {
  const breath = new Breath();
  const touched: TouchedBy[] = [];
  for (const vulnerability of store.vulnerabilities.all) {
    let images = 0;
    let runningImages = 0;
    let containers = 0;
    for (const number of store.imagesWith(vulnerability, status)) {
      const image = store.images.at(number);
      if (!fits(image)) continue;
      images += 1;
      containers += containersOf(image);
      if (containersOf(image) > 0) runningImages += 1;
    }
    if (images > 0) touched.push({ vulnerability, images, runningImages, containers });
    await breath.take();
  }
  return touched.sort((one, other) => byWorst(one.vulnerability, other.vulnerability));
}

/** Containers of an image; it runs when there is one. */
export function containersOf({ row }: IndexedImage): number {
  return row.container_num ?? 0;
}

function byContainers(one: IndexedImage, other: IndexedImage): number {
  return containersOf(other) - containersOf(one) || one.number - other.number;
}
