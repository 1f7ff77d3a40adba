import { Failure } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImage, LocalImageBatchScanRequestBody, LocalImageFilter, LocalImageInfo } from '../hss/models.js';
import { IMAGE_COLUMNS, imageLine, presentImage } from '../present/image.js';
import { plural } from '../present/readable.js';
import { fitRows } from '../present/result.js';
import { cleanDeep, fence } from '../text/clean.js';
import { LOOKED_IN_PROJECT_0, loneBounds } from '../tools/fields.js';
import type { ScanOutput } from '../tools/scan-output.js';
import type { ToolContext, ToolResult } from '../tools/tool.js';
import { findImages, MOST_ROWS_SEARCHED } from './find.js';
import { filtersOf, type ScanMode } from './selection.js';

/** Rows that a preview shows of those that it counted. */
const SHOWN = 10;

interface Preview {
  /** Undefined when ListImageLocal cannot count it. */
  readonly count: number | undefined;
  readonly images: readonly LocalImage[];
  readonly notFound: readonly LocalImageInfo[];
  readonly warnings: readonly string[];
}

/** Resolves and counts the targets of a scan request through ListImageLocal; starts nothing. */
export async function previewScan(
  body: LocalImageBatchScanRequestBody,
  mode: ScanMode,
  scope: CallScope,
  context: ToolContext,
): Promise<ToolResult<ScanOutput>> {
  const projectId = await context.hss.projectId(scope.region, scope);
  const preview =
    mode === 'list'
      ? await previewList(body.image_info_list ?? [], scope, context)
      : await previewFilters(body, mode, scope, context);
  const { count, notFound } = preview;
  const counted = count === undefined ? 'cannot be counted' : plural(count, 'image');
  const warnings = [...preview.warnings, ...unscannable(preview.images)];
  if (count === 0 && scope.enterpriseProjectId === undefined) {
    warnings.push(LOOKED_IN_PROJECT_0);
  }
  const next =
    count === 0
      ? 'Change the selection; list_local_images shows what there is.'
      : 'Call batch_scan_local_image again without dry_run to start the scan.';
  const rows = [
    ...preview.images.slice(0, SHOWN).map((image) => ({ image })),
    ...notFound.map((missing) => ({ missing })),
  ];

  return fitRows<(typeof rows)[number], ScanOutput>(rows, (shown) => {
    const images = shown.flatMap((row) => ('image' in row ? [row.image] : []));
    const missing = shown.flatMap((row) => ('missing' in row ? [row.missing] : []));
    return {
      structured: {
        accepted: false,
        dry_run: true,
        mode,
        ...(count !== undefined && { image_count: count }),
        request_ids: [],
        region: scope.region,
        project_id: projectId,
        enterprise_project_id: scope.enterpriseProjectId ?? '0',
        images: images.map(presentImage),
        not_found: missing.map((image) => cleanDeep({ ...image })),
        not_found_num: notFound.length,
        warnings,
        next,
      },
      text: [
        `Dry run, nothing was started. The request would select (${mode}): ${counted}` +
          `${notFound.length > 0 ? `; ${plural(notFound.length, 'entry', 'entries')} not found` : ''}.`,
        ...warnings.map((warning) => `Warning: ${warning}`),
        ...(images.length > 0 ? [`${images.length} of them:`, fence([IMAGE_COLUMNS, ...images.map(imageLine)])] : []),
        ...(missing.length > 0 ? ['Not found:', fence(missing.map((image) => JSON.stringify(image)))] : []),
        `Next: ${next}`,
      ].join('\n'),
    };
  });
}

async function previewList(list: readonly LocalImageInfo[], scope: CallScope, { hss }: ToolContext): Promise<Preview> {
  const { matches, complete } = await findImages(hss, list, scope);
  const images = [...new Set(matches.flat())];
  return {
    count: images.length,
    images,
    notFound: list.filter((_, index) => matches[index]?.length === 0),
    warnings: complete
      ? []
      : [`Only ${MOST_ROWS_SEARCHED} rows were searched; give image_name, which HSS can search by.`],
  };
}

async function previewFilters(
  body: LocalImageBatchScanRequestBody,
  mode: ScanMode,
  scope: CallScope,
  { hss }: ToolContext,
): Promise<Preview> {
  const filters = filtersOf(body);
  const warnings =
    mode === 'filters'
      ? ['These are the images that match; whether HSS scans them without operate_all: true is not documented.']
      : [];
  const reason = uncountable(filters);
  if (reason) return { count: undefined, images: [], notFound: [], warnings: [...warnings, reason] };
  const { total_num, data_list } = await hss.listImageLocal({ ...filters, offset: 0, limit: SHOWN }, scope);
  return { count: total_num, images: data_list, notFound: [], warnings };
}

/** Why ListImageLocal cannot count what a scan request selects; undefined when it can. */
export function uncountable(filters: LocalImageFilter): string | undefined {
  const { scan_status: status } = filters;
  if (status === 'download_failed' || status === 'image_oversized') {
    return `The selection cannot be counted: ListImageLocal does not know scan_status ${status}.`;
  }
  const [lone] = loneBounds(filters);
  if (lone) return `The selection cannot be counted: ListImageLocal ignores ${lone[0]} without ${lone[1]}.`;
  if (filters.image_version !== undefined && filters.image_name === undefined) {
    return 'The selection cannot be counted: ListImageLocal ignores image_version without image_name.';
  }
  return undefined;
}

function unscannable(images: readonly LocalImage[]): string[] {
  const count = images.filter((image) => image.non_scan_reason).length;
  return count === 0
    ? []
    : [`${plural(count, 'image')} of those looked at cannot be scanned; non_scan_reason says why.`];
}

/** What a person is asked about. Counts are absent when ListImageLocal cannot give them. */
export interface TargetCount {
  readonly images?: number;
  readonly hosts?: number;
  /** Whether there may be more hosts than those counted: a row names one host, and only the first page is read. */
  readonly moreHosts: boolean;
}

/** Counts the images that a scan without an explicit list selects, and the hosts that they lie on. */
export async function countTargets(
  body: LocalImageBatchScanRequestBody,
  scope: CallScope,
  { hss }: ToolContext,
): Promise<TargetCount> {
  const filters = filtersOf(body);
  if (uncountable(filters)) return { moreHosts: false };
  try {
    const { total_num, data_list } = await hss.listImageLocal({ ...filters, offset: 0, limit: 200 }, scope);
    const hosts = new Set(data_list.flatMap((image) => image.host_id ?? []));
    const moreHosts = data_list.length < total_num || data_list.some((image) => image.host_num !== 1);
    return { images: total_num, hosts: hosts.size, moreHosts };
  } catch (error) {
    if (error instanceof Failure) return { moreHosts: false };
    throw error;
  }
}
