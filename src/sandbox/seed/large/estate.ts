import type { Seed } from '../../estate.js';
import {
  type Container,
  type Handling,
  type Host,
  SECOND_ENTERPRISE_PROJECT,
  type SeedImage,
  type Software,
} from '../images.js';
import { canScan, type Hosts, hosts } from './hosts.js';
import { FAILURES, REGISTRIES, REMARKS, SERVICES, TEAMS, USERS } from './names.js';
import { DISTRIBUTIONS, type Market, market, type Product } from './packages.js';
import { Random } from './random.js';

export interface LargeEstate {
  /** How many images. */
  readonly images: number;
  /** The same seed gives the same estate. Default 1. */
  readonly seed?: number;
}

/** The day on which the invented past ends, and a day, in ms. */
const PAST_ENDS = Date.parse('2026-11-20T00:00:00Z');
const DAY = 86_400_000;
const MIB = 1024 * 1024;

/** Base images come in releases, of which later ones hold fewer faults and are in use more often. */
const RELEASES = 5;
const RELEASE_WEIGHTS = [1, 2, 3, 5, 8];
const PACKAGES_A_BASE = 11;

const NO_NAME = '镜像无名称或版本，无法扫描';

/** What the images of one name have in common. */
interface Project {
  readonly image_name: string;
  readonly container_name: string;
  readonly enterprise_project_id: string;
  readonly local_image_type: SeedImage['local_image_type'];
  /** The releases of the base image that they stand on, oldest first. */
  readonly bases: readonly (readonly Software[])[];
  readonly applications: readonly Product[];
  /** A vulnerability that was put on the white list for all of them. */
  readonly accepted: string | undefined;
}

type Identity = Pick<SeedImage, 'image_id' | 'image_digest' | 'image_name' | 'image_version'>;

/**
 * An untidy estate of any size: teams and services with many tags, four distributions, hosts without an agent that
 * works, unnamed images, tags that were built again, images under two digests, failed scans of every kind, decisions of
 * the past. One truth: every operation of the embedded HSS answers from it.
 */
export function largeEstate({ images: count, seed = 1 }: LargeEstate): Seed {
  const random = new Random(seed);
  const goods = market(random);
  const bases = DISTRIBUTIONS.flatMap((at) => basesOf(goods.systems.get(at) ?? [], random));
  const farm = hosts(count, random);
  const images: SeedImage[] = [];
  const add = (image: SeedImage) => images.length < count && images.push(image);
  for (const image of everywhere(farm, random)) add(image);
  for (let number = 0; images.length < count; number += 1) {
    const project = projectOf(number, goods, random.pick(bases), random);
    for (const image of imagesOf(project, farm.working, random)) add(image);
  }
  return { images, vulnerabilities: goods.vulnerabilities, idleHosts: farm.idle };
}

/** The releases of each base image of a distribution, oldest first. Every package belongs to one base image. */
function basesOf(products: readonly Product[], random: Random): Software[][][] {
  const shuffled = random.shuffled(products);
  const count = Math.ceil(shuffled.length / PACKAGES_A_BASE);
  return Array.from({ length: count }, (_, base) =>
    releases(shuffled.slice(base * PACKAGES_A_BASE, (base + 1) * PACKAGES_A_BASE), random),
  );
}

/** In the oldest release every package is the worst there is; of the later ones, more and more have been repaired. */
function releases(products: readonly Product[], random: Random): Software[][] {
  return Array.from({ length: RELEASES }, (_, release) =>
    products.flatMap(({ versions }) => {
      const age = RELEASES - 1 - release;
      const faults = release === 0 ? 2 : random.weighted([6, age, age * age * 0.4]);
      const version = versions[2 - faults];
      return version ? [version] : [];
    }),
  );
}

/** Images that lie on every host: an agent with a container everywhere, and one that nobody scans. */
function everywhere({ working }: Hosts, random: Random): SeedImage[] {
  const common = { enterprise_project_id: '0', local_image_type: 'other_image', hosts: working } as const;
  return [
    {
      ...common,
      ...identity('registry.example.com:5000/infra/log-agent', '3.2.1', random),
      image_size: 61 * MIB,
      latest_update_time: PAST_ENDS - 90 * DAY,
      containers: working.map((at, index) => container('log-agent', index, at, random)),
      software: [],
      scannedAt: PAST_ENDS - 2 * DAY,
    },
    {
      ...common,
      ...identity('registry.k8s.io/pause', '3.9', random),
      image_size: 743_952,
      latest_update_time: PAST_ENDS - 400 * DAY,
      containers: [],
      software: [],
    },
  ];
}

