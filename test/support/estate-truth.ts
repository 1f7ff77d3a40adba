import type { Estate, ScanStatus } from '../../src/sandbox/estate.js';
import type { Host, SeedImage, Software } from '../../src/sandbox/seed/images.js';
import type { Vulnerability } from '../../src/sandbox/seed/vulnerabilities.js';

// What is true of an embedded estate, counted from the estate itself and not through its API. The images of a scan that
// has succeeded at some time have findings; handled ones are kept apart.

export type Severity = Vulnerability['severity'];

/** A vulnerability in an image, and the package that has it there. */
export interface TrueFinding {
  readonly image: SeedImage;
  readonly vulnerability: Vulnerability;
  readonly software: Software;
}

/** A package and the advice of HSS how to repair it, with what taking the advice removes. */
export interface TrueUpgrade {
  readonly app_name: string;
  readonly solution: string;
  readonly vul_ids: ReadonlySet<string>;
  readonly installed_versions: ReadonlySet<string>;
  readonly images: ReadonlySet<SeedImage>;
  readonly runningImages: ReadonlySet<SeedImage>;
  /** Containers of the images, each image counted once. */
  readonly containers: number;
  readonly findings: readonly TrueFinding[];
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

const NO_FINDINGS: Readonly<Record<Severity, number>> = { Critical: 0, High: 0, Medium: 0, Low: 0 };

/** The images by state of their scan. */
export function imagesByState(estate: Estate): ReadonlyMap<ScanStatus, readonly SeedImage[]> {
  return group(
    estate.states(),
    ({ scan_status }) => [scan_status],
    ({ image }) => image,
  );
}

/** The images whose scan has failed, by reason. */
export function imagesByFailure(estate: Estate): ReadonlyMap<string, readonly SeedImage[]> {
  const failed = estate.states().filter(({ scan_status }) => scan_status === 'failed');
  return group(
    failed,
    ({ scan_failed_desc }) => [scan_failed_desc],
    ({ image }) => image,
  );
}

/** The open findings of the estate, or the handled ones. */
export function findings(estate: Estate, { handled = false } = {}): TrueFinding[] {
  return estate
    .states()
    .flatMap(({ image, first_scan_time }) =>
      first_scan_time === 0
        ? []
        : image.software.flatMap((software) =>
            software.vulnerabilities
              .filter((id) => software.handled.includes(id) === handled)
              .map((id) => ({ image, software, vulnerability: known(estate, id) })),
          ),
    );
}

/** The findings by image; an image without any is missing. */
export function byImage(found: readonly TrueFinding[]): ReadonlyMap<SeedImage, readonly TrueFinding[]> {
  return group(
    found,
    ({ image }) => [image],
    (finding) => finding,
  );
}

/** The findings by `vul_id`. */
export function byVulnerability(found: readonly TrueFinding[]): ReadonlyMap<string, readonly TrueFinding[]> {
  return group(
    found,
    ({ vulnerability }) => [vulnerability.vul_id],
    (finding) => finding,
  );
}

/** The findings by CVE; one of a notice stands under each of its CVEs. */
export function byCve(found: readonly TrueFinding[]): ReadonlyMap<string, readonly TrueFinding[]> {
  return group(
    found,
    ({ vulnerability }) => vulnerability.cves.map(({ cve_id }) => cve_id),
    (finding) => finding,
  );
}

/** The findings by host; those of an image stand under each of its hosts. */
export function byHost(found: readonly TrueFinding[]): ReadonlyMap<Host, readonly TrueFinding[]> {
  return group(
    found,
    ({ image }) => image.hosts,
    (finding) => finding,
  );
}

/** The images by host. */
export function imagesByHost(estate: Estate): ReadonlyMap<Host, readonly SeedImage[]> {
  return group(
    estate.images,
    ({ hosts }) => hosts,
    (image) => image,
  );
}

/** How many of the findings have each severity. */
export function countBySeverity(found: readonly TrueFinding[]): Record<Severity, number> {
  const counts = { ...NO_FINDINGS };
  for (const { vulnerability } of found) counts[vulnerability.severity] += 1;
  return counts;
}

/** The upgrades that would remove the findings, in no order: those with the same package and the same advice are one. */
export function upgrades(found: readonly TrueFinding[]): TrueUpgrade[] {
  const groups = group(
    found,
    ({ software, vulnerability }) => [JSON.stringify([software.app_name, vulnerability.solution])],
    (finding) => finding,
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const images = new Set(own.map(({ image }) => image));
    return {
      app_name: first.software.app_name,
      solution: first.vulnerability.solution,
      vul_ids: new Set(own.map(({ vulnerability }) => vulnerability.vul_id)),
      installed_versions: new Set(own.map(({ software }) => software.app_version)),
      images,
      runningImages: new Set([...images].filter(isRunning)),
      containers: containersOf(images),
      findings: own,
      bySeverity: countBySeverity(own),
    };
  });
}

export function isRunning({ containers }: SeedImage): boolean {
  return containers.length > 0;
}

/** Containers of the images, each image counted once. */
export function containersOf(images: Iterable<SeedImage>): number {
  return [...images].reduce((sum, { containers }) => sum + containers.length, 0);
}

function known(estate: Estate, id: string): Vulnerability {
  const vulnerability = estate.vulnerabilities.get(id);
  if (!vulnerability) throw new RangeError(`the estate has an unknown vulnerability ${id}`);
  return vulnerability;
}

function group<T, K, V>(
  items: readonly T[],
  keysOf: (item: T) => readonly K[],
  of: (item: T) => V,
): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = groups.get(key);
      if (known) known.push(of(item));
      else groups.set(key, [of(item)]);
    }
  }
  return groups;
}
