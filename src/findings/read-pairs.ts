import { LARGEST_PAGE } from '../hss/every-row.js';
import { HANDLE_STATUSES, type HandleStatus, VUL_TYPES } from '../hss/models.js';
import { sameNumbers, sortedSet } from './numbers.js';
import type { Candidate, PairReading } from './pair-readings.js';
import { vulnerabilitySteps } from './read-by-vulnerability.js';
import type { Step } from './step.js';
import type { Store } from './store.js';
import { Column, type IndexedVulnerability } from './vulnerability-table.js';

/** So many differing vulnerabilities are read both ways before the others are looked at again. */
const CHECKED_BOTH_WAYS = 2;

/** Pages of ListImageHandleAffectVulnerabilities. */
export function pairSteps(store: Store, reading: PairReading, most: number): Step[] {
  return reading.pages.missing(most).map((offset) => ({
    key: `${reading.key} ${offset}`,
    operation: 'ListImageHandleAffectVulnerabilities',
    async read(hss, scope) {
      const paging = { offset, limit: LARGEST_PAGE };
      const page = await hss.listImageHandleAffectVulnerabilities(selectionOf(store, reading), paging, scope);
      if (store.trust.refusal !== undefined) return;
      const taken = new Taking(store, reading);
      for (const { vul_id, vul_name, image_id, image_name } of page.data_list) {
        if (vul_id && image_id) taken.pair(vul_id, vul_name, image_id, image_name);
      }
      reading.pages.done(offset, page.data_list.length, page.total_vul_num);
      store.version += 1;
      if (taken.strange) distrustPairs(store, 'it answers with pairs that were not asked for');
      else if (reading.pages.complete) settle(store, reading);
    },
  }));
}

/** Takes the pairs of one page to where the reading collects them. */
class Taking {
  strange = false;
  readonly #vulnerabilities: ReadonlySet<number>;
  readonly #groups: ReadonlySet<number>;

  constructor(
    private readonly store: Store,
    private readonly reading: PairReading,
  ) {
    this.#vulnerabilities = new Set(reading.vulnerabilities);
    this.#groups = new Set(reading.groups);
  }