function projectOf(number: number, goods: Market, bases: readonly (readonly Software[])[], random: Random): Project {
  const team = TEAMS[number % TEAMS.length] ?? random.pick(TEAMS);
  const round = Math.floor(number / TEAMS.length);
  const service = SERVICES[(number + round) % SERVICES.length] ?? random.pick(SERVICES);
  const again = Math.floor(round / SERVICES.length);
  const registry = random.pick(REGISTRIES);
  const applications = random.shuffled(goods.applications).slice(0, random.weighted([3, 3, 3, 2, 1]));
  const candidates = applications.flatMap(({ versions }) => versions[0]?.vulnerabilities ?? []);
  return {
    image_name: `${registry}${team.name}/${service}${again > 0 ? `-${again + 1}` : ''}`,
    container_name: service.replaceAll(/[^a-z-]/g, '') || 'service',
    enterprise_project_id: team.second ? SECOND_ENTERPRISE_PROJECT : '0',
    local_image_type: registry.startsWith('swr.') ? 'swr_image' : 'other_image',
    bases,
    applications,
    accepted: candidates.length > 0 && random.chance(0.05) ? random.pick(candidates) : undefined,
  };
}

/** The images of a name, one tag after another: some built again under the same tag, some under a second digest. */
function imagesOf(project: Project, working: readonly Host[], random: Random): SeedImage[] {
  const images: SeedImage[] = [];
  const tags = random.between(1, 15);
  const dated = random.chance(0.2);
  for (let tag = 0; tag < tags; tag += 1) {
    const version = tag === 0 && random.chance(0.4) ? 'latest' : versionOf(tag, dated);
    const image = imageOf(project, identity(project.image_name, version, random), tag, tags, working, random);
    images.push(image);
    if (random.chance(0.04)) {
      images.push(imageOf(project, identity(project.image_name, version, random), tag, tags, working, random));
    }
    if (random.chance(0.006)) {
      images.push({
        ...image,
        image_name: `mirror.example.com/${project.image_name}`,
        image_digest: digest(random),
        containers: [],
      });
    }
    if (random.chance(0.03)) images.push(unnamed(project, working, random));
  }
  return images;
}

function imageOf(
  project: Project,
  named: Identity,
  tag: number,
  tags: number,
  working: readonly Host[],
  random: Random,
): SeedImage {
  const held = placed(working, random);
  const running = random.chance(0.45) ? random.between(1, held.length) : 0;
  const containers = Array.from({ length: running * random.weighted([0, 6, 2, 1]) }, (_, index) =>
    container(project.container_name, index, held[index % running] ?? random.pick(held), random),
  );
  // Later tags stand on later releases and hold newer versions.
  const newer = tag / Math.max(tags - 1, 1);
  const applications = project.applications.flatMap(({ versions }) => {
    const version = versions[Math.min(random.weighted([2 - newer * 1.6, 1, 1 + newer * 2]), versions.length - 1)];
    return version ? [version] : [];
  });
  const base = project.bases[random.weighted(RELEASE_WEIGHTS)] ?? [];
  const latest_update_time = PAST_ENDS - random.between(15, 400) * DAY + random.below(DAY);
  return withHistory(
    {
      ...named,
      enterprise_project_id: project.enterprise_project_id,
      local_image_type: project.local_image_type,
      image_size: random.between(5, 2500) * MIB + random.below(MIB),
      latest_update_time,
      hosts: held,
      containers,
      software: [...base, ...applications],
      ...scanOf(held, latest_update_time, random),
    },
    project.accepted,
    random,
  );
}

