import { badInput, Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, LocalImageBatchScanRequestBody, LocalImageFilter } from '../hss/models.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import type { Selection, Selections } from '../workspace/selections.js';
import { completeList } from './complete.js';
import { scannable } from './count.js';
import { everyImage, resolveFilters } from './resolve.js';
import { filtersOf, modeOf, type ScanMode } from './selection.js';
import { targetsOfFilters } from './targets.js';

/** A scan before anything is sent: the images that it comes to. */
export interface ImagesOrder {
  readonly kind: 'images';
  readonly mode: ScanMode | 'selection';
  readonly selection: Selection;
  /** Those of the selection that HSS can scan: exactly these are sent. */
  readonly images: readonly LocalImage[];
  /** Those that it cannot. */
  readonly leftOut: readonly LocalImage[];
  /** Entries of the caller's list that were completed, and why the others could not be looked up. */
  readonly completed: number;
  readonly notCompleted?: Failure | undefined;
}

/** A scan whose images HSS chooses: all, or those that its own reading of filters finds. */
export interface BodyOrder {
  readonly kind: 'body';
  readonly mode: ScanMode;
  readonly filters: LocalImageFilter;
  /** Images that HSS would scan; undefined when that cannot be counted. */
  readonly count: number | undefined;
  /** Rows from before the scan, where they could be read: all images. */
  readonly before: readonly LocalImage[] | undefined;
}

export type ScanOrder = ImagesOrder | BodyOrder;

/** What making an order needs. */
interface Maker {
  readonly hss: HssClient;
  readonly selections: Selections;
  readonly scanFilters: 'resolve' | 'send';
}

/**
 * What a scan request comes to. Filters are resolved to the images that match, or passed on, as the settings say.
 * @throws {Failure} for what cannot be scanned as it is asked for. Nothing was sent.
 */
export async function orderOf(
  body: LocalImageBatchScanRequestBody,
  selection: Selection | undefined,
  scope: CallScope,
  maker: Maker,
): Promise<ScanOrder> {
  if (selection) return ofImages('selection', selection, 0);
  const mode = modeOf(body);
  const { region, enterpriseProjectId } = scope;
  const add = (images: readonly LocalImage[], origin: Selection['origin']) =>
    maker.selections.add({ images, origin, region, enterpriseProjectId });
  if (mode === 'list') {
    const { images, completed, failure } = await completeList(body.image_info_list ?? [], scope, maker.hss);
    return { ...ofImages(mode, add(images, 'list'), completed), notCompleted: failure };
  }
  const filters = filtersOf(body);
  if (mode === 'all' || maker.scanFilters === 'send') return ofBody(mode, filters, scope, maker.hss);
  const images = await resolveFilters(filters, scope, maker.hss);
  return ofImages(mode, add(images, 'filters'), 0);
}

function ofImages(mode: ImagesOrder['mode'], selection: Selection, completed: number): ImagesOrder {
  // What the caller named goes as it is named.
  const isList = selection.origin === 'list';
  const images = isList ? selection.images : scannable(selection.images);
  const leftOut = isList ? [] : selection.images.filter(({ non_scan_reason }) => non_scan_reason);
  return { kind: 'images', mode, selection, images, leftOut, completed };
}

/** So long a scan of all waits at most for what it can do without, in ms. */
const TO_COUNT_MS = 20_000;

/** What cannot be counted or read is no reason not to scan where HSS chooses: the person is told so. */
async function ofBody(
  mode: ScanMode,
  filters: LocalImageFilter,
  caller: CallScope,
  hss: HssClient,
): Promise<BodyOrder> {
  const order = { kind: 'body', mode, filters } as const;
  const scope = { ...caller, deadline: Math.min(caller.deadline, performance.now() + TO_COUNT_MS) };
  try {
    const before = await everyImage(scope, hss);
    if (mode === 'all' && before) return { ...order, before, count: scannable(before).length };
    const { count } = await targetsOfFilters(filters, scope, hss);
    return { ...order, before, count };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...order, before: undefined, count: undefined };
  }
}

/** @throws {Failure} of source `input` for an order that comes to nothing. */
export function assertNotEmpty({ images, leftOut }: ImagesOrder, { enterpriseProjectId }: CallScope): void {
  if (images.length > 0) return;
  const { choosing } = words();
  if (leftOut.length > 0) throw badInput(choosing.none_scannable(leftOut.length), choosing.mend_reason);
  throw badInput(
    sentences([choosing.none_matches, enterpriseProjectId === undefined && choosing.only_project_0]),
    choosing.change_filters,
  );
}
