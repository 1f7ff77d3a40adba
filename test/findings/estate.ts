import type { GeneralImageVul, LocalImage, Severity, VulType } from '../../src/hss/models.js';

/** A small generator of numbers, so that a seed always grows the same estate. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface EstateHost {
  readonly host_id: string;
  readonly host_name: string;
  readonly agent_id: string;
  readonly private_ip: string;
}

export interface EstateImage {
  readonly row: LocalImage;
  readonly hosts: readonly EstateHost[];
  /** Numbers of vulnerabilities. */
  readonly open: Set<number>;
  readonly handled: Set<number>;
}

export interface EstateVulnerability {
  readonly row: GeneralImageVul & {
    readonly vul_id: string;
    readonly type: VulType;
    readonly severity_level: Severity;
  };
  readonly package: string;
  readonly rule: string;
  readonly installed: string;
}

export interface Estate {
  readonly images: readonly EstateImage[];
  readonly hosts: readonly EstateHost[];
  readonly vulnerabilities: readonly EstateVulnerability[];
}

export interface EstateOptions {
  readonly seed?: number;
  readonly images?: number;
  readonly hosts?: number;
  readonly vulnerabilities?: number;
  /** Findings of a scanned image on average. */
  readonly findings?: number;
  /** How many ids stand for two images. */
  readonly sharedIds?: number;
  /** Whether two images of one id have the same findings. */
  readonly twinsAlike?: boolean;
  /** Whether the fix names the package. */
  readonly genericFix?: boolean;
}

const SEVERITY_SHARES: readonly (readonly [Severity, number])[] = [
  ['Critical', 0.17],
  ['High', 0.5],
  ['Medium', 0.85],
  ['Low', 1],
];

/** Grows an estate from a seed. */
export function growEstate(options: EstateOptions = {}): Estate {
  const { seed = 1, images = 120, hosts = 12, vulnerabilities = 40, findings = 6, sharedIds = 2, genericFix } = options;
  const { twinsAlike = false } = options;
  const random = randomOf(seed);
  const pick = (most: number) => Math.floor(random() * most);
  const allHosts = Array.from({ length: hosts }, (_, n) => ({
    host_id: `host-${n}`,
    host_name: n % 3 === 0 ? `prod-${n}` : `dev-${n}`,
    agent_id: `agent-${n}`,
    private_ip: `192.168.${n % 4}.${n}`,
  }));
  const allVulnerabilities = Array.from({ length: vulnerabilities }, (_, n) => vulnerability(n, random(), genericFix));
  const allImages = Array.from({ length: images }, (_, n): EstateImage => {
    const scanned = random() > 0.15;
    const on = new Set(Array.from({ length: 1 + pick(3) }, () => pick(hosts)));
    const open = new Set<number>();
    const handled = new Set<number>();
    for (let i = pick(2 * findings + 1); scanned && i > 0; i -= 1) {
      // Some vulnerabilities are everywhere, most are rare.
      const found = Math.floor(random() ** 2 * vulnerabilities);
      if (random() < 0.08) handled.add(found);
      else open.add(found);
    }
    for (const found of open) handled.delete(found);
    const shared = n % 2 === 1 && n < 2 * sharedIds;
    const status = scanned ? 'success' : (['unscan', 'failed', 'waiting'][pick(3)] ?? 'unscan');
    return {
      row: {
        image_id: `image-${shared ? n - 1 : n}`,
        image_digest: `sha256:${n.toString(16).padStart(64, '0')}`,
        image_name: `team-${n % 5}/app-${n % 23}`,
        image_version: `v${n % 7}`,
        local_image_type: n % 2 ? 'swr_image' : 'other_image',
        scan_status: status,
        image_size: 1000 + n,
        latest_update_time: 1_700_000_000_000 + n,
        latest_scan_time: scanned ? 1_700_000_100_000 + n : 0,
        vul_num: open.size,
        host_num: on.size,
        container_num: random() < 0.5 ? 0 : 1 + pick(9),
        scan_failed_desc: status === 'failed' ? ['response_timed_out', 'huge_image'][pick(2)] : '',
      },
      hosts: [...on].flatMap((host) => allHosts[host] ?? []),
      open,
      handled,
    };
  });
  const grown = twinsAlike ? allImages.map((image, n) => likeItsTwin(image, allImages[n - 1])) : allImages;
  return { images: grown, hosts: allHosts, vulnerabilities: allVulnerabilities };
}

/** An image that shares its id with the one before it has the same content, and was scanned like it. */
function likeItsTwin(image: EstateImage, before: EstateImage | undefined): EstateImage {
  if (!before || before.row.image_id !== image.row.image_id) return image;
  const { scan_status, latest_scan_time, vul_num } = before.row;
  const row = { ...image.row, scan_status, latest_scan_time, vul_num };
  return { ...image, row, open: before.open, handled: before.handled };
}

function vulnerability(n: number, share: number, genericFix = false): EstateVulnerability {
  const severity_level = SEVERITY_SHARES.find(([, most]) => share <= most)?.[0] ?? 'Low';
  const name = `lib${Math.floor(n / 3)}`;
  const fixed = `${2 + (Math.floor(n / 3) % 2)}.0`;
  return {
    row: {
      vul_id: n % 4 === 0 ? `CVE-2024-${1000 + n}` : `HWSA-${n}`,
      vul_name: `vulnerability ${n}`,
      type: n % 3 === 2 ? 'app_vul' : 'linux_vul',
      severity_level,
      cve_list: [{ cve_id: `CVE-2024-${1000 + n}`, cvss: 5 }],
      max_cvss_score: 5,
      solution_detail: genericFix ? 'Upgrade the affected package.' : `Upgrade ${name} to ${fixed} or later.`,
    },
    package: name,
    rule: `< ${fixed}`,
    installed: '1.0',
  };
}

/** Containers of images, each image once. */
export function containersOf(images: readonly EstateImage[]): number {
  return images.reduce((sum, { row }) => sum + (row.container_num ?? 0), 0);
}

/** The images with an open (or handled) finding of a vulnerability. */
export function imagesWith(estate: Estate, vulnerability: number, state: 'open' | 'handled' = 'open'): EstateImage[] {
  return estate.images.filter((image) => image[state].has(vulnerability));
}

/** Name of an image in tests: id and digest. */
export function nameOf({ image_id, image_digest }: LocalImage): string {
  return `${image_id} ${image_digest}`;
}
