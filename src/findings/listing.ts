import type { CallLimits } from '../call/limits.js';
import { badInput } from '../failure.js';
import type { GeneralImageVul, HandleStatus, Severity, VulType } from '../hss/models.js';
import type { Completeness } from './completeness.js';
import type { FindingsIndex } from './findings-index.js';
import type { IndexedImage } from './image-table.js';
import { vulnerabilitiesOf } from './of-images.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

/** What the vulnerabilities of an image are narrowed by. */
export interface ListingFilter {
  readonly handle_status: HandleStatus;
  readonly severity_level?: Severity | undefined;
  readonly type?: VulType | undefined;
  readonly cve_id?: string | undefined;
  readonly vul_id?: string | undefined;
  readonly vul_name?: string | undefined;
}

/** The vulnerabilities of one image, worst first, as far as they could be read. */
export interface ImageListing {
  readonly rows: readonly GeneralImageVul[];
  /** The images that were meant: several when an id stands for several digests. */
  readonly images: readonly IndexedImage[];
  readonly completeness: Completeness;
}

/**
 * Reads the vulnerabilities of one image by its id.
 * @throws {Failure} of source `input` when every image was listed and none has this id.
 */
export async function ofOneImage(
  index: FindingsIndex,
  image_id: string,
  filter: ListingFilter,
  limits: CallLimits,
): Promise<ImageListing> {
  const handled = filter.handle_status === 'handled';
  const completeness = await index.ask({ ofImages: [{ image_id }], handled }, limits);
  const { store } = index;
  const images = store.images.find({ image_id });
  if (images.length === 0 && store.inventory.complete) {
    throw badInput(
      'No image has this image_id.',
      'Give image_id as the list of images has it, and the same enterprise_project_id (all_granted_eps for all).',
    );
  }
  const found = new Set(images.flatMap((image) => vulnerabilitiesOf(store, image, filter.handle_status)));
  const rows = [...found].filter((vulnerability) => fits(vulnerability, filter)).map(({ row }) => row);
  return { rows, images, completeness };
}

function fits({ vul_id, type, severity, cveIds, row }: IndexedVulnerability, filter: ListingFilter): boolean {
  return (
    (filter.severity_level === undefined || severity === filter.severity_level) &&
    (filter.type === undefined || type === filter.type) &&
    (filter.vul_id === undefined || vul_id === filter.vul_id) &&
    (filter.cve_id === undefined || cveIds.includes(filter.cve_id)) &&
    (filter.vul_name === undefined || (row.vul_name ?? '').includes(filter.vul_name))
  );
}
