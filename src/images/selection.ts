import { badInput } from '../failure.js';
import type { LocalImageBatchScanRequestBody, LocalImageFilter, LocalImageInfo } from '../hss/models.js';
import { isBlank } from '../text/clean.js';
import { words } from '../words/words.js';

/** How a scan request selects its images. */
export type ScanMode = 'list' | 'all' | 'all_with_filters' | 'filters' | 'nothing';

/** The filters of a scan request, without its two selectors. */
export function filtersOf(body: LocalImageBatchScanRequestBody): LocalImageFilter {
  const { operate_all: _all, image_info_list: _list, ...filters } = body;
  return filters;
}

export function modeOf(body: LocalImageBatchScanRequestBody): ScanMode {
  if (body.image_info_list?.length) return 'list';
  const filtered = Object.values(filtersOf(body)).some((value) => value !== undefined);
  if (body.operate_all === true) return filtered ? 'all_with_filters' : 'all';
  return filtered ? 'filters' : 'nothing';
}

/** Whether an entry names an image: a version alone does not. */
export function namesAnImage({ image_id, image_digest, image_name }: LocalImageInfo): boolean {
  return [image_id, image_digest, image_name].some((field) => field !== undefined && !isBlank(field));
}

/** @throws {Failure} of source `input` for the first entry of the list `field` that names no image. */
export function checkEntries(field: string, entries: readonly LocalImageInfo[]): void {
  const empty = entries.findIndex((entry) => !namesAnImage(entry));
  if (empty === -1) return;
  throw badInput(words().choosing.names_none(`${field}[${empty}]`), words().choosing.give_four_fields);
}

/** @throws {Failure} of source `input` for a selection that HSS could not understand, or not in one way only. */
export function checkSelection(body: LocalImageBatchScanRequestBody, selectionId: string | undefined): void {
  const { choosing } = words();
  const list = body.image_info_list ?? [];
  if (selectionId !== undefined) {
    if (modeOf(body) === 'nothing') return;
    throw badInput(choosing.selection_and_more, choosing.selection_alone);
  }
  if (body.operate_all === true && list.length > 0) {
    throw badInput(choosing.all_and_list, choosing.all_or_list);
  }
  checkEntries('image_info_list', list);
  if (modeOf(body) === 'nothing') throw badInput(choosing.nothing_selected, choosing.select_something);
}
