import { type HandleStatus, SEVERITIES, type Severity, VUL_TYPES } from '../hss/models.js';
import { Breath } from './breath.js';
import { type Fits, type IndexedImage, wasLookedInto } from './image-table.js';
import type { Store } from './store.js';
import { atLeast, type IndexedVulnerability } from './vulnerability-table.js';

/** Open findings of one image, as far as they were read. What HSS does not rate counts as low. */
export interface ImageFindings {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  /** Findings that somebody ignored or put on a white list. */
  readonly handled: number;
  /** Everything of at least this severity was read; undefined: nothing was, and the numbers mean nothing. */
  readonly readTo: Severity | undefined;
  /** Whether HSS ever looked into the image: if not, none of the numbers means anything. */
  readonly scanned: boolean;
}

/** Open findings of every image. */
export interface Counts {
  of(image: IndexedImage): ImageFindings;
  /** Worst severity that was found; undefined when none was found so far. */
  worst(image: IndexedImage): Severity | undefined;
}

const kept = new WeakMap<Store, { version: number; counts: Promise<Counts> }>();

/** Counts the findings of every image; kept until something new was read. */
export function countFindings(store: Store): Promise<Counts> {
  const last = kept.get(store);
  if (last?.version === store.version) return last.counts;
  const counts = count(store);
  kept.set(store, { version: store.version, counts });
  return counts;
}

async function count(store: Store): Promise<Counts> {
  const breath = new Breath();
  const size = store.images.all.length;
  const open = SEVERITIES.map(() => new Uint32Array(size));
  const handled = new Uint32Array(size);
  const unclear = new Set<number>();
  for (const found of store.vulnerabilities.all) {
    const numbers = open[SEVERITIES.indexOf(found.severity ?? 'Low')];
    if (numbers) for (const image of store.imagesWith(found, 'unhandled')) add(numbers, image);
    for (const image of store.imagesWith(found, 'handled')) add(handled, image);
    for (const group of store.images.ambiguous) if (isOpen(store, found, group)) unclear.add(group);
    await breath.take();
  }
  // Before every image is listed, a pair may belong to another image of the same id.
  const inColumns = store.inventory.complete ? readTo(store, 'unhandled') : undefined;
  const listed = listedTo(store, 'unhandled');
  const [critical, high, medium, low] = open;
  const depthOf = ({ group }: IndexedImage) => {
    if (store.ofGroup(group, 'unhandled')) return unclear.has(group) ? undefined : listed;
    return store.isOutdated(group) || unclear.has(group) ? undefined : inColumns;
  };
  return {
    of: (image) => ({
      critical: critical?.[image.number] ?? 0,
      high: high?.[image.number] ?? 0,
      medium: medium?.[image.number] ?? 0,
      low: low?.[image.number] ?? 0,
      handled: handled[image.number] ?? 0,
      readTo: depthOf(image),
      scanned: wasLookedInto(image.row),
    }),
    worst: ({ number }) => SEVERITIES.find((_, index) => (open[index]?.[number] ?? 0) > 0),
  };
}

/** Whether it is not known which image of a group has an open finding. */
function isOpen(store: Store, found: IndexedVulnerability, group: number): boolean {
  const apart = store.ofGroup(group, 'unhandled');
  const named = apart ? apart.has(found.number) : found.unhandled.groups.includes(group);
  return named && !store.inGroup('unhandled', found.number, group);
}

/** The deepest severity to which everything was listed and read in this state, over all images. */
export function readTo(store: Store, status: HandleStatus): Severity | undefined {
  const open = new Set<Severity>();
  for (const { severity, [status]: column } of store.vulnerabilities.all) {
    if (column.expected !== undefined && column.state !== 'read') open.add(severity ?? 'Low');
  }
  return deepest((severity) => !open.has(severity) && isListed(store, status, severity));
}

/** The deepest severity to which everything was read of the scanned images that fit; undefined: not even Critical. */
export async function readAmong(store: Store, fits: Fits): Promise<Severity | undefined> {
  const counts = await countFindings(store);
  const breath = new Breath();
  let depth: Severity | undefined = 'Low';
  for (const image of store.images.all) {
    if (depth === undefined) break;
    if (image.listed && wasLookedInto(image.row) && fits(image)) {
      const { readTo: own }: ImageFindings = counts.of(image);
      if (!own || !atLeast(depth, own)) depth = own;
    }
    await breath.take();
  }
  return depth;
}

function listedTo(store: Store, status: HandleStatus): Severity | undefined {
  return deepest((severity) => isListed(store, status, severity));
}

function isListed(store: Store, status: HandleStatus, severity: Severity): boolean {
  return VUL_TYPES.every((type) => store.lists.complete(status, type, severity));
}

function deepest(isRead: (severity: Severity) => boolean): Severity | undefined {
  const first = SEVERITIES.findIndex((severity) => !isRead(severity));
  return first === -1 ? 'Low' : SEVERITIES[first - 1];
}

/** Whether findings of at least `least` were all read. */
export function isReadTo(findings: ImageFindings, least: Severity): boolean {
  return findings.readTo !== undefined && atLeast(least, findings.readTo);
}

function add(numbers: Uint32Array, index: number): void {
  numbers[index] = (numbers[index] ?? 0) + 1;
}
