import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLimits } from '../call/limits.js';
import { SEVERITIES, type Severity } from '../hss/models.js';
import { Breath } from './breath.js';
import type { Completeness } from './completeness.js';
import { areOfOther } from './distribution.js';
import type { FindingsView } from './findings-index.js';
import { COUNTED } from './groups.js';
import type { IndexedImage } from './image-table.js';
import { containersOf } from './of-images.js';
import type { Store } from './store.js';
import { candidatesOf, packagesOf, type UpgradeCandidate } from './upgrade-candidates.js';
import { atLeast, byWorst, type IndexedVulnerability } from './vulnerability-table.js';

export const RANK_BY = ['containers', 'images', 'findings'] as const;
export type RankBy = (typeof RANK_BY)[number];

export interface UpgradeOptions {
  /** Findings of at least this severity count. */
  readonly severity: Severity;
  /** How many upgrades are wanted. */
  readonly limit: number;
  /** `findings`: worst severity first. Ties by critical and high findings, then by containers and images. */
  readonly rankBy: RankBy;
  /** Which images count, for example those that run. */
  readonly fits?: (image: IndexedImage) => boolean;
}

/** What something removes: open findings (image times vulnerability), and the images and containers they are in. */
export interface Removed {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly images: number;
  readonly runningImages: number;
  readonly containers: number;
}

/** An upgrade of a package, with all that it removes. */
export interface Upgrade extends Removed {
  readonly type: UpgradeCandidate['type'];
  /** Empty when HSS names none, undefined when they were not read yet. */
  readonly packages: readonly string[] | undefined;
  /** In the words of HSS; empty when it gives none. */
  readonly fix: string;
  /** Whether the words plainly belong to another distribution than packages that were seen. */
  readonly fixOfOtherDistribution: boolean;
  readonly rules: readonly string[];
  /** Versions seen so far; others may be installed elsewhere. */
  readonly installedVersions: readonly string[];
  /** Worst first. */
  readonly vulnerabilities: readonly IndexedVulnerability[];
  /** Those with most containers first. */
  readonly inImages: readonly IndexedImage[];
  /** This upgrade and those before it: what is in several is counted once. */
  readonly cumulative: Removed & { /** Images without any such finding left. */ readonly cleanImages: number };
}

/** The same upgrades for one image name. */
export interface Rebuild {
  readonly imageName: string;
  readonly images: number;
  readonly containers: number;
  readonly upgrades: readonly { readonly upgrade: number; readonly images: number; readonly findings: number }[];
}

export interface UpgradePlan {
  /** Best first. */
  readonly upgrades: readonly Upgrade[];
  /** Most containers first; `upgrade` counts from 0 in `upgrades`. */
  readonly rebuilds: readonly Rebuild[];
  /** What all upgrades together would remove. */
  readonly total: Removed;
  /** Samples that have to be read before the order is sure; none when it is. */
  readonly unsettled: readonly Sample[];
}

export interface Sample {
  readonly vulnerability: number;
  readonly image: number;
}

/** Between two looks at what looks best while findings are held back, in ms: nothing that reads freely takes so long. */
const PAUSE_MS = 3_000;
/** Places that are looked at meanwhile, for each one that was asked for: the order is still to change. */
const EARLY = 3;
/** So many packages are asked for at a time where each member of a candidate has to be seen. */
const SAMPLES_AT_ONCE = 8;
/** Images of further names whose versions are read, too, where nothing holds requests back. */
const FURTHER_SAMPLES = 2;

/**
 * The best upgrades, and how complete the answer is. Packages are read for the heaviest candidates only, until no
 * other can overtake them.
 * @throws {HttpFailure} of kind `aborted` when the call was cancelled.
 */
export async function bestUpgrades(
  index: FindingsView,
  options: UpgradeOptions,
  caller: CallLimits,
): Promise<{ readonly plan: UpgradePlan; readonly completeness: Completeness }> {
  let completeness = await withSamples(index, options, caller);
  let plan = await planUpgrades(index.store, options);
  while (completeness.complete && plan.unsettled.length > 0) {
    completeness = await index.ask({ depth: options.severity, packages: plan.unsettled }, caller);
    plan = await planUpgrades(index.store, options);
  }
  const further = completeness.complete ? furtherSamples(index.store, plan) : [];
  if (further.length > 0 && index.isFree('ListVulAffectImageApps', further.length)) {
    await index.ask({ depth: options.severity, packages: further }, caller);
    plan = await planUpgrades(index.store, options);
  }
  return { plan, completeness };
}

/**
 * Reads the findings. Where the pace holds them back, the packages of what looks best so far are read meanwhile: that
 * is another operation, with places of its own.
 */
