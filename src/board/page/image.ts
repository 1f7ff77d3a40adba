import { type Fields, numberOf, textOf } from './fields.js';
import type { Word } from './words.js';

export const SEVERITIES = ['Critical', 'High', 'Medium', 'Low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Open findings by severity; a severity that was not read is absent, which is not 0. */
export type Counts = Readonly<Partial<Record<Severity, number>>>;

/** The four fields by which a scan names an image, as a tool gave them. */
export type ImageInfo = Readonly<Partial<Record<'image_id' | 'image_digest' | 'image_name' | 'image_version', string>>>;

/** One row of list_local_images. */
export interface Image {
  readonly key: string;
  readonly info: ImageInfo;
  readonly status: string;
  readonly failure: string | undefined;
  /** Why HSS cannot scan it. */
  readonly obstacle: string | undefined;
  readonly found: number | undefined;
  readonly counts: Counts;
  readonly scannedAt: string | undefined;
  readonly containers: number | undefined;
}

export function imageOf(row: Fields): Image {
  const names = ['image_id', 'image_digest', 'image_name', 'image_version'] as const;
  const info = Object.fromEntries(names.flatMap((name) => (textOf(row[name]) ? [[name, textOf(row[name])]] : [])));
  return {
    key: keyOf(info),
    info,
    status: textOf(row.scan_status) ?? '',
    failure: textOf(row.scan_failed_desc),
    obstacle: textOf(row.non_scan_reason),
    found: numberOf(row.vul_num),
    counts: countsOf(row),
    scannedAt: textOf(row.latest_scan_time),
    containers: numberOf(row.container_num),
  };
}

/** What tells an image from others where a result leaves its digest out, too. */
export function keyOf({ image_id = '', image_name = '', image_version = '' }: ImageInfo): string {
  return JSON.stringify([image_id, image_name, image_version]);
}

export function countsOf(row: Fields): Counts {
  return Object.fromEntries(
    SEVERITIES.flatMap((severity) => {
      const count = numberOf(row[severity.toLowerCase()]);
      return count === undefined ? [] : [[severity, count]];
    }),
  );
}

/** The name without its registry and folders, with its version; and those folders. */
export function nameOf({ image_name = '', image_version }: ImageInfo): {
  readonly short: string;
  readonly folder: string;
} {
  const cut = image_name.lastIndexOf('/') + 1;
  const version = image_version === undefined ? '' : `:${image_version}`;
  return { short: `${image_name.slice(cut) || '–'}${version}`, folder: image_name.slice(0, Math.max(0, cut - 1)) };
}

/** Whether its scan is under way. */
export function isMoving({ status }: Pick<Image, 'status'>): boolean {
  return status === 'scanning' || status === 'waiting_for_scan';
}

const STATES: readonly string[] = ['unscan', 'success', 'scanning', 'waiting_for_scan', 'failed'];

/** The word for its state; undefined for a state that the board does not know. */
export function stateOf({ status, obstacle }: Pick<Image, 'status' | 'obstacle'>): Word | undefined {
  if (obstacle) return 'unscannable';
  return STATES.includes(status) ? (status as Word) : undefined;
}
