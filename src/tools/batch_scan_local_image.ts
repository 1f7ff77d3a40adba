import { z } from 'zod';
import type { CallScope } from '../hss/client.js';
import type { LocalImage, LocalImageBatchScanRequestBody } from '../hss/models.js';
import { agreed, denied } from '../images/consent.js';
import { checkTimes } from '../images/filters.js';
import { MOST_ROWS_SEARCHED } from '../images/find.js';
import { checkSelection, filtersOf, modeOf, type ScanMode } from '../images/selection.js';
import { type BatchOutcome, sendScan } from '../images/send.js';
import { countTargets, targetsOfFilters, targetsOfList } from '../images/targets.js';
import { IMAGE_COLUMNS, IMAGE_INFO_COLUMNS } from '../present/image.js';
import { LOOKED_IN_PROJECT_0 } from '../present/notes.js';
import { plural } from '../present/readable.js';
import type { Found } from '../present/result.js';
import { scanQuestion } from '../present/scan-question.js';
import { tableOf } from '../present/table.js';
import { filterFields, imageInfoFields, scopeFields, scopeOf } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const MOST_IMAGES = 10_000;

const input = z.strictObject({
  operate_all: z
    .boolean()
    .optional()
    .describe('true scans all local images, or all that match the filters; not together with image_info_list.'),
  image_info_list: z
    .array(z.strictObject(imageInfoFields))
    .max(MOST_IMAGES)
    .optional()
    .describe('The images to scan. Pass all four fields exactly as list_local_images returned them.'),
  ...filterFields,
  scan_status: z
    .enum(['unscan', 'success', 'scanning', 'failed', 'download_failed', 'image_oversized'])
    .optional()
    .describe('Filter: state of the last scan. unscan means never scanned.'),
  ...scopeFields,
  dry_run: z.boolean().optional().describe('true only counts what would be scanned and starts nothing. Default false.'),
});

const output = {
  accepted: z.boolean().describe('Whether HSS accepted every request. Accepted does not mean finished.'),
  dry_run: z.boolean().optional(),
  mode: z.string().describe('list, all, all_with_filters or filters.'),
  image_count: z.int().optional().describe('Images named in the requests, or counted by a dry run.'),
  request_ids: z.array(z.string()),
  submitted_at: z
    .string()
    .optional()
    .describe('Time of acceptance, ISO 8601. A scan is done when latest_scan_time is not earlier.'),
  project_id: z.string(),
  batches: z
    .array(z.looseObject({ first: z.int(), last: z.int(), outcome: z.string(), request_id: z.string().optional() }))
    .optional(),
  images: z.array(z.looseObject({})).optional(),
  not_found: z.array(z.looseObject({})).optional(),
  not_found_num: z.int().optional(),
  warnings: z.array(z.string()),
};

/** Starts scans of local images (BatchScanLocalImage). */
export const batchScanLocalImage = defineTool({
  name: 'batch_scan_local_image',
  title: 'Scan local images',
  description:
    'Starts vulnerability scans of container images that lie on hosts protected by Huawei Cloud HSS (BatchScanLocalImage). ' +
    'Select images with image_info_list (best: the four fields from list_local_images), or operate_all true for all images, ' +
    'narrowed by filters if given. HSS only accepts the request: scans run on the hosts afterwards, and there is ' +
    'no task id. Try dry_run true first for anything but a short list. Fields, names and values are those of the HSS API.',
  readOnly: false,
  input,
  output,
  example: {
    image_info_list: [
      { image_id: 'ID', image_digest: `sha256:${'0'.repeat(64)}`, image_name: 'registry/org/app', image_version: 'v1' },
    ],
  },

  async run(arguments_, context) {
    const { enterprise_project_id: _project, region: _region, dry_run: dryRun, ...body } = arguments_;
    checkSelection(body);
    checkTimes(body);
    const scope = scopeOf(arguments_, context);
    const mode = modeOf(body);
    if (dryRun) return preview(body, mode, scope, context);
    const warnings = mode === 'filters' ? [FILTERS_ALONE] : [];
    if (mode !== 'list') {
      if (context.behaviour.scanAll === 'deny') throw denied(mode);
      if (context.behaviour.scanAll === 'ask') {
        const filters = filtersOf(body);
        const answer = await context.ask(async () =>
          scanQuestion(filters, await countTargets(filters, scope, context.hss), scope),
        );
        warnings.push(...agreed(answer));
      }
    }
    return scan(body, mode, scope, context, warnings);
  },
});

const FILTERS_ALONE =
  'Filters were given without operate_all: true and without image_info_list. HSS does not document what it does then; it may ' +
  'scan nothing. Use operate_all: true with the filters to scan what matches, and dry_run: true to count it first.';

