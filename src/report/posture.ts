import { type Report, type ReportImage, type ReportSeverity, SEVERITY_ORDER } from './report.js';

export type SeverityCounts = Readonly<Record<ReportSeverity, number>>;

/** Images that have one thing in common, with their open findings. */
export interface PostureGroup {
  readonly key: string;
  readonly images: number;
  readonly containers: number;
  readonly open: SeverityCounts;
}

/** The numbers of a report at a glance. Findings are image times vulnerability. */
export interface Posture {
  readonly images: number;
  readonly running_images: number;
  readonly containers: number;
  readonly never_scanned: number;
  readonly open: SeverityCounts;
  readonly handled: number;
  readonly by_state: readonly PostureGroup[];
  /** By worst open severity; `none` and `not_scanned` beside them. */
  readonly by_severity: readonly PostureGroup[];
  /** Failed scans by their reason. */
  readonly by_reason: readonly PostureGroup[];
  /** Open findings of each image that has any. */
  readonly of: ReadonlyMap<ReportImage, SeverityCounts>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const none = (): Mutable<SeverityCounts> => ({ Critical: 0, High: 0, Medium: 0, Low: 0 });

/** Counts a report once, out of its own rows. */
export function postureOf(report: Report): Posture {
  const open = none();
  const of = new Map<ReportImage, Mutable<SeverityCounts>>();
  let handled = 0;
  for (const group of report.groups()) {
    const { severity_level } = group.vulnerability;
    for (const image of group.open) {
      const own = of.get(image) ?? none();
      own[severity_level] += 1;
      open[severity_level] += 1;
      of.set(image, own);
    }
    for (const _ of group.handled) handled += 1;
  }
  const { images } = report;
  const running = images.filter(({ containers }) => containers > 0);
  const worst = (image: ReportImage) => {
    const own = of.get(image);
    const found = own && SEVERITY_ORDER.find((severity) => own[severity] > 0);
    return found ?? (image.scanned ? 'none' : 'not_scanned');
  };
  const failed = images.filter(({ scan_status }) => scan_status === 'failed');
  return {
    images: images.length,
    running_images: running.length,
    containers: running.reduce((sum, { containers }) => sum + containers, 0),
    never_scanned: images.filter(({ scanned }) => !scanned).length,
    open,
    handled,
    by_state: grouped(images, of, ({ scan_status }) => scan_status ?? 'unknown'),
    by_severity: inOrder(grouped(images, of, worst)),
    by_reason: grouped(failed, of, ({ scan_failed_desc }) => scan_failed_desc ?? 'unknown'),
    of,
  };
}

/** Open findings in all. */
export function sumOf(counts: SeverityCounts): number {
  return SEVERITY_ORDER.reduce((sum, severity) => sum + counts[severity], 0);
}

/** Images with open findings, worst first. */
export function worstImages({ of }: Posture): readonly (readonly [ReportImage, SeverityCounts])[] {
  return [...of].sort(
    ([one, own], [other, others]) =>
      others.Critical - own.Critical ||
      others.High - own.High ||
      other.containers - one.containers ||
      sumOf(others) - sumOf(own),
  );
}

/** Images by the time of their last scan, oldest first; those that were never scanned are not among them. */
export function oldestScans(images: readonly ReportImage[]): readonly ReportImage[] {
  const time = ({ latest_scan_time = '' }: ReportImage) => latest_scan_time;
  return images.filter((image) => time(image) !== '').sort((one, other) => (time(one) < time(other) ? -1 : 1));
}

function grouped(
  images: readonly ReportImage[],
  of: ReadonlyMap<ReportImage, SeverityCounts>,
  keyOf: (image: ReportImage) => string,
): PostureGroup[] {
  const groups = new Map<string, Mutable<Omit<PostureGroup, 'open'>> & { open: Mutable<SeverityCounts> }>();
  for (const image of images) {
    const key = keyOf(image);
    const group = groups.get(key) ?? { key, images: 0, containers: 0, open: none() };
    groups.set(key, group);
    group.images += 1;
    group.containers += image.containers;
    const own = of.get(image);
    if (own) for (const severity of SEVERITY_ORDER) group.open[severity] += own[severity];
  }
  return [...groups.values()].sort((one, other) => other.images - one.images || (one.key < other.key ? -1 : 1));
}

function inOrder(groups: PostureGroup[]): PostureGroup[] {
  const order: readonly string[] = [...SEVERITY_ORDER, 'none', 'not_scanned'];
  return groups.sort((one, other) => order.indexOf(one.key) - order.indexOf(other.key));
}
