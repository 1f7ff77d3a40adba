import type { Software } from '../images.js';
import { type Cve, solutionOf, VULNERABILITIES, type Vulnerability } from '../vulnerabilities.js';
import { APPLICATION_PACKAGES, KNOWN_PACKAGES, SYSTEM_PACKAGES } from './names.js';
import type { Random } from './random.js';

/** How many vulnerabilities an estate knows, and how many of them belong to packages of distributions. */
const VULNERABILITIES_IN_ALL = 350;
const OF_SYSTEMS = 230;

/** Invented vulnerabilities by severity; all others are Low. */
const AT_LEAST = { Critical: 42, High: 125, Medium: 130 } as const;
const SCORES = { Critical: [90, 100], High: [70, 89], Medium: [40, 69], Low: [10, 39] } as const;

/** The distributions, in the order in which their notices are invented. */
export const DISTRIBUTIONS = ['debian', 'alpine', 'centos', 'euleros'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** Steps in which a package is repaired: each version lacks the vulnerabilities of the steps up to it. */
const STEPS = 2;

/** One package in every version that images hold, from the worst to one without known vulnerabilities. */
export interface Product {
  readonly name: string;
  readonly versions: readonly Software[];
}

/** What images can be made of, and what scans find in it. */
export interface Market {
  readonly vulnerabilities: ReadonlyMap<string, Vulnerability>;
  readonly systems: ReadonlyMap<Distribution, readonly Product[]>;
  readonly applications: readonly Product[];
}

/** Vulnerabilities that are repaired together, as one step of one package, and are equally severe. */
interface Group {
  readonly step: number;
  readonly drafts: Draft[];
}

type Draft = Omit<Vulnerability, 'severity' | 'cves' | 'url' | 'description' | 'vul_name'> & {
  readonly software: string;
  readonly distributions: readonly Distribution[];
  readonly cveIds: readonly string[];
};

/** The packages of one estate and their 350 vulnerabilities. */
export function market(random: Random): Market {
  const systemPackages = SYSTEM_PACKAGES.map((name) => ({ name, numbers: versionNumbers(random) }));
  const applicationPackages = APPLICATION_PACKAGES.map((item) => ({ ...item, numbers: versionNumbers(random) }));
  const known = KNOWN_PACKAGES.flatMap(({ name }) => knownOf(name));
  const ids = new Ids();

  const systemGroups: Group[] = [];
  for (let round = 0; draftsIn(systemGroups) < OF_SYSTEMS; round += 1) {
    for (const { name, numbers } of systemPackages) {
      const left = OF_SYSTEMS - draftsIn(systemGroups);
      if (left > 0) systemGroups.push(systemGroup(name, numbers, 1 + (round % STEPS), left, ids, random));
    }
  }
  const applicationGroups: Group[] = [];
  for (let round = 0; draftsIn(applicationGroups) < VULNERABILITIES_IN_ALL - OF_SYSTEMS - known.length; round += 1) {
    const { name, numbers } =
      applicationPackages[round % applicationPackages.length] ?? random.pick(applicationPackages);
    const step = 1 + (Math.floor(round / applicationPackages.length) % STEPS);
    applicationGroups.push({ step, drafts: [applicationDraft(name, numbers[step] ?? '', ids)] });
  }

  const invented = withSeverities([...systemGroups, ...applicationGroups], random);
  const stepOf = new Map(
    [...systemGroups, ...applicationGroups].flatMap(({ step, drafts }) => drafts.map(({ vul_id }) => [vul_id, step])),
  );
  const found = (name: string, version: number, distribution?: Distribution) =>
    invented
      .filter((item) => item.software === name && (stepOf.get(item.vulnerability.vul_id) ?? 0) > version)
      .filter((item) => distribution === undefined || item.distributions.includes(distribution))
      .map(({ vulnerability }) => vulnerability.vul_id);

  return {
    vulnerabilities: new Map(
      [...known, ...invented.map(({ vulnerability }) => vulnerability)].map((item) => [item.vul_id, item]),
    ),
    systems: new Map(
      DISTRIBUTIONS.map((distribution) => [
        distribution,
        systemPackages.map(({ name, numbers }) => ({
          name,
          versions: numbers.map((number, version) =>
            software(
              name,
              packaged(distribution, number, version),
              typeOf(distribution),
              found(name, version, distribution),
              distribution,
            ),
          ),
        })),
      ]),
    ),
    applications: [
      ...KNOWN_PACKAGES.map(({ name, type, versions }) => ({
        name,
        versions: versions.map((number) =>
          software(
            name,
            number,
            type,
            knownOf(name)
              .filter(({ rule }) => isOlder(number, rule.split(' < ')[1] ?? ''))
              .map(({ vul_id }) => vul_id),
          ),
        ),
      })),
      ...applicationPackages.map(({ name, type, numbers }) => ({
        name,
        versions: numbers.map((number, version) => software(name, number, type, found(name, version))),
      })),
    ],
  };
}

function software(
  app_name: string,
  app_version: string,
  app_type: string,
  vulnerabilities: readonly string[],
  distribution?: Distribution,
): Software {
  return { app_name, app_version, app_type, vulnerabilities, handled: [], ...(distribution && { distribution }) };
}

/** The version numbers of a package: one for the start, one for each step. */
function versionNumbers(random: Random): string[] {
  const [major, minor] = [random.between(1, 9), random.between(0, 30)];
  return Array.from({ length: STEPS + 1 }, (_, step) => `${major}.${minor}.${step * 3 + 1}`);
}

/** A version as a distribution writes it. */
function packaged(distribution: Distribution, number: string, build: number): string {
  switch (distribution) {
    case 'debian':
      return `${number}-1+deb11u${build + 1}`;
    case 'alpine':
      return `${number}-r${build}`;
    case 'centos':
      return `${number}-${build + 10}.el7_9`;
    case 'euleros':
      return `${number}-2.h${build + 1}.eulerosv2r9`;
  }
}

function typeOf(distribution: Distribution): string {
  if (distribution === 'debian') return 'deb';
  return distribution === 'alpine' ? 'apk' : 'rpm';
}

/** Ids that were not given before. */
class Ids {
  #next = 0;

  cve(): string {
    this.#next += 1;
    return `CVE-${2020 + (this.#next % 6)}-${60_000 + this.#next}`;
  }

  notice(distribution: Distribution): string {
    this.#next += 1;
    const [year, number] = [2020 + (this.#next % 6), this.#next];
    if (distribution === 'debian') return `DSA-${5000 + number}-1`;
    return distribution === 'centos' ? `CESA-${year}:${1000 + number}` : `EulerOS-SA-${year}-${1000 + number}`;
  }
}

/**
 * One to three CVEs of a system package. Some are known under their own ids, with a fix by distribution and the fix of
 * the first one in words; others under the notice of each distribution, with all of its CVEs together.
 */
function systemGroup(
  name: string,
  numbers: readonly string[],
  step: number,
  most: number,
  ids: Ids,
  random: Random,
): Group {
  const cveIds = Array.from({ length: random.between(1, 3) }, () => ids.cve());
  const fixes = new Map(DISTRIBUTIONS.map((at) => [at, packaged(at, numbers[step] ?? '', step)]));
  const draft = (vul_id: string, cves: readonly string[], distributions: readonly Distribution[]): Draft => {
    const fixOf = (distribution: Distribution) => fixes.get(distribution) ?? '';
    const [first = 'debian'] = distributions;
    return {
      vul_id,
      type: 'linux_vul',
      software: name,
      distributions,
      cveIds: cves,
      solution: solutionOf(name, fixOf(first)),
      solutionElsewhere: solutionOf(name, fixOf(first === 'centos' ? 'debian' : 'centos')),
      rule: `${name} < ${fixOf(first)}`,
      rules: Object.fromEntries(distributions.map((at) => [at, `${name} < ${fixOf(at)}`])),
    };
  };
  const shared = random.chance(0.45);
  const drafts = shared
    ? cveIds.map((id) => draft(id, [id], DISTRIBUTIONS))
    : [
        // Alpine has no notices and names each CVE.
        ...(['debian', 'centos', 'euleros'] as const).map((at) => draft(ids.notice(at), cveIds, [at])),
        ...cveIds.map((id) => draft(id, [id], ['alpine'])),
      ];
  return { step, drafts: drafts.slice(0, most) };
}

function applicationDraft(name: string, fixedIn: string, ids: Ids): Draft {
  const id = ids.cve();
  return {
    vul_id: id,
    type: 'app_vul',
    software: name,
    distributions: [],
    cveIds: [id],
    solution: solutionOf(name, fixedIn),
    solutionElsewhere: solutionOf(name, `${fixedIn}-4.el7_9`),
    rule: `${name} < ${fixedIn}`,
  };
}

interface Invented {
  readonly vulnerability: Vulnerability;
  readonly software: string;
  readonly distributions: readonly Distribution[];
}

/** Gives every group a severity, so that about the wanted number of vulnerabilities has each. */
function withSeverities(groups: readonly Group[], random: Random): Invented[] {
  const given = { Critical: 0, High: 0, Medium: 0 };
  const severities = ['Critical', 'High', 'Medium'] as const;
  return random.shuffled(groups).flatMap(({ drafts }) => {
    const severity = severities.find((candidate) => given[candidate] < AT_LEAST[candidate]) ?? 'Low';
    if (severity !== 'Low') given[severity] += drafts.length;
    const scores = new Map<string, number>();
    return drafts.map((draft) => invented(draft, severity, scores, random));
  });
}

function invented(
  { software: name, distributions, cveIds, ...draft }: Draft,
  severity: Vulnerability['severity'],
  scores: Map<string, number>,
  random: Random,
): Invented {
  const [least, most] = SCORES[severity];
  const cves = cveIds.map((cve_id): Cve => {
    const cvss = scores.get(cve_id) ?? random.between(least, most) / 10;
    scores.set(cve_id, cvss);
    return { cve_id, cvss, published: publishedOf(cve_id), description: `An invented fault of ${name}.` };
  });
  const vulnerability: Vulnerability = {
    ...draft,
    vul_name: `${name}: ${draft.vul_id}`,
    severity,
    cves,
    description: `${cves.length === 1 ? 'An invented fault' : `${cves.length} invented faults`} of ${name}.`,
    url: `https://security.example.com/${encodeURIComponent(draft.vul_id)}`,
  };
  return { vulnerability, software: name, distributions };
}

/** A day in the year of the id. */
function publishedOf(cveId: string): string {
  const [, year = '2020', number = '0'] = cveId.split('-');
  return `${year}-${String(1 + (Number(number) % 12)).padStart(2, '0')}-15`;
}

function knownOf(name: string): Vulnerability[] {
  return [...VULNERABILITIES.values()].filter(({ rule }) => rule.startsWith(`${name} < `));
}

function draftsIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { drafts }) => sum + drafts.length, 0);
}

/** Whether a plain version number comes before another one. */
function isOlder(version: string, other: string): boolean {
  const [left, right] = [version.split('.').map(Number), other.split('.').map(Number)];
  const index = left.findIndex((number, place) => number !== (right[place] ?? 0));
  return index < 0 ? left.length < right.length : (left[index] ?? 0) < (right[index] ?? 0);
}
