import { type IndexedImage, wasLookedInto } from './image-table.js';
import type { Store } from './store.js';
import { byWorst, type IndexedVulnerability } from './vulnerability-table.js';

/** Why it cannot be told whether a vulnerability is in an image. */
export type Unobservable = 'before_never_scanned' | 'after_never_scanned' | 'not_read';

/** What changed between two images. Every vulnerability that was found in one of them stands in one list. */
export interface Comparison {
  /** Open before, not there after, under whatever id. */
  readonly gone: readonly IndexedVulnerability[];
  readonly new: readonly IndexedVulnerability[];
  /** Open in both; `as` names it after where the same CVE stands there under another id. */
  readonly stillOpen: readonly { readonly vulnerability: IndexedVulnerability; readonly as?: IndexedVulnerability }[];
  /** Open before, ignored or on a white list after: not fixed. */
  readonly handled: readonly IndexedVulnerability[];
  readonly notObservable: readonly { readonly vulnerability: IndexedVulnerability; readonly reason: Unobservable }[];
  /** Why nothing can be told at all. */
  readonly blind: Unobservable | undefined;
}

/** Compares the open findings of two images. Needs a question of both images with `handled`. */
export function compareImages(store: Store, before: IndexedImage, after: IndexedImage): Comparison {
  const earlier = store.vulnerabilities.all.filter((found) => store.knows(found, before, 'unhandled') === 'present');
  return compare(store, earlier, before, after);
}

/** Looks for earlier findings in an image; `new` stays empty, as nobody knows what else there was. */
export function compareWithEarlier(
  store: Store,
  earlier: readonly IndexedVulnerability[],
  after: IndexedImage,
): Comparison {
  return compare(store, earlier, undefined, after);
}

function compare(
  store: Store,
  earlier: readonly IndexedVulnerability[],
  before: IndexedImage | undefined,
  after: IndexedImage,
): Comparison {
  const gone: IndexedVulnerability[] = [];
  const stillOpen: { vulnerability: IndexedVulnerability; as?: IndexedVulnerability }[] = [];
  const handled: IndexedVulnerability[] = [];
  const notObservable: { vulnerability: IndexedVulnerability; reason: Unobservable }[] = [];
  const later = store.vulnerabilities.all.filter((found) => store.knows(found, after, 'unhandled') === 'present');
  const isSeen = wasLookedInto(after.row) || later.length > 0;
  for (const vulnerability of [...earlier].sort(byWorst)) {
    const same = later.find((found) => found === vulnerability);
    const as = same ?? later.find((found) => sharesCve(found, vulnerability));
    if (as) stillOpen.push(same ? { vulnerability } : { vulnerability, as });
    else if (!isSeen) notObservable.push({ vulnerability, reason: 'after_never_scanned' });
    else {
      const open = store.knows(vulnerability, after, 'unhandled');
      const ignored = store.knows(vulnerability, after, 'handled');
      if (ignored === 'present') handled.push(vulnerability);
      else if (open === 'absent' && ignored === 'absent') gone.push(vulnerability);
      else notObservable.push({ vulnerability, reason: 'not_read' });
    }
  }
  const added: IndexedVulnerability[] = [];
  const continued = new Set(stillOpen.flatMap(({ vulnerability, as }) => [vulnerability, as ?? vulnerability]));
  for (const vulnerability of before ? later.sort(byWorst) : []) {
    if (continued.has(vulnerability) || !before) continue;
    const reason = reasonUnseen(store, vulnerability, before, earlier.length > 0);
    if (reason) notObservable.push({ vulnerability, reason });
    else added.push(vulnerability);
  }
  const unseenBefore = before && !wasLookedInto(before.row) && earlier.length === 0;
  const blind = isSeen ? (unseenBefore ? 'before_never_scanned' : undefined) : 'after_never_scanned';
  return { gone, new: added, stillOpen, handled, notObservable, blind };
}

/** Why it cannot be told that a finding was not there before; undefined when it can. */
function reasonUnseen(
  store: Store,
  vulnerability: IndexedVulnerability,
  before: IndexedImage,
  hasFindings: boolean,
): Unobservable | undefined {
  if (!wasLookedInto(before.row) && !hasFindings) return 'before_never_scanned';
  const known = store.knows(vulnerability, before, 'unhandled') === 'absent';
  // Handled before and open now is new to those who look at open ones; only the unread is in doubt.
  return known ? undefined : 'not_read';
}

/** Distributions name one CVE by ids of their own. */
function sharesCve(one: IndexedVulnerability, other: IndexedVulnerability): boolean {
  const cves = new Set([one.vul_id, ...one.cveIds]);
  return [other.vul_id, ...other.cveIds].some((id) => cves.has(id));
}
