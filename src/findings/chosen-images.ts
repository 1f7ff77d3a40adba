import type { CallLimits } from '../call/limits.js';
import type { ListImageLocalQuery, LocalImage, Severity } from '../hss/models.js';
import { fitsRow, type RowFilter } from '../images/row-filter.js';
import { ipv4Block } from '../text/ipv4.js';
import type { Completeness } from './completeness.js';
import { countFindings } from './counts.js';
import type { FindingsView } from './findings-index.js';
import type { Fits, IndexedImage, NamedHost } from './image-table.js';
import type { Question } from './question.js';
import type { Store } from './store.js';
import { atLeast } from './vulnerability-table.js';

/** Which images of an estate count, in the words of ListImageLocal where it has such a filter; absent parts let all in. */
export interface ImageFilter extends RowFilter, Pick<ListImageLocalQuery, 'host_name' | 'host_id'> {
  /** One address of a host, a CIDR block, or the first numbers. */
  readonly host_ip?: string | undefined;
  /** Has an open finding of at least this severity, as far as findings were read. */
  readonly severity_level?: Severity | undefined;
  /** The last scan failed for one of these reasons. */
  readonly scan_failed_desc?: readonly string[] | undefined;
  /** No scan has ended since, in ms since 1970; images that were never scanned count. */
  readonly not_scanned_since?: number | undefined;
  /** Whether HSS can scan it at all. */
  readonly scannable?: boolean | undefined;
  /** Only these, by their rows. */
  readonly among?: readonly LocalImage[] | undefined;
}

/**
 * Reads the images, and the hosts where the filter needs them; and says how complete that is.
 * @throws {CallOver} when the call was cancelled.
 */
export async function readForFilter(
  index: FindingsView,
  filter: ImageFilter,
  caller: CallLimits,
): Promise<Completeness> {
  if (!asksForHosts(filter)) return index.ask({}, caller);
  const nodes = await index.ask({ nodes: true }, caller);
  if (!nodes.complete) return nodes;
  return index.ask({ nodes: true, imagesOfHosts: hostsMeant(index.store, filter) }, caller);
}

/** Whether an image is one that counts, by what was read so far. */
export async function fitsFilter(store: Store, filter: ImageFilter): Promise<Fits> {
  const { severity_level: severity, scan_failed_desc: reasons, not_scanned_since: since, scannable } = filter;
  const isRow = fitsRow(filter);
  const hosts = asksForHosts(filter) ? new Set(hostsMeant(store, filter)) : undefined;
  const among = filter.among && new Set(filter.among.flatMap((row) => store.images.find(row)));
  const counts = severity && (await countFindings(store));
  return (image) => {
    const { row } = image;
    return (
      isRow(row) &&
      (!among || among.has(image)) &&
      (!reasons || (row.scan_status === 'failed' && reasons.includes(row.scan_failed_desc ?? ''))) &&
      (since === undefined || (row.latest_scan_time ?? 0) < since) &&
      (scannable === undefined || !row.non_scan_reason === scannable) &&
      (!hosts || image.hostIds.some((id) => hosts.has(id))) &&
      (!severity || !counts || isAtLeast(counts.worst(image), severity))
    );
  };
}

/** The images that ListImageLocal showed and that count. */
export function matching(store: Store, fits: Fits): IndexedImage[] {
  return store.images.all.filter((image) => image.listed && fits(image));
}

/** Whether the filter lets in a good part of the estate, as far as can be told before images are read. */
export function isWide(filter: ImageFilter): boolean {
  const { image_name, scan_failed_desc, among } = filter;
  return image_name === undefined && !scan_failed_desc && !among && !asksForHosts(filter);
}

/** So many images have their findings read one by one where that costs less than all. */
const FEW_IMAGES = 500;

/** The findings of the images that match, whatever their severity. Needs {@link readForFilter}. */
export async function findingsAmong(store: Store, filter: ImageFilter, depth: Severity): Promise<Question> {
  const images = matching(store, await fitsFilter(store, { ...filter, severity_level: undefined }));
  if (images.length > FEW_IMAGES) return { depth };
  return { ofImages: images.map(({ row }) => row), ofImagesDepth: depth };
}

function isAtLeast(worst: Severity | undefined, least: Severity): boolean {
  return worst !== undefined && atLeast(worst, least);
}

/** Whether the filter asks for images by their hosts. */
export function asksForHosts({ host_name, host_id, host_ip }: ImageFilter): boolean {
  return host_name !== undefined || host_id !== undefined || host_ip !== undefined;
}

function fitsHost({ host_name, host_id, host_ip }: ImageFilter): (host: HostNames) => boolean {
  const isAddress = host_ip === undefined ? undefined : (ipv4Block(host_ip) ?? (() => false));
  return (host) =>
    (host_name === undefined || (host.host_name ?? '').includes(host_name)) &&
    (host_id === undefined || host.host_id === host_id) &&
    (!isAddress || isAddress(host.private_ip) || isAddress(host.public_ip));
}

type HostNames = { readonly [K in keyof NamedHost]?: NamedHost[K] | undefined };

/** The hosts that the filter means, by id: those of the list of nodes, and those that rows of images named. */
export function hostsMeant(store: Store, filter: ImageFilter): string[] {
  const isMeant = fitsHost(filter);
  const known = [...store.hosts.nodes, ...store.images.hosts.values()];
  return [...new Set(known.flatMap((host) => (host.host_id && isMeant(host) ? [host.host_id] : [])))];
}

/** Names by which groups call the hosts that were asked for; undefined when hosts were not narrowed. */
export function namesOfHosts(
  store: Store,
  filter: ImageFilter,
  selected: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (!asksForHosts(filter) && !selected) return undefined;
  const among = selected && new Set(selected);
  const ids = asksForHosts(filter) ? hostsMeant(store, filter) : (selected ?? []);
  const names = ids.flatMap((id) =>
    !among || among.has(id) ? [(store.images.hosts.get(id) ?? store.hosts.node(id))?.host_name ?? id] : [],
  );
  return new Set(names);
}
