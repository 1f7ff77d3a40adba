import { type HandleStatus, SEVERITIES, type Severity, VUL_TYPES, type VulType } from '../hss/models.js';
import { type Load, oneByOne } from './choose-way.js';
import { holds } from './numbers.js';
import { Pages } from './pages.js';
import type { PairReading } from './pair-readings.js';
import { refineStep, vulnerabilitySteps } from './read-by-vulnerability.js';
import { listSteps } from './read-lists.js';
import { doubtSteps, forgetWhatChanceMayExplain, pairSteps, reconsider } from './read-pairs.js';
import type { Step } from './step.js';
import type { Store } from './store.js';
import { atLeast, type IndexedVulnerability } from './vulnerability-table.js';
import { AHEAD, type Work } from './work.js';

/** Vulnerabilities whose pairs fill so few pages are read at once, and not one severity after the other. */
const AT_ONCE_PAGES = 8;
const PAGE = 200;
/** One reading of pairs ends after about so many rows or ids: nothing of it counts as read before its last page. */
const LARGEST_READING = 10_000;
const MOST_IDS = 1_000;

/** All findings of at least a severity. */
export function depthWork(store: Store, work: Work, statuses: readonly HandleStatus[], least: Severity): void {
  for (const status of statuses) {
    work.add(listSteps(store, status, least, AHEAD), store.lists.left(status, least));
    const listed = listedTo(store, status, least);
    columnWork(store, work, status, listed);
    work.owe('ListImageHandleAffectVulnerabilities', pagesOfUnlisted(store, status, least));
  }
}

/** Pages of pairs that vulnerabilities will take which are not listed yet, as far as those that are can tell. */
function pagesOfUnlisted(store: Store, status: HandleStatus, least: Severity): number {
  const unlisted = store.lists.left(status, least) * PAGE;
  if (unlisted === 0) return 0;
  let rows = 0;
  let known = 0;
  for (const { [status]: column } of store.vulnerabilities.all) {
    if (column.expected === undefined) continue;
    rows += column.expected;
    known += 1;
  }
  return known === 0 ? 0 : Math.ceil((rows / known) * (unlisted / PAGE));
}

/** Vulnerabilities of at least a severity, as far as all of their severity and kind are listed. */
function listedTo(store: Store, status: HandleStatus, least: Severity): IndexedVulnerability[] {
  const ready = Object.fromEntries(
    VUL_TYPES.map((type) => [
      type,
      new Set(
        [...SEVERITIES, undefined].filter((each) => atLeast(each, least) && store.lists.complete(status, type, each)),
      ),
    ]),
  ) as Record<VulType, Set<Severity | undefined>>;
  return store.vulnerabilities.all.filter(
    ({ severity, type, [status]: column }) => column.expected !== undefined && ready[type].has(severity),
  );
}

/** The images of some vulnerabilities: what is begun goes on, and what is not is begun in the cheapest way. */
export function columnWork(
  store: Store,
  work: Work,
  status: HandleStatus,
  wanted: readonly IndexedVulnerability[],
): void {
  if (store.trust.refusal !== undefined) forgetWhatChanceMayExplain(store, wanted, status);
  reconsider(store, wanted, status);
  const before = sort(status, wanted);
  if (before.unread.length > 0) begin(store, work, status, before);
  const sorted = before.unread.length > 0 ? sort(status, wanted) : before;
  for (const reading of sorted.readings) {
    const room = work.room('ListImageHandleAffectVulnerabilities');
    if (room > 0) work.add(pairSteps(store, reading, room), reading.pages.left);
    else work.owe('ListImageHandleAffectVulnerabilities', reading.pages.left);
  }
  for (const found of sorted.alone) {
    const column = found[status];
    const room = work.room('ListVulAffectImages');
    if (room > 0) work.add(aloneSteps(store, found, status, room), column.pages?.left);
    else work.owe('ListVulAffectImages', column.pages?.left ?? 1);
  }
  // Before all images are known, HSS's number may count what is not seen yet; where those have to wait and the other
  // way has places, it is asked all the same.
  if (store.inventory.complete || !work.left.has('ListImageLocal') || isIdle(work)) {
    work.add(doubtSteps(store, sorted.doubted, status, AHEAD), sorted.doubted.length);
  } else {
    work.owe('ListVulAffectImages', Math.min(2, sorted.doubted.length));
  }
  // Which image of several a pair means is asked last, when nothing else can tell.
  const settled = sorted.readings.size + sorted.alone.length + sorted.doubted.length === 0;
  if (settled && store.inventory.complete) work.add(refineSteps(store, status, sorted.read));
}

