import { type ImageFindings, isReadTo } from '../findings/counts.js';
import { COUNTED } from '../findings/groups.js';
import type { CountedImage } from '../findings/one-image.js';
import type { Standing } from '../findings/presence-counts.js';
import { type LocalImage, type LocalImageInfo, SEVERITIES, type Severity } from '../hss/models.js';
import { wasScanned } from '../images/state.js';
import { words } from '../words/words.js';
import { severitiesTo } from './completeness.js';
import { firstOf, MOST_HOSTS } from './group.js';
import { readableSize } from './readable.js';
import { type Column, partColumn, timeColumn } from './table.js';

const counted = (name: keyof LocalImage & string): Column<LocalImage> => ({
  name,
  // A count of an image that was never scanned would read as "none".
  value: (image) => (wasScanned(image) ? image[name] : undefined),
});
/** Counts that a local scan does not fill: a zero would read as a passed check. */
const uncovered = (name: 'unsafe_setting_num' | 'malicious_file_num'): Column<LocalImage> => ({
  name,
  value: (image) => (wasScanned(image) && image[name]) || undefined,
});
const plain = (name: keyof LocalImage & string): Column<LocalImage> => ({ name, value: (image) => image[name] });
const time = (name: 'latest_scan_time' | 'latest_update_time'): Column<LocalImage> =>
  timeColumn(name, (image) => image[name]);

/** What a person calls an image, and where its scan stands. */
const STATE = [
  plain('image_name'),
  plain('image_version'),
  plain('scan_status'),
  {
    ...plain('scan_failed_desc'),
    value: (image: LocalImage) => (image.scan_status === 'failed' ? image.scan_failed_desc : undefined),
  },
  plain('non_scan_reason'),
];

/** What the last scan found. */
const RESULT = [
  counted('vul_num'),
  counted('severity_level'),
  uncovered('unsafe_setting_num'),
  uncovered('malicious_file_num'),
  time('latest_scan_time'),
];

/** The fields by which a scan request and other tools name an image, beside name and version. */
const IDENTITY = [plain('image_id'), plain('image_digest')];
const isIdentity = (name: string) => IDENTITY.some((column) => column.name === name);

/** An image as one of many: what tells it from the others, without what would mislead. Each field costs rows of a page. */
export const IMAGE_COLUMNS: readonly Column<LocalImage>[] = [...STATE, ...RESULT, plain('container_num'), ...IDENTITY];

/** An image of a list, with what the index knows of it. */
export interface ListedImage {
  readonly row: LocalImage;
  /** Its open findings, where they were read. */
  readonly findings?: ImageFindings | undefined;
  readonly hosts?: readonly string[] | undefined;
}

const ofRow = (column: Column<LocalImage>) => partColumn(column, ({ row }: ListedImage) => row);
const areRead = (findings: ImageFindings | undefined, severity: Severity) =>
  findings?.scanned && isReadTo(findings, severity) ? findings : undefined;

const unlessRead = ({ name, value }: Column<LocalImage>): Column<ListedImage> => ({
  name,
  value: ({ row, findings }) => (areRead(findings, 'Critical') ? undefined : value(row)),
});

/**
 * An image as one of a list: its findings by severity where they were read, which say more than HSS's level of the
 * image: that knows no Critical.
 */
export const LISTED_IMAGE_COLUMNS: readonly Column<ListedImage>[] = [
  ...IMAGE_COLUMNS.filter(({ name }) => !isIdentity(name)).flatMap((column) =>
    column.name === 'severity_level'
      ? [
          ...SEVERITIES.map((severity) => ({
            name: COUNTED[severity],
            value: ({ findings }: ListedImage) => areRead(findings, severity)?.[COUNTED[severity]],
          })),
          unlessRead(column),
        ]
      : [ofRow(column)],
  ),
  { name: 'hosts', value: ({ hosts = [] }) => firstOf(hosts, MOST_HOSTS) },
  ...IDENTITY.map(ofRow),
];

/** An image, and how it stands to a vulnerability. */
export interface StandingImage {
  readonly row: LocalImage;
  readonly standing: Standing;
}

/** What is absent was absent when the image was scanned. */
export const STANDING_COLUMNS: readonly Column<StandingImage>[] = [
  { name: 'standing', value: ({ standing }) => standing },
  ...[
    plain('image_name'),
    plain('image_version'),
    time('latest_scan_time'),
    plain('container_num'),
    plain('image_id'),
  ].map((column) => partColumn(column, ({ row }: StandingImage) => row)),
];

/**
 * An image by itself: all that its row holds, and its findings by severity, as deep as they were read. Handled ones are
 * told when all were read, so that no number of them is too small.
 */
export const imageDetailColumns = (read?: CountedImage): readonly Column<LocalImage>[] => [
  ...STATE,
  ...(read?.depth ? severitiesTo(read.depth) : []).map((severity) => ({
    name: COUNTED[severity],
    value: () => read?.counts[COUNTED[severity]],
  })),
  ...RESULT,
  { name: 'handled', value: () => (read?.completeness.complete ? read.counts.handled || undefined : undefined) },
  counted('component_num'),
  { ...plain('image_size'), show: (bytes) => readableSize(Number(bytes)) },
  plain('local_image_type'),
  time('latest_update_time'),
  plain('host_num'),
  plain('container_num'),
  ...IDENTITY,
];

/** The fields by which a caller named an image. */
export const IMAGE_INFO_COLUMNS: readonly Column<LocalImageInfo>[] = (
  ['image_name', 'image_version', 'image_id', 'image_digest'] as const
).map((name) => ({ name, value: (image) => image[name] }));

/** What the last scan found, in words that promise no more than it looked at. */
export function findings(row: LocalImage): string {
  const { image } = words();
  if (!wasScanned(row)) return row.scan_status === 'failed' ? image.no_scan_finished : image.not_scanned;
  return image.found(row.vul_num, row.severity_level === 'Security');
}

/** What the values among `images` mean where they could be taken for more. */
export function imageNotes(images: readonly LocalImage[]): string[] {
  const safe = images.some((image) => wasScanned(image) && image.severity_level === 'Security');
  return safe ? [words().images.safe] : [];
}