  pair(vulId: string, vulName: string | undefined, imageId: string, imageName: string | undefined): void {
    const { store, reading } = this;
    const found = store.vulnerabilities.ofPair(reading.type, vulId, vulName);
    const group = store.images.ofPair({ image_id: imageId, image_name: imageName });
    if (reading.groups) {
      if (this.#groups.has(group)) addToCandidate(store, reading.status, group, found.number);
      else this.strange = true;
      return;
    }
    const column = found[reading.status];
    if (column.reading === reading) column.addGroup(group);
    // In a reading of all, what the list does not name came after it: the next list will.
    else if (!reading.all && !this.#vulnerabilities.has(found.number)) this.strange = true;
  }
}

function selectionOf(store: Store, { type, status, vulnerabilities, all, groups }: PairReading) {
  const imageIds = groups?.flatMap((group) => {
    const [first] = store.images.members(group);
    return first === undefined ? [] : (store.images.at(first).row.image_id ?? []);
  });
  return {
    type,
    handle_status: status,
    ...(imageIds && { image_id_list: imageIds }),
    ...(vulnerabilities && !all && { vul_id_list: vulnerabilities.map((n) => store.vulnerabilities.at(n).vul_id) }),
  };
}

function settle(store: Store, reading: PairReading): void {
  for (const number of reading.vulnerabilities ?? []) {
    const column = store.vulnerabilities.at(number)[reading.status];
    if (column.reading !== reading) continue;
    column.settle('read');
    // Fewer ids than HSS's number may be right: nobody knows whether it counts ids, images or images on hosts.
    if (column.expected === column.groups.length) store.trust.agreed += 1;
    else column.settle('doubted');
  }
  if (reading.groups) for (const group of reading.groups) judge(store, group);
}

/**
 * Believes pairs that were doubted when experience says that they are right, and HSS's number is explained by what it
 * may count in the place of ids: images, or images on hosts. A pair that is missing would lower the number.
 */
export function reconsider(store: Store, wanted: readonly IndexedVulnerability[], status: HandleStatus): void {
  const experienced = store.trust.refusal === undefined && store.trust.confirmed >= CHECKED_BOTH_WAYS;
  const doubted = experienced ? wanted.filter((found) => found[status].state === 'doubted') : [];
  if (!store.inventory.complete || doubted.length === 0) return;
  const alike = twinsAreAlike(store, status);
  for (const found of doubted) {
    const column = found[status];
    const members = [...column.groups].map((group) => store.images.members(group));
    const images = members.reduce((sum, { length }) => sum + length, 0);
    const onHosts = members.flat().reduce((sum, number) => sum + (store.images.at(number).row.host_num ?? 1), 0);
    if (alike && images === column.expected) {
      column.settle('read');
      // Where all images of an id are needed to come to the number, all of them have it.
      for (const [at, group] of column.groups.entries()) {
        const twins = members[at] ?? [];
        if (twins.length > 1) store.refine(status, found.number, group, twins);
      }
    } else if (onHosts === column.expected) column.settle('read');
  }
}

/** Whether the images of one id had the same vulnerabilities wherever the first way told them apart, and it did once. */
function twinsAreAlike({ vulnerabilities, images }: Store, status: HandleStatus): boolean {
  let seen = false;
  for (const { [status]: column } of vulnerabilities.all) {
    if (column.state !== 'read' || column.way !== 'vulnerability') continue;
    const having = new Set(column.images);
    for (const number of having) {
      const twins = images.members(images.at(number).group);
      if (twins.length < 2) continue;
      if (!twins.every((twin) => having.has(twin))) return false;
      seen = true;
    }
  }
  return seen;
}

/** Reads vulnerabilities whose pairs differ from HSS's number the other way: a few, and then all that are still in doubt. */
export function doubtSteps(
  store: Store,
  doubted: readonly IndexedVulnerability[],
  status: HandleStatus,
  most: number,
): Step[] {
  const { refusal, confirmed } = store.trust;
  const isNew = refusal === undefined && confirmed < CHECKED_BOTH_WAYS;
  const chosen = isNew ? mostDiffering(doubted, status) : doubted;
  return chosen.flatMap((found) => {
    const key = `${status} ${found.number}`;
    const check = store.checks.get(key) ?? new Column();
    store.checks.set(key, check);
    return vulnerabilitySteps(store, found, status, check, most, () => decide(store, found, status, check));
  });
}

function mostDiffering(doubted: readonly IndexedVulnerability[], status: HandleStatus) {
  const differs = ({ [status]: { groups, expected = 0 } }: IndexedVulnerability) =>
    Math.abs(groups.length - expected) / Math.max(1, expected);
  const size = (found: IndexedVulnerability) => found[status].expected ?? 0;
  return [...doubted]
    .sort((one, other) => differs(other) - differs(one) || size(one) - size(other))
    .slice(0, CHECKED_BOTH_WAYS);
}

/** Both ways are in: the first way counts, and tells whether the pairs were right. */
function decide(store: Store, found: IndexedVulnerability, status: HandleStatus, check: Column): void {
  const column = found[status];
  check.settle('read');
  check.way = 'vulnerability';
  const groups = sortedSet([...check.groups, ...[...check.images].map((image) => store.images.at(image).group)]);
  const right = sameNumbers(groups, column.groups);
  column.replaceBy(check);
  store.checks.delete(`${status} ${found.number}`);
  store.version += 1;
  if (right) store.trust.confirmed += 1;
  else distrustPairs(store, 'it differs from what ListVulAffectImages says');
}

/**
 * Once pairs have proved wrong: where an id stands for several images, one too many and one too few make the right
 * number by chance.
 */
export function forgetWhatChanceMayExplain(
  store: Store,
  wanted: readonly IndexedVulnerability[],
  status: HandleStatus,
): void {
  const { ambiguous } = store.images;
  for (const { [status]: column } of wanted) {
    if (column.state !== 'read' || column.way !== 'pairs') continue;
    if (column.groups.some((group) => ambiguous.has(group))) column.forget();
  }
}

/** From now on everything is read the first way; what agreed with HSS's numbers stays. */
export function distrustPairs(store: Store, why: string): void {
  store.trust.refusal ??= why;
  store.trust.imageRefusal ??= why;
  store.pairs.candidates.clear();
  for (const found of store.vulnerabilities.all) {
    for (const status of HANDLE_STATUSES) {
      const column = found[status];
      if (column.state === 'reading' && column.way === 'pairs') column.forget();
    }
  }
  store.version += 1;
}

function addToCandidate(store: Store, status: HandleStatus, group: number, vulnerability: number): void {
  const { candidates } = store.pairs;
  const candidate: Candidate = candidates.get(group) ?? {};
  candidates.set(group, { ...candidate, [status]: new Set(candidate[status]).add(vulnerability) });
}

/**
 * Believes the findings of a group when they agree with `vul_num` of its images. HSS does not say whether that counts
 * handled ones: where the open ones alone differ, the handled ones are read before the verdict.
 */
export function judge(store: Store, group: number): void {
  if (store.trust.imageRefusal !== undefined) return;
  const unhandled = candidateOf(store, group, 'unhandled');
  const handled = candidateOf(store, group, 'handled');
  if (!unhandled) return;
  // A pair that is both open and handled: the state that was asked for was not minded.
  const mixed = handled !== undefined && [...handled].some((number) => unhandled.has(number));
  const verdict = mixed ? 'wrong' : compareWithRows(store, group, unhandled.size, handled?.size);
  if (verdict === 'unknown' || (verdict === 'perhaps' && !isTried(store))) return;
  if (verdict === 'wrong') {
    store.trust.imageRefusal = 'it differs from vul_num of the image';
    store.version += 1;
    store.forgetGroup(group);
    return;
  }
  // What is settled already is no change: whoever looks over the store once more because of it would never end.
  if (!store.ofGroup(group, 'unhandled')) store.setOfGroup(group, 'unhandled', unhandled);
  if (handled && !store.ofGroup(group, 'handled')) store.setOfGroup(group, 'handled', handled);
}

/** What pairs tell of a group in one state; undefined before all of it is in. */
export function candidateOf(store: Store, group: number, status: HandleStatus): ReadonlySet<number> | undefined {
  const isIn = VUL_TYPES.every(
    (type) => store.lists.total(status, type) === 0 || store.pairs.ofImage(status, type, group)?.pages.complete,
  );
  return isIn ? (store.pairs.candidates.get(group)?.[status] ?? new Set()) : undefined;
}

/** Whether pairs have agreed with HSS's numbers before; without that a match that may be chance proves nothing. */
export function isTried({ trust }: Store): boolean {
  return trust.refusal === undefined && trust.agreed + trust.confirmed >= CHECKED_BOTH_WAYS;
}

/** Asks the other way for one finding of an image that has no row to compare with. */
export function proofStep(store: Store, group: number): Step[] {
  const [number] = store.pairs.candidates.get(group)?.unhandled ?? [];
  const [first] = store.images.members(group);
  const image_id = first === undefined ? undefined : store.images.at(first).row.image_id;
  if (number === undefined || !image_id) return [];
  const { vul_id, type } = store.vulnerabilities.at(number);
  const step: Step = {
    key: `proof ${group}`,
    operation: 'ListVulAffectImages',
    async read(hss, scope) {
      const query = { vul_id, type, is_handled: false, image_id, offset: 0, limit: LARGEST_PAGE };
      const { data_list } = await hss.listVulAffectImages(query, scope);
      if (data_list.some((row) => row.image_id === image_id)) store.trust.imagesProven = true;
      else store.trust.imageRefusal = 'it differs from what ListVulAffectImages says';
      store.version += 1;
      judge(store, group);
    },
  };
  return [step];
}

/** What ListImageLocal says of how many findings the images of a group have; empty when it does not say it of all. */
export function numbersOf(store: Store, group: number): number[] {
  const images = store.images.members(group).map((number) => store.images.at(number));
  const listed = images.filter((image) => image.listed);
  const numbers = listed.flatMap(({ row }) => row.vul_num ?? []);
  return numbers.length === listed.length ? numbers : [];
}

function compareWithRows(store: Store, group: number, open: number, handled: number | undefined) {
  const numbers = numbersOf(store, group);
  // Without a number one of the findings has to be there the other way, too.
  if (numbers.length === 0) {
    const proven = open > 0 ? store.trust.imagesProven : store.inventory.complete;
    return proven ? 'right' : 'unknown';
  }
  const [number = 0] = numbers;
  if (numbers.length === 1 && open === number) return 'right';
  if (handled === undefined) return 'unknown';
  // The findings of several images, or handled ones that are counted, too: it may be so.
  const least = Math.max(...numbers);
  const most = numbers.reduce((sum, each) => sum + each, 0);
  const fits = (count: number) => count >= least && count <= most;
  return fits(open) || fits(open + handled) ? 'perhaps' : 'wrong';
}
