import type { CallLimits } from '../call/limits.js';
import type { Severity } from '../hss/models.js';
import type { Completeness } from './completeness.js';
import { countFindings } from './counts.js';
import type { FindingsIndex } from './findings-index.js';
import type { Fits } from './image-table.js';
import { containersOf } from './of-images.js';
import type { Store } from './store.js';
import { atLeast } from './vulnerability-table.js';

/** Which images of an estate count; absent parts let every image in. */
export interface ImageFilter {
  /** Part of the name, case-sensitive. */
  readonly imageName?: string | undefined;
  /** Part of the name of a host that holds it, case-sensitive. */
  readonly hostName?: string | undefined;
  /** Whether containers run from it. */
  readonly hasContainer?: boolean | undefined;
  /** Has an open finding of at least this severity, as far as findings were read. */
  readonly severity?: Severity | undefined;
}

/**
 * Reads the images, and the hosts where the filter needs them; and says how complete that is.
 * @throws {HttpFailure} of kind `aborted` when the call was cancelled.
 */
export async function readForFilter(
  index: FindingsIndex,
  { hostName }: ImageFilter,
  caller: CallLimits,
): Promise<Completeness> {
  if (hostName === undefined) return index.ask({}, caller);
  const nodes = await index.ask({ nodes: true }, caller);
  if (!nodes.complete) return nodes;
  return index.ask({ nodes: true, imagesOfHosts: hostsNamed(index.store, hostName) }, caller);
}

/** Whether an image is one that counts, by what was read so far. */
export async function fitsFilter(store: Store, filter: ImageFilter): Promise<Fits> {
  const { imageName, hostName, hasContainer, severity } = filter;
  const hosts = hostName === undefined ? undefined : new Set(hostsNamed(store, hostName));
  const counts = severity && (await countFindings(store));
  return (image) =>
    (imageName === undefined || (image.row.image_name ?? '').includes(imageName)) &&
    (hasContainer === undefined || containersOf(image) > 0 === hasContainer) &&
    (!hosts || image.hostIds.some((id) => hosts.has(id))) &&
    (!severity || !counts || isAtLeast(counts.worst(image), severity));
}

function isAtLeast(worst: Severity | undefined, least: Severity): boolean {
  return worst !== undefined && atLeast(worst, least);
}

/** Hosts whose name holds the text, by id: those of the list of nodes, and those that rows of images named. */
function hostsNamed(store: Store, part: string): string[] {
  const known = [...store.hosts.nodes, ...store.images.hosts.values()];
  const ids = known.flatMap(({ host_id, host_name }) => (host_id && host_name?.includes(part) ? [host_id] : []));
  return [...new Set(ids)];
}