async function withSamples(index: FindingsView, options: UpgradeOptions, caller: CallLimits): Promise<Completeness> {
  let isRead = false;
  const reading = index.ask({ depth: options.severity }, caller).finally(() => {
    isRead = true;
  });
  const pause = () => Promise.race([reading.catch(() => {}), sleep(PAUSE_MS, undefined, { ref: false })]);
  for (await pause(); !isRead; await pause()) {
    if (!index.isFree('ListVulAffectImageApps', 1)) continue;
    const { unsettled } = await planUpgrades(index.store, { ...options, limit: EARLY * options.limit });
    if (unsettled.length === 0 || isRead) continue;
    const packages = unsettled.slice(0, SAMPLES_AT_ONCE);
    await Promise.race([reading.catch(() => {}), index.ask({ inventory: false, packages }, caller).catch(() => {})]);
  }
  return reading;
}

/** The best upgrades by what was read so far. */
export async function planUpgrades(store: Store, options: UpgradeOptions): Promise<UpgradePlan> {
  const { severity, limit, rankBy, fits = () => true } = options;
  const wanted = store.vulnerabilities.all.filter((found) => atLeast(found.severity, severity));
  const tally = new Tally(store, fits);
  const ranked: Ranked[] = [];
  for (const candidate of candidatesOf(store, wanted)) {
    const removed = await tally.of(candidate.members);
    if (removed.images > 0) ranked.push({ candidate, removed });
  }
  ranked.sort(
    (one, other) => compareRemoved(other.removed, one.removed, rankBy) || byFix(one.candidate, other.candidate),
  );
  const top = ranked.slice(0, limit);
  const total = await tally.of(wanted);
  const upgrades = await describe(store, fits, top, wanted);
  return {
    upgrades,
    rebuilds: rebuildsOf(store, upgrades),
    total,
    unsettled: unsettledOf(top, ranked).flatMap((candidate) => samplesFor(store, candidate, fits)),
  };
}

interface Ranked {
  readonly candidate: UpgradeCandidate;
  readonly removed: Removed;
}

/** Counts what vulnerabilities touch; images are marked and not collected, so that a large estate costs no memory. */
class Tally {
  readonly #marks: Uint32Array;
  readonly #breath = new Breath();
  #mark = 0;

  constructor(
    private readonly store: Store,
    private readonly fits: (image: IndexedImage) => boolean,
  ) {
    this.#marks = new Uint32Array(store.images.all.length);
  }

