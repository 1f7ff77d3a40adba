import { HANDLE_STATUSES, type HandleStatus, VUL_TYPES } from '../hss/models.js';
import { type IndexedImage, wasLookedInto } from './image-table.js';
import type { Store } from './store.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

/**
 * Whether an image has a vulnerability: `present` open, `handled` there but ignored or put on a white list, `absent`
 * when that was read and HSS looked into the image at `scannedAt` (ms since 1970), else `unknown` with the reason.
 */
export type Presence =
  | { readonly state: 'present' | 'handled'; readonly vulnerabilities: readonly IndexedVulnerability[] }
  | { readonly state: 'absent'; readonly scannedAt: number | undefined }
  | { readonly state: 'unknown'; readonly reason: 'never_scanned' | 'not_read' };

/** By `vul_id` (of either kind) or by CVE. */
export type VulnerabilityRef = { readonly vul_id: string } | { readonly cve_id: string };

/** The vulnerabilities that a reference means: several where distributions name one CVE differently. */
export function meant(store: Store, ref: VulnerabilityRef): IndexedVulnerability[] {
  return 'vul_id' in ref
    ? store.vulnerabilities.matching([ref.vul_id], [])
    : store.vulnerabilities.matching([], [ref.cve_id]);
}

/** Whether an image has what a reference means. Needs a question with `handled`, else handled ones count as not read. */
export function presenceOf(store: Store, ref: VulnerabilityRef, image: IndexedImage): Presence {
  const candidates = meant(store, ref);
  const open = candidates.filter((found) => store.knows(found, image, 'unhandled') === 'present');
  if (open.length > 0) return { state: 'present', vulnerabilities: open };
  const handled = candidates.filter((found) => store.knows(found, image, 'handled') === 'present');
  if (handled.length > 0) return { state: 'handled', vulnerabilities: handled };
  if (!wasLookedInto(image.row)) return { state: 'unknown', reason: 'never_scanned' };
  const id = 'vul_id' in ref ? ref.vul_id : ref.cve_id;
  const looked = HANDLE_STATUSES.every(
    (status) => store.ofGroup(image.group, status) !== undefined || isLookedUp(store, status, id),
  );
  // What was looked up by its id and is not listed in a state is in no image so.
  const isAbsent = (found: IndexedVulnerability, status: HandleStatus) =>
    store.knows(found, image, status) === 'absent' ||
    (isLookedUp(store, status, id) && found[status].expected === undefined);
  const read = candidates.every((found) => HANDLE_STATUSES.every((status) => isAbsent(found, status)));
  return looked && read
    ? { state: 'absent', scannedAt: image.row.latest_scan_time }
    : { state: 'unknown', reason: 'not_read' };
}

function isLookedUp(store: Store, status: HandleStatus, id: string): boolean {
  return VUL_TYPES.every((type) => store.lists.wasLookedUp(status, type, id));
}