/** Whether images are held back by the pace, and single vulnerabilities are not. */
function isIdle({ wait, left }: Work): boolean {
  return wait('ListImageLocal', left.get('ListImageLocal') ?? 1) > 0 && wait('ListVulAffectImages', 1) === 0;
}

function aloneSteps(store: Store, found: IndexedVulnerability, status: HandleStatus, most: number): Step[] {
  const column = found[status];
  return vulnerabilitySteps(store, found, status, column, most, () => column.settle('read'));
}

interface Sorted {
  readonly unread: IndexedVulnerability[];
  readonly alone: IndexedVulnerability[];
  readonly doubted: IndexedVulnerability[];
  readonly read: IndexedVulnerability[];
  readonly readings: ReadonlySet<PairReading>;
}

function sort(status: HandleStatus, wanted: readonly IndexedVulnerability[]): Sorted {
  const readings = new Set<PairReading>();
  const sorted = { unread: [], alone: [], doubted: [], read: [], readings } as Sorted & { readings: Set<PairReading> };
  for (const found of wanted) {
    const column = found[status];
    if (column.expected === undefined && column.state === 'unread') continue;
    if (column.state === 'unread') sorted.unread.push(found);
    else if (column.state === 'doubted') sorted.doubted.push(found);
    else if (column.state === 'read') sorted.read.push(found);
    else if (column.reading) readings.add(column.reading);
    else sorted.alone.push(found);
  }
  return sorted;
}

/** Gives every unread vulnerability its way, worst severities first. */
function begin(store: Store, work: Work, status: HandleStatus, sorted: Sorted): void {
  const load = {
    pairs: [...sorted.readings].reduce((sum, { pages }) => sum + pages.left, 0),
    vulnerability: sorted.alone.length + sorted.doubted.length,
  };
  const rows = sorted.unread.reduce((sum, found) => sum + sizeOf(found, status), 0);
  const parts =
    rows <= AT_ONCE_PAGES * PAGE
      ? [sorted.unread]
      : SEVERITIES.map((severity) => sorted.unread.filter((found) => (found.severity ?? 'Low') === severity));
  for (const part of parts) {
    for (const type of VUL_TYPES) {
      const ofType = part.filter((found) => found.type === type);
      if (ofType.length > 0) beginOfType(store, work, status, type, ofType, load);
    }
  }
}

function beginOfType(
  store: Store,
  work: Work,
  status: HandleStatus,
  type: VulType,
  unread: readonly IndexedVulnerability[],
  load: { -readonly [K in keyof Load]: Load[K] },
): void {
  const items = unread.map((found) => ({ found, size: sizeOf(found, status) }));
  const alone = store.trust.refusal === undefined ? oneByOne(items, load, work.wait) : new Set(items);
  for (const { found, size } of alone) {
    const column = found[status];
    column.state = 'reading';
    column.way = 'vulnerability';
    column.pages = new Pages();
    load.vulnerability += Math.max(1, Math.ceil(size / PAGE));
  }
  const inPairs = items.filter((item) => !alone.has(item));
  const whole = inPairs.length === listedOf(store, status, type) && store.lists.completeTo(status, type, 'Low');
  for (const part of whole ? [inPairs] : chunks(inPairs)) {
    const vulnerabilities = part.map(({ found }) => found.number);
    const reading = store.pairs.begin({ status, type, vulnerabilities, ...(whole && { all: true }) });
    for (const { found } of part) {
      const column = found[status];
      column.state = 'reading';
      column.way = 'pairs';
      column.reading = reading;
    }
    load.pairs += Math.ceil(part.reduce((sum, { size }) => sum + size, 0) / PAGE);
  }
}

function listedOf(store: Store, status: HandleStatus, type: VulType): number {
  let listed = 0;
  for (const found of store.vulnerabilities.all) {
    if (found.type === type && found[status].expected !== undefined) listed += 1;
  }
  return listed;
}

function chunks<T extends { readonly size: number }>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let rows = 0;
  for (const item of items) {
    part.push(item);
    rows += item.size;
    if (rows < LARGEST_READING && part.length < MOST_IDS) continue;
    parts.push(part);
    part = [];
    rows = 0;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** What pairs leave open where an id stands for several images: the next few. */
function refineSteps(store: Store, status: HandleStatus, read: readonly IndexedVulnerability[]): Step[] {
  const steps: Step[] = [];
  for (const group of store.images.ambiguous) {
    for (const found of read) {
      if (steps.length === AHEAD) return steps;
      if (!holds(found[status].groups, group) || store.inGroup(status, found.number, group)) continue;
      steps.push(refineStep(store, found, status, group));
    }
  }
  return steps;
}

function sizeOf(found: IndexedVulnerability, status: HandleStatus): number {
  return Math.max(1, found[status].expected ?? 1);
}
