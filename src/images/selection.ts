import type { LocalImageBatchScanRequestBody, LocalImageFilter } from '../hss/models.js';

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