/** What became of the scans of an image: most succeeded, of the others every kind occurs. */
function scanOf(held: readonly Host[], updated: number, random: Random): Partial<SeedImage> {
  const days =
    [random.between(0, 13), random.between(14, 59), random.between(60, 400)][random.weighted([7, 2, 1])] ?? 0;
  const scannedAt = PAST_ENDS - days * DAY - random.below(DAY);
  // Few images were pulled again after their last scan.
  const past = { scannedAt: scannedAt < updated && random.chance(0.7) ? updated + random.below(10 * DAY) : scannedAt };
  if (!held.some(canScan)) return failure('failed_to_match_agent', past, random);
  switch (random.weighted([84, 9, 6, 1])) {
    case 1:
      return {};
    case 2:
      return failure(random.pick(FAILURES), past, random);
    case 3:
      return { non_scan_reason: 'Only images of Linux can be scanned.' };
    default:
      return past;
  }
}

/** A scan that failed, for some images after one that had succeeded. */
function failure(fails: string, past: Pick<SeedImage, 'scannedAt'>, random: Random): Partial<SeedImage> {
  return random.chance(0.3) ? { ...past, fails, failedSince: true } : { fails };
}

function unnamed({ enterprise_project_id }: Project, working: readonly Host[], random: Random): SeedImage {
  const name = random.chance(0.7) ? '<none>' : '--';
  return {
    ...identity(name, name, random),
    enterprise_project_id,
    local_image_type: 'other_image',
    image_size: random.between(5, 900) * MIB,
    latest_update_time: PAST_ENDS - random.between(1, 300) * DAY,
    hosts: placed(working, random).slice(0, 1),
    containers: [],
    software: [],
    non_scan_reason: NO_NAME,
  };
}

/** The image with what was decided about its findings: some ignored, some taken back, some on the white list of its name. */
function withHistory(image: SeedImage, accepted: string | undefined, random: Random): SeedImage {
  if (image.scannedAt === undefined) return image;
  const found = image.software.flatMap(({ vulnerabilities }) => vulnerabilities);
  if (found.length === 0) return image;
  const handled = new Map<string, Handling['handle_type']>();
  if (random.chance(0.05)) handled.set(random.pick(found), 'ignore');
  const reopened = random.chance(0.01) ? random.pick(found) : undefined;
  if (accepted !== undefined && found.includes(accepted)) handled.set(accepted, 'add_to_whitelist');
  if (handled.size === 0 && reopened === undefined) return image;

  const decisions = [...handled].map(([vul_id, handle_type]) => ({ vul_id, handle_type }));
  if (reopened !== undefined && !handled.has(reopened)) {
    decisions.unshift({ vul_id: reopened, handle_type: 'ignore' }, { vul_id: reopened, handle_type: 'not_ignore' });
  }
  const { scannedAt } = image;
  const history = decisions.flatMap((decision, index): Handling[] => {
    const about = { user_name: random.pick(USERS), remark: random.pick(REMARKS) };
    return image.hosts.map((host) => ({
      ...decision,
      ...about,
      host,
      handle_time: scannedAt + (index + 1) * 3_600_000,
    }));
  });
  const software = image.software.map((item): Software => {
    const own = item.vulnerabilities.filter((id) => handled.has(id));
    return own.length > 0 ? { ...item, handled: own } : item;
  });
  return { ...image, software, history };
}

function identity(image_name: string, image_version: string, random: Random): Identity {
  return { image_id: random.uuid(), image_digest: digest(random), image_name, image_version };
}

function digest(random: Random): string {
  return `sha256:${random.hex(64)}`;
}

function versionOf(tag: number, dated: boolean): string {
  if (!dated) return `v${1 + Math.floor(tag / 5)}.${tag % 5}.0`;
  return new Date(PAST_ENDS - (20 - tag) * 9 * DAY).toISOString().slice(0, 10).replaceAll('-', '.');
}

/** Hosts beside each other, for most images one, for some a dozen. */
function placed(working: readonly Host[], random: Random): Host[] {
  const wanted = [1, 2, random.between(3, 5), random.between(6, 12)][random.weighted([60, 20, 15, 5])] ?? 1;
  const start = random.below(working.length);
  return Array.from(
    { length: Math.min(wanted, working.length) },
    (_, index) => working[(start + index) % working.length],
  ).filter((host) => host !== undefined);
}

function container(name: string, index: number, host: Host, random: Random): Container {
  return {
    container_id: random.hex(64),
    container_name: name,
    pod_id: random.uuid(),
    pod_name: `${name}-${index}`,
    entry_point: `/usr/local/bin/${name}`,
    host,
  };
}
