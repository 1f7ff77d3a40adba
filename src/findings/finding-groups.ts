import type { Severity } from '../hss/models.js';
import { Breath } from './breath.js';
import type { Fits } from './image-table.js';
import type { Store } from './store.js';
import { atLeast, byWorst, type IndexedVulnerability } from './vulnerability-table.js';

/** One vulnerability and the images that have it, by their numbers in the index; an image stands in one of the lists. */
export interface FindingGroup {
  readonly vulnerability: IndexedVulnerability;
  readonly open: Uint32Array;
  readonly handled: Uint32Array;
}

/**
 * Every finding of at least a severity in the listed images that fit, worst vulnerabilities first, as it was read so far.
 * What is read later changes none of it: a report goes through its findings more than once. A finding takes four bytes.
 */
export async function* findingGroups(store: Store, fits: Fits, least: Severity): AsyncGenerator<FindingGroup> {
  const breath = new Breath();
  const wanted = store.vulnerabilities.all.filter(({ severity }) => atLeast(severity, least)).sort(byWorst);
  const counts = (number: number) => {
    const image = store.images.at(number);
    return image.listed && fits(image);
  };
  for (const vulnerability of wanted) {
    const open = new Set(store.imagesWith(vulnerability, 'unhandled'));
    // What is open in one package of an image and handled in another one is open.
    const handled = Array.from(store.imagesWith(vulnerability, 'handled')).filter((number) => !open.has(number));
    const group = {
      vulnerability,
      open: Uint32Array.from([...open].filter(counts)).sort(),
      handled: Uint32Array.from(new Set(handled.filter(counts))).sort(),
    };
    if (group.open.length + group.handled.length > 0) yield group;
    await breath.take();
  }
}
