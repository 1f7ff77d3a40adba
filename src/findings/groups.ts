import { SEVERITIES, type Severity } from '../hss/models.js';
import { Breath } from './breath.js';
import { type Counts, countFindings, isReadTo } from './counts.js';
import { type Fits, type IndexedImage, wasLookedInto } from './image-table.js';
import { containersOf } from './of-images.js';
import { hostsKnown } from './plan-hosts.js';
import type { Store } from './store.js';
import type { IndexedVulnerability } from './vulnerability-table.js';

export const GROUP_BY = [
  'scan_status',
  'scan_failed_desc',
  'severity_level',
  'image_name',
  'image_version',
  'host_name',
  'vulnerability',
] as const;
export type GroupBy = (typeof GROUP_BY)[number];

/** Images that have one thing in common. Findings are open ones (image times vulnerability), as far as read. */
export interface Group {
  readonly key: string;
  readonly images: number;
  readonly runningImages: number;
  /** Images that HSS never looked into: nothing is known of their findings. */
  readonly neverScanned: number;
  /** Containers of an image are counted once. */
  readonly containers: number;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** Keys of `severity_level` beside the severities: no finding at all, never scanned, and not read deep enough to tell. */
export const NO_FINDING = 'none';
export const NOT_SCANNED = 'not_scanned';
export const NOT_READ = 'not_read';

/**
 * Groups the listed images that fit. An image on several hosts stands in the group of each, one with several
 * vulnerabilities in the group of each; an image whose hosts are not all known stands in those that are, too.
 */
export async function groupImages(store: Store, by: GroupBy, fits: Fits = () => true): Promise<Group[]> {
  const counts = await countFindings(store);
  const groups = new Groups(counts);
  await eachMember(store, by, fits, (key, image, found, again) =>
    found ? groups.addFinding(key, found, image, again) : groups.addImage(key, image),
  );
  return groups.all();
}

/** The images of some of the groups, by key. */
export async function imagesOfGroups(
  store: Store,
  by: GroupBy,
  keys: readonly string[],
  fits: Fits = () => true,
): Promise<ReadonlyMap<string, readonly IndexedImage[]>> {
  const members = new Map<string, IndexedImage[]>(keys.map((key) => [key, []]));
  await eachMember(store, by, fits, (key, image) => members.get(key)?.push(image));
  return members;
}

async function eachMember(
  store: Store,
  by: GroupBy,
  fits: Fits,
  take: (key: string, image: IndexedImage, found?: IndexedVulnerability, again?: boolean) => void,
): Promise<void> {
  const breath = new Breath();
  if (by === 'vulnerability') {
    const kinds = new Map<string, IndexedVulnerability[]>();
    for (const found of store.vulnerabilities.all) kinds.set(found.vul_id, [...(kinds.get(found.vul_id) ?? []), found]);
    for (const [key, same] of kinds) {
      const seen = same.length > 1 ? new Set<number>() : undefined;
      for (const found of same) {
        for (const number of store.imagesWith(found, 'unhandled')) {
          const image = store.images.at(number);
          if (!image.listed || !fits(image)) continue;
          take(key, image, found, seen?.has(number));
          seen?.add(number);
        }
        await breath.take();
      }
    }
    return;
  }
  const counts = await countFindings(store);
  for (const image of store.images.all) {
    if (image.listed && fits(image)) for (const key of keysOf(store, counts, image, by)) take(key, image);
    await breath.take();
  }
}

export const GROUP_SORT = ['critical', 'vulnerabilities', 'containers', 'images'] as const;
export type GroupSort = (typeof GROUP_SORT)[number];

/** In order of what is asked for, ties by high findings, then containers, then name. */
export function sortGroups(groups: readonly Group[], by: GroupSort): Group[] {
  const first = ({ critical, high, medium, low, containers, images }: Group) =>
    ({ critical, vulnerabilities: critical + high + medium + low, containers, images })[by];
  return [...groups].sort(
    (one, other) =>
      first(other) - first(one) ||
      other.high - one.high ||
      other.containers - one.containers ||
      (one.key < other.key ? -1 : 1),
  );
}

/** The worst open severity of an image, or why there is none. */
export function severityKey(
  counts: Counts,
  image: IndexedImage,
): Severity | typeof NO_FINDING | typeof NOT_SCANNED | typeof NOT_READ {
  const worst = counts.worst(image);
  const findings = counts.of(image);
  const deepest = worst ?? 'Low';
  if (!worst && !findings.scanned) return NOT_SCANNED;
  const above = SEVERITIES[SEVERITIES.indexOf(deepest) - (worst ? 1 : 0)];
  // A Critical one is the worst whatever else was read.
  if (above && !isReadTo(findings, above)) return NOT_READ;
  return worst ?? NO_FINDING;
}

function keysOf(store: Store, counts: Counts, image: IndexedImage, by: Exclude<GroupBy, 'vulnerability'>): string[] {
  switch (by) {
    case 'severity_level':
      return [severityKey(counts, image)];
    case 'host_name':
      return hostNames(store, image);
    case 'scan_failed_desc':
      return image.row.scan_status === 'failed' ? [image.row.scan_failed_desc ?? ''] : [];
    default:
      return [image.row[by] ?? ''];
  }
}

/** Names of the hosts of an image, ids where a name is missing; each once. */
export function hostNames(store: Store, image: IndexedImage): string[] {
  const names = image.hostIds.map((id) => store.images.hosts.get(id)?.host_name ?? id);
  const all = hostsKnown(store, image.number) ? names : [...names, NOT_READ];
  return [...new Set(all)];
}

type Mutable = { -readonly [K in keyof Group]: Group[K] };

class Groups {
  readonly #groups = new Map<string, Mutable>();

  constructor(private readonly counts: Counts) {}

  addImage(key: string, image: IndexedImage): void {
    const group = this.#group(key, image);
    const { critical, high, medium, low } = this.counts.of(image);
    group.critical += critical;
    group.high += high;
    group.medium += medium;
    group.low += low;
  }

  /** @param again the image stands in the group already, by a vulnerability of another kind with the same id. */
  addFinding(key: string, { severity = 'Low' }: IndexedVulnerability, image: IndexedImage, again = false): void {
    const group = (again && this.#groups.get(key)) || this.#group(key, image);
    group[COUNTED[severity]] += 1;
  }

  all(): Group[] {
    return [...this.#groups.values()];
  }

  #group(key: string, image: IndexedImage): Mutable {
    const group = this.#groups.get(key) ?? {
      key,
      images: 0,
      runningImages: 0,
      neverScanned: 0,
      containers: 0,
      critical: 0,
      high: 0,
      medium: 0,
      low: 0,
    };
    this.#groups.set(key, group);
    group.images += 1;
    group.containers += containersOf(image);
    if (containersOf(image) > 0) group.runningImages += 1;
    if (!wasLookedInto(image.row)) group.neverScanned += 1;
    return group;
  }
}

export const COUNTED = { Critical: 'critical', High: 'high', Medium: 'medium', Low: 'low' } as const;
