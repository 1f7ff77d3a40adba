import { type HandleStatus, type LocalImage, type Severity, VUL_TYPES } from '../hss/models.js';
import type { ImageNames } from './image-table.js';
import { holds } from './numbers.js';
import { columnWork, depthWork } from './plan-columns.js';
import { refineStep } from './read-by-vulnerability.js';
import { inventorySteps } from './read-images.js';
import { listSteps } from './read-lists.js';
import { candidateOf, isTried, judge, numbersOf, pairSteps, proofStep } from './read-pairs.js';
import type { Store } from './store.js';
import { atLeast } from './vulnerability-table.js';
import { AHEAD, type Work } from './work.js';

const PAGE = 200;
/** So many images are read at once. */
const MOST_IDS = 500;
/** Findings of an image that HSS gives no number for. */
const USUAL_FINDINGS = 50;
/** Vulnerabilities by which pairs are tried. */
const TRIED = 10;

/** All findings of some images, of at least a severity. */
export function imageWork(
  store: Store,
  work: Work,
  statuses: readonly HandleStatus[],
  refs: readonly (LocalImage | ImageNames)[],
  least: Severity,
): void {
  const groups = [...new Set(refs.map((ref) => store.images.ofPair(ref)))];
  const inColumns = new Map(statuses.map((status) => [status, isReadTo(store, status, least)]));
  const isMissing = (group: number, status: HandleStatus) =>
    !store.ofGroup(group, status) && (store.isOutdated(group) || !inColumns.get(status));
  const missing = groups.filter((group) => statuses.some((status) => isMissing(group, status)));
  for (const status of statuses) {
    // What pairs name in this state has a row in the list of open ones, mostly: the other list is read where it has not.
    if (status === 'unhandled' || namesUnlisted(store, status, groups)) {
      work.add(listSteps(store, status, least, AHEAD), store.lists.left(status, least));
    }
  }
  if (missing.length === 0) refineWork(store, work, statuses, groups);
  else if (store.trust.imageRefusal !== undefined || isCheaperWhole(store, missing, statuses, least)) {
    depthWork(store, work, statuses, least);
  } else {
    for (const status of statuses) readApart(store, work, status, missing);
    for (const group of missing) verdictWork(store, work, group);
  }
}

/** Whether pairs of these groups name a vulnerability of which nothing else is known. */
function namesUnlisted(store: Store, status: HandleStatus, groups: readonly number[]): boolean {
  const isUnlisted = (number: number) => {
    const { unhandled, handled } = store.vulnerabilities.at(number);
    return unhandled.expected === undefined && handled.expected === undefined;
  };
  return groups.some((group) => [...(store.ofGroup(group, status) ?? [])].some(isUnlisted));
}

/** Groups whose scan ended are read apart, so that the columns need not be read again. */
export function outdatedWork(store: Store, work: Work, statuses: readonly HandleStatus[]): void {
  for (const status of statuses) readApart(store, work, status, store.outdatedGroups());
  for (const group of store.outdatedGroups()) verdictWork(store, work, group);
}

function isListedTo(store: Store, status: HandleStatus, least: Severity): boolean {
  return VUL_TYPES.every((type) => store.lists.completeTo(status, type, least));
}

/** Whether every vulnerability of at least this severity was listed and its images read. */
function isReadTo(store: Store, status: HandleStatus, least: Severity): boolean {
  return (
    isListedTo(store, status, least) &&
    store.vulnerabilities.all.every(
      ({ severity, [status]: column }) =>
        column.expected === undefined || column.state === 'read' || !atLeast(severity, least),
    )
  );
}

/** Many images cost more than all of them, as soon as the list tells what all cost. */
function isCheaperWhole(
  store: Store,
  groups: readonly number[],
  statuses: readonly HandleStatus[],
  least: Severity,
): boolean {
  if (!isListedTo(store, 'unhandled', least)) return false;
  const ofGroup = (group: number) =>
    Math.max(0, ...store.images.members(group).map((image) => store.images.at(image).row.vul_num ?? USUAL_FINDINGS));
  const apart = groups.reduce((sum, group) => sum + ofGroup(group), 0);
  let whole = 0;
  for (const { severity, unhandled } of store.vulnerabilities.all) {
    if (unhandled.expected !== undefined && unhandled.state !== 'read' && atLeast(severity, least)) {
      whole += unhandled.expected;
    }
  }
  return whole / PAGE + VUL_TYPES.length < apart / PAGE + VUL_TYPES.length * statuses.length;
}

/** Pairs of groups, kind by kind; a kind of which nothing is listed in this state holds none. */
function readApart(store: Store, work: Work, status: HandleStatus, groups: readonly number[]): void {
  if (store.trust.imageRefusal !== undefined) return;
  const wanted = groups.filter((group) => !store.ofGroup(group, status));
  if (wanted.length === 0) return;
  for (const type of VUL_TYPES) {
    if (store.lists.total(status, type) === 0) continue;
    const fresh = wanted.filter((group) => !store.pairs.ofImage(status, type, group));
    for (let start = 0; start < fresh.length; start += MOST_IDS) {
      store.pairs.begin({ status, type, groups: fresh.slice(start, start + MOST_IDS) });
    }
    const readings = new Set(wanted.flatMap((group) => store.pairs.ofImage(status, type, group) ?? []));
    for (const reading of readings) work.add(pairSteps(store, reading, AHEAD), reading.pages.left);
  }
}

/** What a verdict on the findings of a group still needs: handled ones, a finding the other way, or the image's row. */
function verdictWork(store: Store, work: Work, group: number): void {
  judge(store, group);
  if (store.ofGroup(group, 'unhandled') || store.trust.imageRefusal !== undefined) return;
  const candidate = candidateOf(store, group, 'unhandled');
  if (!candidate) return;
  if (numbersOf(store, group).length > 0) {
    readApart(store, work, 'handled', [group]);
    if (candidateOf(store, group, 'handled') && !isTried(store)) tryPairs(store, work, candidate);
  } else if (candidate.size > 0) work.add(proofStep(store, group));
  else work.add(inventorySteps(store, AHEAD), store.inventory.left);
}

/**
 * Reads some vulnerabilities of an image in all images, to learn whether pairs agree with HSS's numbers. Where that
 * cannot be learned, single images are not read in pairs.
 */
function tryPairs(store: Store, work: Work, candidate: ReadonlySet<number>): void {
  const found = [...candidate].map((number) => store.vulnerabilities.at(number));
  const telling = found.filter(({ unhandled }) => (unhandled.expected ?? 0) > 1 && unhandled.state !== 'read');
  columnWork(store, work, 'unhandled', telling.slice(0, TRIED));
  if (telling.length > 0) return;
  store.trust.imageRefusal = 'it cannot be checked';
  store.version += 1;
}

/** Which image of several the findings of a group mean. */
function refineWork(store: Store, work: Work, statuses: readonly HandleStatus[], groups: readonly number[]): void {
  for (const group of groups) {
    if (store.images.members(group).length < 2) continue;
    for (const status of statuses) {
      const apart = store.ofGroup(group, status);
      const open = store.vulnerabilities.all.filter(
        ({ number, [status]: column }) =>
          (apart ? apart.has(number) : holds(column.groups, group)) && !store.inGroup(status, number, group),
      );
      work.add(open.map((found) => refineStep(store, found, status, group)));
    }
  }
}
