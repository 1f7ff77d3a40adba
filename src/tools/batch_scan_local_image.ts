import { z } from 'zod';
import { badInput, badSettings, type Failure } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../hss/models.js';
import { askBeforeScanning } from '../images/consent.js';
import { modeOf, type ScanMode } from '../images/selection.js';
import { type BatchOutcome, sendScan } from '../images/send.js';
import { previewScan } from '../images/targets.js';
import { plural } from '../present/readable.js';
import { checkEntries, checkTimes, filterFields, imageInfoFields, scopeFields, scopeOf } from './fields.js';
import { type ScanOutput, scanOutput } from './scan-output.js';
import { defineTool, type ToolContext, type ToolResult } from './tool.js';

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
  output: scanOutput,
  example: {
    image_info_list: [
      { image_id: 'ID', image_digest: 'sha256:DIGEST', image_name: 'registry/org/app', image_version: 'v1' },
    ],
  },

  async run(arguments_, context) {
    const { enterprise_project_id: _project, region: _region, dry_run: dryRun, ...body } = arguments_;
    checkSelection(body);
    checkTimes(body);
    const scope = scopeOf(arguments_, context);
    const mode = modeOf(body);
    if (dryRun) return previewScan(body, mode, scope, context);
    const warnings = mode === 'filters' ? [FILTERS_ALONE] : [];
    if (mode !== 'list') {
      if (context.behaviour.scanAll === 'deny') throw denied(mode);
      if (context.behaviour.scanAll === 'ask') warnings.push(...(await askBeforeScanning(body, scope, context)));
    }
    return scan(body, mode, scope, context, warnings);
  },
});

const FILTERS_ALONE =
  'Filters were given without operate_all: true and without image_info_list. HSS does not document what it does then; it may ' +
  'scan nothing. Use operate_all: true with the filters to scan what matches, and dry_run: true to count it first.';

/** @throws {Failure} of source `input` for a selection that HSS could not understand, or not in one way only. */
function checkSelection(body: LocalImageBatchScanRequestBody): void {
  const list = body.image_info_list ?? [];
  if (body.operate_all === true && list.length > 0) {
    throw badInput(
      'operate_all is true and image_info_list is given: these contradict each other.',
      'Leave out operate_all to scan the list, or leave out image_info_list to scan all.',
    );
  }
  checkEntries('image_info_list', list);
  if (modeOf(body) === 'nothing') {
    throw badInput(
      'Nothing is selected: image_info_list is empty and operate_all is not true.',
      'Give image_info_list: [{"image_id": "...", "image_digest": "sha256:...", "image_name": "...", "image_version": "..."}], or operate_all: true for all images.',
    );
  }
}

function denied(mode: ScanMode): Failure {
  return badSettings(
    `A scan without an explicit list (${mode}) is refused by the settings of this server: HSS_SCAN_ALL is deny.`,
    'Scan chosen images with image_info_list, or let the owner of the settings change HSS_SCAN_ALL.',
  );
}

async function scan(
  body: LocalImageBatchScanRequestBody,
  mode: ScanMode,
  scope: CallScope,
  context: ToolContext,
  warnings: string[],
): Promise<ToolResult<ScanOutput>> {
  const projectId = await context.hss.projectId(scope.region, scope);
  const outcomes = await sendScan(body, scope, context, projectId);
  const accepted = outcomes.every(({ outcome }) => outcome === 'accepted');
  const [first] = outcomes;
  const count = body.image_info_list?.length;
  const failure = outcomes.find(({ failure }) => failure)?.failure;
  if (failure) warnings.push(`${failure.message} ${failure.details.next}`);
  else if (!accepted) warnings.push('The time of this call was up before every batch was sent.');
  const submittedAt = first?.acceptedAt?.toISOString();
  const next = nextStep(mode, outcomes);
  const summary = accepted
    ? `HSS accepted the request to scan ${SELECTED[mode](count)} in region ${scope.region}. The scans are not finished: they run on the hosts from now on.`
    : `HSS accepted only a part of the ${count} images: ${outcomes.map(describe).join('; ')}.`;
  return {
    structured: {
      accepted,
      mode,
      ...(count && { image_count: count }),
      request_ids: outcomes.flatMap(({ requestId }) => requestId ?? []),
      ...(submittedAt && { submitted_at: submittedAt }),
      region: scope.region,
      project_id: projectId,
      enterprise_project_id: scope.enterpriseProjectId ?? '0',
      ...(outcomes.length > 1 && {
        batches: outcomes.map(({ first, last, outcome, requestId }) => ({
          first,
          last,
          outcome,
          ...(requestId && { request_id: requestId }),
        })),
      }),
      warnings,
      next,
    },
    text: [
      summary,
      `submitted_at ${submittedAt}, enterprise project ${scope.enterpriseProjectId ?? '0'}, project ${projectId}, ` +
        `request ids ${outcomes.flatMap(({ requestId }) => requestId ?? []).join(', ') || 'none given'}.`,
      ...warnings.map((warning) => `Warning: ${warning}`),
      `Next: ${next}`,
    ].join('\n'),
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