/** Resolves and counts the targets of a scan request; starts nothing. */
async function preview(
  body: LocalImageBatchScanRequestBody,
  mode: ScanMode,
  scope: CallScope,
  { hss }: ToolContext,
): Promise<Found> {
  const projectId = await hss.projectId(scope.region, scope);
  const { count, why, images, notFound, complete } =
    mode === 'list'
      ? await targetsOfList(body.image_info_list ?? [], scope, hss)
      : await targetsOfFilters(filtersOf(body), scope, hss);
  const warnings = [
    ...(mode === 'filters' ? [FILTERS_ALONE_PREVIEW] : []),
    ...(why === undefined ? [] : [`The selection cannot be counted: ${why}`]),
    ...(complete ? [] : [`Only ${MOST_ROWS_SEARCHED} rows were searched; give image_name, which HSS can search by.`]),
    ...unscannable(images),
    ...(count === 0 && scope.enterpriseProjectId === undefined ? [LOOKED_IN_PROJECT_0] : []),
  ];
  const missing = notFound.length > 0 ? `; ${plural(notFound.length, 'entry', 'entries')} not found` : '';
  return {
    scope,
    summary: `Dry run, nothing was started. The request would select (${mode}): ${count === undefined ? 'cannot be counted' : plural(count, 'image')}${missing}.`,
    facts: {
      accepted: false,
      dry_run: true,
      mode,
      image_count: count,
      request_ids: [],
      project_id: projectId,
      not_found_num: notFound.length,
      warnings,
    },
    tables: [
      tableOf('images', images.slice(0, SHOWN), IMAGE_COLUMNS, { total: count }),
      tableOf('not_found', notFound, IMAGE_INFO_COLUMNS, { title: missing && 'Not found:' }),
    ],
    next:
      count === 0
        ? 'Change the selection; list_local_images shows what there is.'
        : 'Call batch_scan_local_image again without dry_run to start the scan.',
  };
}

/** Rows that a preview shows of those that it counted. */
const SHOWN = 10;

const FILTERS_ALONE_PREVIEW =
  'These are the images that match; whether HSS scans them without operate_all: true is not documented.';

function unscannable(images: readonly LocalImage[]): string[] {
  const count = images.filter((image) => image.non_scan_reason).length;
  return count === 0
    ? []
    : [`${plural(count, 'image')} of those looked at cannot be scanned; non_scan_reason says why.`];
}

async function scan(
  body: LocalImageBatchScanRequestBody,
  mode: ScanMode,
  scope: CallScope,
  context: ToolContext,
  warnings: string[],
): Promise<Found> {
  const projectId = await context.hss.projectId(scope.region, scope);
  const outcomes = await sendScan(body, scope, context, projectId);
  const accepted = outcomes.every(({ outcome }) => outcome === 'accepted');
  const [first] = outcomes;
  const count = body.image_info_list?.length;
  const failure = outcomes.find(({ failure }) => failure)?.failure;
  if (failure) warnings.push(`${failure.message} ${failure.details.next}`);
  else if (!accepted) warnings.push('The time of this call was up before every batch was sent.');
  return {
    scope,
    summary: accepted
      ? `HSS accepted the request to scan ${SELECTED[mode](count)}. The scans are not finished: they run on the hosts from now on.`
      : `HSS accepted only a part of the ${count} images: ${outcomes.map(describe).join('; ')}.`,
    facts: {
      accepted,
      mode,
      image_count: count,
      request_ids: outcomes.flatMap(({ requestId }) => requestId ?? []),
      submitted_at: first?.acceptedAt?.toISOString(),
      project_id: projectId,
      batches:
        outcomes.length > 1
          ? outcomes.map(({ first, last, outcome, requestId }) => ({
              first,
              last,
              outcome,
              ...(requestId && { request_id: requestId }),
            }))
          : undefined,
      warnings,
    },
    next: nextStep(mode, outcomes),
  };
}

const SELECTED: Readonly<Record<ScanMode, (count: number | undefined) => string>> = {
  list: (count = 0) => plural(count, 'image'),
  all: () => 'all local images',
  all_with_filters: () => 'all local images that match the filters',
  filters: () => 'by filters alone (see the warning)',
  nothing: () => 'nothing',
};

function describe({ first, last, outcome }: BatchOutcome): string {
  return `entries ${first} to ${last} of image_info_list ${outcome.replace('_', ' ')}`;
}

function nextStep(mode: ScanMode, outcomes: readonly BatchOutcome[]): string {
  const what =
    mode === 'list' ? 'images (the image_info_list of this call, at most 200 at a time)' : 'the filters of this call';
  const follow = `Call get_local_image_scan_status with ${what}, submitted_at, and wait_seconds up to 45.`;
  if (outcomes.every(({ outcome }) => outcome === 'accepted')) return follow;
  const uncertain = outcomes.some(({ outcome }) => outcome === 'uncertain');
  return (
    (uncertain ? 'Look at the uncertain entries with list_local_images first: their scans may have started. ' : '') +
    `Then call batch_scan_local_image again with the entries that were refused or not sent. ${follow}`
  );
}
