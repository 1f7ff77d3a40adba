import type { CallLimits } from '../call/limits.js';
import { badInput } from '../failure.js';
import type { HandleStatus, LocalImage, Severity, VulType } from '../hss/models.js';
import { quoted } from '../text/clean.js';
import { words } from '../words/words.js';
import { fitsFilter, matching } from './chosen-images.js';
import { type Completeness, orFailure } from './completeness.js';
import type { FindingsView } from './findings-index.js';
import type { IndexedImage } from './image-table.js';
import { type TouchedBy, vulnerabilitiesAmong } from './of-images.js';
import type { Store } from './store.js';
import { atLeast, type IndexedVulnerability } from './vulnerability-table.js';

/** What the vulnerabilities of images are narrowed by. */
export interface ListingFilter {
  readonly handle_status: HandleStatus;
  /** At least this severe. */
  readonly severity_level?: Severity | undefined;
  readonly type?: VulType | undefined;
  readonly cve_id?: string | undefined;
  readonly vul_id?: string | undefined;
  readonly vul_name?: string | undefined;
}

/** Which images are meant: those with an id, those whose name holds a text, some rows; what is given combines. */
export interface MeantImages {
  readonly image_id?: string | undefined;
  readonly image_name?: string | undefined;
  readonly among?: readonly LocalImage[] | undefined;
}

/** The vulnerabilities of some images, worst first, as far as they could be read. */
export interface ImageListing {
  readonly rows: readonly TouchedBy[];
  /** The images that were meant: several when an id stands for several digests. */
  readonly images: readonly IndexedImage[];
  readonly completeness: Completeness;
}

/**
 * Reads the vulnerabilities of some images. One image is found by its id alone; for others every image is listed first.
 * @throws {Failure} of source `input` when every image was listed and none has the id; what stands in the way when
 * not even images could be read.
 */
export async function ofSomeImages(
  index: FindingsView,
  meant: MeantImages,
  filter: ListingFilter,
  limits: CallLimits,
): Promise<ImageListing> {
  const handled = filter.handle_status === 'handled';
  const completeness =
    meant.image_id === undefined
      ? await readListed(index, meant, handled, limits)
      : await readById(index, meant.image_id, handled, limits);
  const images = await imagesMeant(index.store, meant);
  const numbers = new Set(images.map(({ number }) => number));
  const touched = await vulnerabilitiesAmong(index.store, filter.handle_status, ({ number }) => numbers.has(number));
  return { rows: touched.filter(({ vulnerability }) => fits(vulnerability, filter)), images, completeness };
}

/** Images that are found by what their rows say: all are listed first. */
async function readListed(index: FindingsView, meant: MeantImages, handled: boolean, limits: CallLimits) {
  const list = orFailure(await index.ask({}, limits));
  if (!list.complete) return list;
  const ofImages = (await imagesMeant(index.store, meant)).map(({ row }) => row);
  return index.ask({ ofImages, handled }, limits);
}

/**
 * One image: its findings say its name, by which its row is found. Where that leads nowhere every image is listed,
 * because HSS has no filter by id.
 */
async function readById(index: FindingsView, image_id: string, handled: boolean, limits: CallLimits) {
  const { store } = index;
  const ofImages = [{ image_id }];
  const isListed = () => store.images.find({ image_id }).some(({ listed }) => listed);
  const found = await index.ask({ inventory: false, ofImages, handled }, limits);
  if (!found.complete || isListed()) return found;
  for (const { row } of store.images.find({ image_id })) if (row.image_name) store.staleNames.add(row.image_name);
  const named = store.staleNames.size > 0 ? await index.ask({ inventory: false, ofImages, handled }, limits) : found;
  if (!named.complete || isListed()) return named;
  const listed = await index.ask({ ofImages, handled }, limits);
  if (listed.complete && !isListed()) {
    throw badInput(words().vulnerabilities.no_image(quoted(image_id)), words().vulnerabilities.give_image_id);
  }
  return listed;
}

async function imagesMeant(store: Store, { image_id, image_name, among }: MeantImages): Promise<IndexedImage[]> {
  const isMeant = await fitsFilter(store, { image_name, among });
  return image_id === undefined ? matching(store, isMeant) : store.images.find({ image_id }).filter(isMeant);
}

function fits({ vul_id, type, severity, cveIds, row }: IndexedVulnerability, filter: ListingFilter): boolean {
  return (
    (filter.severity_level === undefined || atLeast(severity, filter.severity_level)) &&
    (filter.type === undefined || type === filter.type) &&
    (filter.vul_id === undefined || vul_id === filter.vul_id) &&
    (filter.cve_id === undefined || cveIds.includes(filter.cve_id)) &&
    (filter.vul_name === undefined || (row.vul_name ?? '').includes(filter.vul_name))
  );
}