  async of(members: readonly IndexedVulnerability[]): Promise<Removed> {
    this.#mark += 1;
    const removed = nothing();
    for (const found of members) {
      for (const number of this.store.imagesWith(found, 'unhandled')) {
        const image = this.store.images.at(number);
        if (!this.fits(image)) continue;
        removed[COUNTED[found.severity ?? 'Low']] += 1;
        if (this.#marks[number] === this.#mark) continue;
        this.#marks[number] = this.#mark;
        countImage(removed, image);
      }
      await this.#breath.take();
    }
    return removed;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function nothing(): Mutable<Removed> {
  return { critical: 0, high: 0, medium: 0, low: 0, images: 0, runningImages: 0, containers: 0 };
}

function countImage(removed: Mutable<Removed>, image: IndexedImage): void {
  removed.images += 1;
  removed.containers += containersOf(image);
  if (containersOf(image) > 0) removed.runningImages += 1;
}

async function describe(
  store: Store,
  fits: (image: IndexedImage) => boolean,
  top: readonly Ranked[],
  wanted: readonly IndexedVulnerability[],
): Promise<Upgrade[]> {
  const left = await findingsPerImage(store, fits, wanted);
  const touched = new Set<number>();
  const sum = { ...nothing(), cleanImages: 0 };
  return top.map(({ candidate, removed }) => {
    const own = new Set<number>();
    for (const found of candidate.members) {
      for (const number of store.imagesWith(found, 'unhandled')) {
        if (!fits(store.images.at(number))) continue;
        own.add(number);
        left[number] = (left[number] ?? 0) - 1;
        if (left[number] === 0) sum.cleanImages += 1;
      }
    }
    for (const severity of SEVERITIES) sum[COUNTED[severity]] += removed[COUNTED[severity]];
    for (const number of own) {
      if (touched.has(number)) continue;
      touched.add(number);
      countImage(sum, store.images.at(number));
    }
    const inImages = Array.from(own, (number) => store.images.at(number));
    inImages.sort((one, other) => containersOf(other) - containersOf(one) || one.number - other.number);
    return { ...removed, ...wordsOf(store, candidate), inImages, cumulative: { ...sum } };
  });
}

async function findingsPerImage(
  store: Store,
  fits: (image: IndexedImage) => boolean,
  wanted: readonly IndexedVulnerability[],
): Promise<Int32Array> {
  const breath = new Breath();
  const left = new Int32Array(store.images.all.length);
  for (const found of wanted) {
    for (const number of store.imagesWith(found, 'unhandled')) {
      if (fits(store.images.at(number))) left[number] = (left[number] ?? 0) + 1;
    }
    await breath.take();
  }
  return left;
}

function wordsOf(store: Store, { type, fix, packages, members }: UpgradeCandidate) {
  const seen = members.flatMap((found) => packagesOf(store, found));
  const rules = [...new Set(seen.flatMap(({ rule }) => rule ?? []))];
  const installedVersions = [...new Set(seen.flatMap(({ versions }) => versions))].sort();
  return {
    type,
    packages,
    fix,
    rules,
    installedVersions,
    fixOfOtherDistribution: areOfOther([fix], [...rules, ...installedVersions]),
    vulnerabilities: [...members].sort(byWorst),
  };
}

function rebuildsOf(store: Store, upgrades: readonly Upgrade[]): Rebuild[] {
  const byName = new Map<
    string,
    { images: Set<number>; upgrades: Map<number, { images: number; findings: number }> }
  >();
  for (const [upgrade, { inImages, vulnerabilities }] of upgrades.entries()) {
    const findings = new Map<number, number>();
    for (const found of vulnerabilities) {
      for (const number of store.imagesWith(found, 'unhandled')) findings.set(number, (findings.get(number) ?? 0) + 1);
    }
    for (const { number, row } of inImages) {
      const name = row.image_name ?? '';
      const entry = byName.get(name) ?? { images: new Set(), upgrades: new Map() };
      const share = entry.upgrades.get(upgrade) ?? { images: 0, findings: 0 };
      share.images += 1;
      share.findings += findings.get(number) ?? 0;
      entry.images.add(number);
      entry.upgrades.set(upgrade, share);
      byName.set(name, entry);
    }
  }
  return [...byName]
    .map(([imageName, { images, upgrades: shares }]) => ({
      imageName,
      images: images.size,
      containers: Array.from(images, (number) => containersOf(store.images.at(number))).reduce((a, b) => a + b, 0),
      upgrades: Array.from(shares, ([upgrade, share]) => ({ upgrade, ...share })),
    }))
    .sort(
      (one, other) =>
        other.containers - one.containers || other.images - one.images || (one.imageName < other.imageName ? -1 : 1),
    );
}

/** Candidates without packages that are among the best, or whose members may belong to one that is. */
function unsettledOf(top: readonly Ranked[], ranked: readonly Ranked[]): UpgradeCandidate[] {
  const fixes = new Set(top.map(({ candidate: { type, fix } }) => `${type} ${fix}`));
  return ranked.flatMap(({ candidate }) =>
    candidate.packages === undefined && fixes.has(`${candidate.type} ${candidate.fix}`) ? [candidate] : [],
  );
}

/** What to read of a candidate that has no packages yet: its heaviest member, or several where each has to be seen. */
function samplesFor(store: Store, candidate: UpgradeCandidate, fits: (image: IndexedImage) => boolean): Sample[] {
  if (candidate.packages) return [];
  const size = (found: IndexedVulnerability) => found.unhandled.images.length + found.unhandled.groups.length;
  const members = [...candidate.members].sort((one, other) => size(other) - size(one) || byWorst(one, other));
  return members.slice(0, candidate.fixNamesNone ? SAMPLES_AT_ONCE : 1).flatMap((found) => {
    const image = sampleImage(store, found, fits);
    return image ? [{ vulnerability: found.number, image: image.number }] : [];
  });
}

function sampleImage(store: Store, found: IndexedVulnerability, fits: (image: IndexedImage) => boolean) {
  let best: IndexedImage | undefined;
  for (const number of store.imagesWith(found, 'unhandled')) {
    const image = store.images.at(number);
    if (!fits(image) || !image.row.image_id) continue;
    if (!best || containersOf(image) > containersOf(best)) best = image;
  }
  return best;
}

/** Images of other names, for versions and words of other distributions. */
function furtherSamples(store: Store, { upgrades }: UpgradePlan): Sample[] {
  return upgrades.flatMap(({ vulnerabilities, packages }) => {
    const seen = packages && vulnerabilities.find((found) => packagesOf(store, found).length > 0);
    if (!seen) return [];
    const images = Array.from(store.imagesWith(seen, 'unhandled'), (number) => store.images.at(number));
    const read = store.packages.of(seen);
    const names = new Set(
      images.filter(({ row }) => row.image_id && read.has(row.image_id)).map(({ row }) => row.image_name),
    );
    const samples: Sample[] = [];
    for (const image of images) {
      if (names.size > FURTHER_SAMPLES) break;
      if (!image.row.image_id || names.has(image.row.image_name)) continue;
      names.add(image.row.image_name);
      samples.push({ vulnerability: seen.number, image: image.number });
    }
    return samples;
  });
}

/** Positive when `one` removes more. */
function compareRemoved(one: Removed, other: Removed, by: RankBy): number {
  const order: readonly (keyof Removed)[] =
    by === 'findings'
      ? ['critical', 'high', 'medium', 'low', 'containers', 'images']
      : [by, 'critical', 'high', 'containers', 'images'];
  for (const field of order) if (one[field] !== other[field]) return one[field] - other[field];
  return 0;
}

function byFix(one: UpgradeCandidate, other: UpgradeCandidate): number {
  const words = ({ fix, packages }: UpgradeCandidate) => `${fix}\n${packages?.join() ?? ''}`;
  return words(one) < words(other) ? -1 : 1;
}
