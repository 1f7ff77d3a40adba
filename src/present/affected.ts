import type { SeenPackage } from '../findings/package-memory.js';
import type { AffectedImage, AffectedImages } from '../findings/vulnerability.js';
import type { VulOperation } from '../hss/further-models.js';
import { clean } from '../text/clean.js';
import { words } from '../words/words.js';
import { firstOf } from './group.js';
import { type Column, timeColumn } from './table.js';

/** Packages shown of one image, and the length at which a remark is cut. */
const MOST_PACKAGES = 8;
const REMARK = 120;

/** An affected image as a row shows it. */
export interface AffectedRow extends AffectedImage {
  /** Undefined where they were not read. */
  readonly packages?: readonly SeenPackage[] | undefined;
  /** The decision that holds for it; undefined where nobody decided or the history names none. */
  readonly handling?: VulOperation | undefined;
}

/** An affected image as one of many: where it is, what is installed, and who has dealt with it. */
export const AFFECTED_COLUMNS: readonly Column<AffectedRow>[] = [
  { name: 'image_name', value: ({ image }) => image.row.image_name },
  { name: 'image_version', value: ({ image }) => image.row.image_version },
  { name: 'container_num', value: ({ image }) => image.row.container_num },
  timeColumn('latest_scan_time', ({ image }) => image.row.latest_scan_time),
  { name: 'packages', value: ({ packages }) => packages && firstOf(packages.map(installed), MOST_PACKAGES) },
  { name: 'handled', value: ({ status }) => status === 'handled' || undefined },
  { name: 'handle_type', value: ({ handling }) => handling?.handle_type },
  { name: 'user_name', value: ({ handling }) => handling?.user_name },
  timeColumn('handle_time', ({ handling }) => handling?.handle_time),
  { name: 'remark', value: ({ handling }) => handling?.remark && clean(handling.remark, REMARK) },
  { name: 'image_id', value: ({ image }) => image.row.image_id },
  { name: 'image_digest', value: ({ image }) => image.row.image_digest },
];

function installed({ app_name, versions }: SeenPackage): string {
  return [app_name, ...versions].join(' ');
}

/** A package at one place, and in how many of the images shown it lies there. */
export interface PlacedPackage {
  readonly app_name: string;
  readonly app_version: string | undefined;
  readonly app_path: string | undefined;
  readonly rule: string | undefined;
  readonly images: number;
}

/** The packages of some images, each place once, those of most images first. */
export function placedPackages(rows: readonly AffectedRow[]): PlacedPackage[] {
  const places = new Map<string, PlacedPackage>();
  for (const { app_name, rule, places: own } of rows.flatMap(({ packages }) => packages ?? [])) {
    for (const { version, path } of own.length > 0 ? own : [{ version: undefined, path: undefined }]) {
      const key = JSON.stringify([app_name, version, path, rule]);
      const images = (places.get(key)?.images ?? 0) + 1;
      places.set(key, { app_name, app_version: version, app_path: path, rule, images });
    }
  }
  return [...places.values()].sort((one, other) => other.images - one.images);
}

export const PACKAGE_COLUMNS: readonly Column<PlacedPackage>[] = (
  ['app_name', 'app_version', 'app_path', 'rule', 'images'] as const
).map((name) => ({ name, value: (row) => row[name] }));

/** How many images are affected: counts of what was read to its end, open ones and handled ones apart. */
export function affectedFacts(affected: AffectedImages | undefined): Readonly<Record<string, number | undefined>> {
  if (!affected) return {};
  const open = affected.whole.has('unhandled');
  const { runningImages, containers } = touched(affected.unhandled);
  const counted = open && affected.listed;
  return {
    open_images: open ? affected.unhandled.length : undefined,
    handled_images: open && affected.whole.has('handled') ? affected.handled.length : undefined,
    running_images: counted ? runningImages : undefined,
    containers: counted ? containers : undefined,
  };
}

/** The same as a part of a sentence, which says of everything else that it is not all. */
export function affectedSummary(affected: AffectedImages | undefined): string {
  const { vulnerability } = words();
  if (!affected) return vulnerability.affected_unknown;
  const { unhandled, handled, whole } = affected;
  return vulnerability.affected(unhandled.length, handled.length, whole.size === 2);
}

/** What handled images must not be taken for. */
export function handledImagesNote(affected: AffectedImages | undefined): string[] {
  if (!affected || affected.handled.length === 0) return [];
  const running = affected.listed ? touched(affected.handled) : undefined;
  return [words().vulnerability.handled_images(affected.handled.length, running)];
}

/** Containers of an image are counted once; it runs when there is one. */
function touched(images: readonly AffectedImage[]) {
  const numbers = images.map(({ image }) => image.row.container_num ?? 0);
  return {
    runningImages: numbers.filter((number) => number > 0).length,
    containers: numbers.reduce((sum, number) => sum + number, 0),
  };
}
