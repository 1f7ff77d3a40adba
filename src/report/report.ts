import type { Language } from '../words/language.js';

/** Worst first. */
export const SEVERITY_ORDER = ['Critical', 'High', 'Medium', 'Low'] as const;
export type ReportSeverity = (typeof SEVERITY_ORDER)[number];

/** One image of a report. Texts are cleaned; times are ISO 8601. */
export interface ReportImage {
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
  readonly image_id?: string | undefined;
  readonly image_digest?: string | undefined;
  readonly scan_status?: string | undefined;
  readonly scan_failed_desc?: string | undefined;
  readonly non_scan_reason?: string | undefined;
  /** Absent: never scanned. */
  readonly latest_scan_time?: string | undefined;
  /** Whether anybody ever looked into it: if not, that it has no finding means nothing. */
  readonly scanned: boolean;
  readonly containers: number;
}

/** One vulnerability of a report. */
export interface ReportVulnerability {
  readonly vul_id: string;
  readonly type: string;
  readonly severity_level: ReportSeverity;
  readonly vul_name?: string | undefined;
  readonly cve_ids: readonly string[];
  readonly max_cvss_score?: number | undefined;
  readonly description?: string | undefined;
  /** What repairs it. */
  readonly fix?: string | undefined;
}

/** One vulnerability with the images that have it: those where it is open, and those where somebody decided about it. */
export interface ReportGroup {
  readonly vulnerability: ReportVulnerability;
  readonly open: Iterable<ReportImage>;
  readonly handled: Iterable<ReportImage>;
}

/** An upgrade of a package and the open findings that it removes. */
export interface ReportUpgrade {
  readonly rank: number;
  readonly package: string;
  readonly fix: string;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly images: number;
  readonly containers: number;
}

/** What changed since an earlier report. Findings are image times vulnerability. */
export interface ReportChanges {
  readonly baseline: string;
  readonly baseline_as_of: string;
  readonly new: number;
  readonly still_open: number;
  /** Open then; ignored or on a white list now. */
  readonly handled: number;
  /** Open then and not there now. Absent where not everything was read: what is unread is not gone. */
  readonly gone?: number | undefined;
  /** Open then, in images that are not among those of this report. */
  readonly gone_with_image?: number | undefined;
  /** Some of those that are gone. */
  readonly gone_findings: readonly { readonly vul_id: string; readonly image: string }[];
}

/** Finished rows, for every format. Whoever made them knows where they came from; a format does not. */
export interface Report {
  readonly title: string;
  readonly program: { readonly name: string; readonly version: string };
  readonly generated_at: string;
  /** Age of the oldest part. */
  readonly as_of?: string | undefined;
  /** Where was looked, and what was asked for, by name. */
  readonly scope: Readonly<Record<string, string | number | boolean>> & { readonly region: string };
  /** Why not everything is here; absent when it is. */
  readonly incomplete?: string | undefined;
  /** Whether everything in it is invented. */
  readonly sandbox: boolean;
  /** Findings of at least this severity are here. */
  readonly least: ReportSeverity;
  readonly images: readonly ReportImage[];
  /** Worst first; goes through everything anew each time. */
  groups(): Iterable<ReportGroup>;
  readonly upgrades: readonly ReportUpgrade[];
  /** Why the upgrades may be others; absent when their order is final. */
  readonly upgrades_partial?: boolean | undefined;
  readonly changes?: ReportChanges | undefined;
  /** Since when a finding has been open, where an earlier report tells. */
  openSince?(vulnerability: ReportVulnerability, image: ReportImage): string | undefined;
}

/** Makes a report in pieces, so that a large one is never whole in memory. */
export type Renderer = (report: Report, options: RenderOptions) => Iterable<string>;

export interface RenderOptions {
  readonly language: Language;
}

/** What a person calls an image. */
export function imageLabel({ image_name, image_version, image_id, image_digest }: ReportImage): string {
  const name = image_name || image_id || image_digest || '?';
  return image_version ? `${name}:${image_version}` : name;
}

/** What tells one finding from every other, also in a later report. */
export function findingKey(
  { type, vul_id }: Pick<ReportVulnerability, 'type' | 'vul_id'>,
  image: Pick<ReportImage, 'image_id' | 'image_digest' | 'image_name' | 'image_version'>,
): string {
  return JSON.stringify([type, vul_id, imageKey(image)]);
}

/** What tells one image from every other. */
export function imageKey({
  image_id,
  image_digest,
  image_name,
  image_version,
}: Pick<ReportImage, 'image_id' | 'image_digest' | 'image_name' | 'image_version'>): string {
  return image_id || image_digest
    ? JSON.stringify([image_id ?? '', image_digest ?? ''])
    : JSON.stringify([image_name ?? '', image_version ?? '']);
}
