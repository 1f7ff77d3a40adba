import { HANDLE_STATUSES, type HandleStatus, type Severity, type VulType } from '../hss/models.js';
import { HostTable } from './host-table.js';
import { ImageTable, type IndexedImage } from './image-table.js';
import { holds } from './numbers.js';
import type { PackageMemory } from './package-memory.js';
import { Pages } from './pages.js';
import { PairReadings, type PairTrust } from './pair-readings.js';
import { VulnerabilityLists } from './vulnerability-lists.js';
import { type Column, type IndexedVulnerability, VulnerabilityTable } from './vulnerability-table.js';

/** What is known of one vulnerability in one image, in one state of handling. */
export type Knowledge = 'present' | 'absent' | 'unread';

/**
 * All that was read of a region and project since `begunAt`: images, vulnerabilities, and which image has which. Holds
 * the facts and how far each was read; it asks nobody.
 */
export class Store {
  readonly images = new ImageTable();
  readonly inventory = new Pages();
  readonly vulnerabilities = new VulnerabilityTable();
  readonly lists = new VulnerabilityLists();
  readonly pairs = new PairReadings();
  /** Pairs that are read the other way, too, because they differ from HSS's numbers; by state and vulnerability. */
  readonly checks = new Map<string, Column>();
  readonly hosts = new HostTable();
  /** Findings of single images that were read apart, by group; they stand before what the columns say. */
  readonly #ofImages = {
    unhandled: new Map<number, ReadonlySet<number>>(),
    handled: new Map<number, ReadonlySet<number>>(),
  };
  /** The images of a group that a pair stands for, by state, vulnerability and group. */
  readonly #refined = new Map<string, readonly number[]>();
  /** Names of images whose rows are to be read anew. */
  readonly staleNames = new Set<string>();
  /** Groups whose scan ended since they were read. */
  readonly #outdated = new Set<number>();
  /** Grows with every change, so that what was worked out of the store can be kept. */
  version = 0;

  constructor(
    /** In milliseconds since 1970. */
    readonly begunAt: number,
    readonly packages: PackageMemory,
    readonly trust: PairTrust,
  ) {}

  /** Findings of one group that were read apart; undefined when they were not. */
  ofGroup(group: number, status: HandleStatus): ReadonlySet<number> | undefined {
    return this.#ofImages[status].get(group);
  }

  setOfGroup(group: number, status: HandleStatus, vulnerabilities: ReadonlySet<number>): void {
    this.#ofImages[status].set(group, vulnerabilities);
    if (HANDLE_STATUSES.every((each) => this.#ofImages[each].has(group))) this.#outdated.delete(group);
    this.version += 1;
  }

  /** From now on nothing read before is believed of this group. */
  outdate(group: number): void {
    this.#outdated.add(group);
    this.forgetGroup(group);
  }

  /** Drops the findings of a group that were read apart. */
  forgetGroup(group: number): void {
    for (const status of HANDLE_STATUSES) this.#ofImages[status].delete(group);
    this.pairs.forget(group);
    this.version += 1;
  }

  outdatedGroups(): number[] {
    return [...this.#outdated];
  }

  isOutdated(group: number): boolean {
    return this.#outdated.has(group);
  }

  refine(status: HandleStatus, vulnerability: number, group: number, images: readonly number[]): void {
    this.#refined.set(`${status} ${vulnerability} ${group}`, images);
    this.version += 1;
  }

  /** The images of a group that have the vulnerability; undefined when pairs alone speak and the group has several. */
  inGroup(status: HandleStatus, vulnerability: number, group: number): readonly number[] | undefined {
    const members = this.images.members(group);
    return members.length < 2 ? members : this.#refined.get(`${status} ${vulnerability} ${group}`);
  }

  /**
   * The images in which a vulnerability was found in this state so far, each once. Where a pair stands for one of
   * several images and it is not known which, all are given.
   */
  *imagesWith(found: IndexedVulnerability, status: HandleStatus): Generator<number> {
    const column = found[status];
    const mixed = column.state !== 'read' || (column.images.length > 0 && column.groups.length > 0);
    const seen = mixed ? new Set<number>() : undefined;
    const first = (image: number) => !seen || (!seen.has(image) && Boolean(seen.add(image)));
    const all = this.#outdated.size === 0 && this.#ofImages[status].size === 0;
    for (const image of column.images) {
      if ((all || this.#standsInColumns(this.images.at(image).group, status)) && first(image)) yield image;
    }
    for (const group of column.groups) {
      if (!all && !this.#standsInColumns(group, status)) continue;
      const images = this.inGroup(status, found.number, group) ?? this.images.members(group);
      for (const image of images) if (first(image)) yield image;
    }
    for (const [group, vulnerabilities] of this.#ofImages[status]) {
      if (!vulnerabilities.has(found.number)) continue;
      yield* this.inGroup(status, found.number, group) ?? this.images.members(group);
    }
  }

  /** What is known of a vulnerability in an image, in one state. Nothing unread is ever `absent`. */
  knows(found: IndexedVulnerability, image: IndexedImage, status: HandleStatus): Knowledge {
    const { group } = image;
    const apart = this.ofGroup(group, status);
    if (apart) return apart.has(found.number) ? this.#which(found, image, status) : 'absent';
    if (this.isOutdated(group)) return 'unread';
    const column = found[status];
    const settled = column.state === 'read';
    const has = (items: Uint32Array, item: number) => (settled ? holds(items, item) : items.includes(item));
    if (has(column.images, image.number)) return 'present';
    if (has(column.groups, group)) return this.#which(found, image, status);
    if (settled) return 'absent';
    return column.expected === undefined && this.listed(status, found.type, found.severity) ? 'absent' : 'unread';
  }

  /** Whether every vulnerability of this kind, state and severity was listed. */
  listed(status: HandleStatus, type: VulType, severity: Severity | undefined): boolean {
    return this.lists.complete(status, type, severity);
  }

  #which(found: IndexedVulnerability, image: IndexedImage, status: HandleStatus): Knowledge {
    const images = this.inGroup(status, found.number, image.group);
    if (!images) return 'unread';
    return images.includes(image.number) ? 'present' : 'absent';
  }

  #standsInColumns(group: number, status: HandleStatus): boolean {
    return !this.#ofImages[status].has(group) && !this.#outdated.has(group);
  }
}
