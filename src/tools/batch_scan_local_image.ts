import { z } from 'zod';
import { badInput } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../hss/models.js';
import { agreed, denied, LONGEST_UNASKED } from '../images/consent.js';
import { checkTimes, meantFilters } from '../images/filters.js';
import { MOST_ROWS_SEARCHED } from '../images/find.js';
import { infoOf } from '../images/identity.js';
import { assertNotEmpty, type BodyOrder, type ImagesOrder, orderOf, type ScanOrder } from '../images/order.js';
import { checkSelection, filtersOf, modeOf } from '../images/selection.js';
import { sendOne } from '../images/send.js';
import { targetsOfFilters, targetsOfList } from '../images/targets.js';
import { IMAGE_COLUMNS, IMAGE_INFO_COLUMNS } from '../present/image.js';
import type { Found } from '../present/result.js';
import {
  batchFact,
  countedFacts,
  described,
  leftOutFact,
  leftOutTable,
  selected,
  sentWarnings,
} from '../present/scan.js';
import { scanQuestion } from '../present/scan-question.js';
import { tableOf } from '../present/table.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { MOST_SELECTED, type Selection } from '../workspace/selections.js';
import { chosenOf, filterFields, imageInfoFields, scopeFields, selectionField } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const input = z.strictObject({
  operate_all: z
    .boolean()
    .optional()
    .describe('true: all local images, or all that match the filters; without image_info_list.'),
  image_info_list: z
    .array(z.strictObject(imageInfoFields))
    .max(MOST_SELECTED)
    .optional()
    .describe('The images: all four fields exactly as list_local_images returned them.'),
  ...filterFields,
  scan_status: z
    .enum(['unscan', 'success', 'scanning', 'failed', 'download_failed', 'image_oversized'])
    .optional()
    .describe('Filter: state of the last scan. unscan means never scanned.'),
  selection_id: selectionField.describe(
    'The flat way, without a list: scan exactly this selection, of a dry run or list_local_images.',
  ),
  ...scopeFields,
  dry_run: z.boolean().optional().describe('true only counts what would be scanned, and fixes it as a selection.'),
  confirm_image_count: z
    .int()
    .min(0)
    .optional()
    .describe('Number of images that the person agreed to; only if the answer before asked for it.'),
});

const output = {
  accepted: z.boolean().describe('Whether HSS accepted every request; not that it is finished.'),
  dry_run: z.boolean().optional(),
  mode: z.string().describe('list, selection, all, all_with_filters or filters.'),
  image_count: z.int().optional().describe('Images that HSS accepted, or would be sent.'),
  scan_id: z.string().optional().describe('For get_local_image_scan_status.'),
  selection_id: z.string().optional(),
  request_ids: z.array(z.string()),
  submitted_at: z.string().optional().describe('ISO 8601. A scan is done when latest_scan_time is not earlier.'),
  project_id: z.string(),
  batches: z
    .array(z.looseObject({ first: z.int(), last: z.int(), outcome: z.string(), request_id: z.string().optional() }))
    .optional(),
  images: z.array(z.looseObject({})).optional(),
  left_out: z.array(z.looseObject({})).optional().describe('Images that cannot be scanned, by reason.'),
  not_found: z.array(z.looseObject({})).optional(),
  not_found_num: z.int().optional(),
  warnings: z.array(z.string()),
};

/** What a call is about: the request, and where it goes. */
interface Call {
  readonly body: LocalImageBatchScanRequestBody;
  readonly selection?: Selection | undefined;
  readonly scope: CallScope;
  readonly confirmed: number | undefined;
}

/** Starts scans of local images (BatchScanLocalImage). */
export const batchScanLocalImage = defineTool({
  name: 'batch_scan_local_image',
  title: 'Scan local images',
  description:
    'Starts vulnerability scans of container images that lie on hosts protected by Huawei Cloud HSS (BatchScanLocalImage). ' +
    'Select images with image_info_list (best: the four fields from list_local_images), selection_id, or operate_all true for ' +
    'all images, narrowed by filters if given: exactly what matches is sent. HSS only accepts the request: scans run on the ' +
    'hosts afterwards; follow them by scan_id. Try dry_run true first for anything but a short list.',
  readOnly: false,
  input,
  output,
  example: {
    image_info_list: [
      { image_id: 'ID', image_digest: `sha256:${'0'.repeat(64)}`, image_name: 'registry/org/app', image_version: 'v1' },
    ],
  },

  async run(arguments_, context) {
    const {
      enterprise_project_id: _project,
      region: _region,
      dry_run: dryRun,
      selection_id,
      confirm_image_count: confirmed,
      ...body
    } = meantFilters(arguments_);
    checkSelection(body, selection_id);
    checkTimes(body);
    const { scope, selection } = chosenOf(arguments_, context);
    if (selection && !dryRun && selection.id.startsWith('scan')) {
      throw badInput(words().scan.sent_already(selection.id), words().scan.scan_once_more);
    }
    const call = { body, selection, scope, confirmed: confirmed === 0 ? undefined : confirmed };
    if (dryRun) return preview(call, context);
    const isOpen = selection ? selection.origin === 'filters' : modeOf(body) !== 'list';
    if (isOpen && context.behaviour.scanAll === 'deny') throw denied(selection ? 'selection' : modeOf(body));
    // Who cannot be told the project, or is nobody, learns it before anything is read.
    await context.hss.projectId(scope.region, scope);
    const maker = { ...context, scanFilters: context.behaviour.scanFilters };
    const order = await orderOf(body, selection, scope, maker);
    if (order.kind === 'images') assertNotEmpty(order, scope);
    if (!(await hasConsent(order, call, context))) return toConfirm(order, call, context);
    return order.kind === 'images' ? scanImages(order, call, context) : scanBody(order, call, context);
  },
});

/** @throws {Failure} when the person, or the settings, do not agree. */
async function hasConsent(order: ScanOrder, { body, scope, confirmed }: Call, context: ToolContext): Promise<boolean> {
  // What goes on with a selection, or repeats it, was agreed to before.
  if (order.kind === 'images' && context.sendings.of(order.selection, order.images).isBegun) return true;
  const isLong = order.kind === 'images' && order.images.length > LONGEST_UNASKED;
  const isNamed = order.kind === 'images' && order.selection.origin === 'list';
  if (isNamed && !isLong) return true;
  const { scanAll } = context.behaviour;
  if (scanAll === 'deny') throw denied(order.mode);
  if (scanAll === 'allow') return true;
  const question = async () => scanQuestion(order, filtersOf(body), scope);
  const answer = await context.ask(question, resolvedTo(order));
  return agreed(answer, countOf(order), confirmed);
}

/** Exactly the images that an answer allows: as many others are another scan. */
function resolvedTo(order: ScanOrder): string {
  return order.kind === 'images' ? JSON.stringify(order.images.map(infoOf)) : '';
}

function countOf(order: ScanOrder): number | undefined {
  return order.kind === 'images' ? order.images.length : order.count;
}

/** Nothing is sent by a client that cannot ask before the call says the number that a person can read in it. */
async function toConfirm(order: ScanOrder, { scope, confirmed }: Call, context: ToolContext): Promise<Found> {
  const count = countOf(order) ?? 0;
  const { scan } = words();
  const rows = order.kind === 'images' ? order.images : (order.before ?? []);
  const selectionId = order.kind === 'images' && order.mode !== 'list' ? order.selection.id : undefined;
  return {
    scope,
    summary: sentences([scan.to_confirm(count), confirmed !== undefined && scan.other_number(confirmed)]),
    facts: {
      accepted: false,
      mode: order.mode,
      image_count: count,
      selection_id: selectionId,
      request_ids: [],
      project_id: await context.hss.projectId(scope.region, scope),
      ...(order.mode !== 'list' && countedFacts(rows, order.kind === 'images' ? order.leftOut : [])),
      warnings: order.kind === 'body' ? sentWarnings(order.mode) : [],
    },
    tables: [leftOutTable(order.kind === 'images' ? order.leftOut : [])],
    next: scan.confirm(count, selectionId),
  };
}

/** Rows that a preview shows of those that it counted. */
const SHOWN = 3;

/** Resolves and counts the targets of a scan request, and fixes them as a selection; starts nothing. */
async function preview(call: Call, context: ToolContext): Promise<Found> {
  const { body, selection, scope } = call;
  const { hss, behaviour, selections } = context;
  const mode = modeOf(body);
  const projectId = await hss.projectId(scope.region, scope);
  const isSent = !selection && behaviour.scanFilters === 'send' && (mode === 'filters' || mode === 'all_with_filters');
  if (isSent) return previewSent(call, projectId, context);
  const listed =
    mode === 'list' && !selection ? await targetsOfList(body.image_info_list ?? [], scope, hss) : undefined;
  const { region, enterpriseProjectId } = scope;
  const order =
    listed &&
    ({
      kind: 'images',
      mode: 'list',
      selection: selections.add({ images: listed.images, origin: 'list', region, enterpriseProjectId }),
      images: listed.images,
      leftOut: listed.images.filter(({ non_scan_reason }) => non_scan_reason),
      completed: 0,
    } satisfies ImagesOrder);
  const made = order ?? (await orderOf(body, selection, scope, { hss, selections, scanFilters: 'resolve' }));
  const rows = made.kind === 'images' ? made.images : (made.before ?? []);
  const count = countOf(made);
  const fixed =
    made.kind === 'images'
      ? scanned(made.selection, selections)
      : made.before && selections.add({ images: made.before, origin: 'filters', region, enterpriseProjectId });
  const leftOut = made.kind === 'images' ? made.leftOut : rows.filter(({ non_scan_reason }) => non_scan_reason);
  const notFound = listed?.notFound ?? [];
  const { scan } = words();
  return {
    scope,
    summary: scan.dry_run(made.mode, count, notFound.length),
    facts: {
      accepted: false,
      dry_run: true,
      mode: made.mode,
      image_count: count,
      selection_id: count === 0 ? undefined : fixed?.id,
      ...(count !== undefined && countedFacts(rows, leftOut)),
      request_ids: [],
      project_id: projectId,
      not_found_num: notFound.length,
      warnings: [
        ...(listed && !listed.complete ? [scan.rows_searched(MOST_ROWS_SEARCHED)] : []),
        ...(count === 0 && enterpriseProjectId === undefined ? [words().notes.looked_in_project_0] : []),
      ],
    },
    tables: [
      tableOf('images', rows.slice(0, SHOWN), IMAGE_COLUMNS, { total: count }),
      leftOutTable(leftOut),
      tableOf('not_found', notFound, IMAGE_INFO_COLUMNS, {
        title: notFound.length > 0 ? scan.not_found : undefined,
      }),
    ],
    next: nextOfPreview(count, fixed?.id),
  };
}

/** The images of a scan are selected anew: a selection is sent once. */
function scanned(selection: Selection, selections: ToolContext['selections']): Selection {
  return selection.id.startsWith('scan') ? selections.add(selection) : selection;
}

function nextOfPreview(count: number | undefined, selectionId: string | undefined): string {
  const { scan } = words();
  if (count === 0) return scan.change_selection;
  return selectionId === undefined ? scan.narrow : scan.scan_these(selectionId);
}

/** Filters that are passed on are counted by HSS's own list; what it scans then is its own reading of them. */
async function previewSent({ body, scope }: Call, projectId: string, { hss }: ToolContext): Promise<Found> {
  const mode = modeOf(body);
  const { count, why, images } = await targetsOfFilters(filtersOf(body), scope, hss);
  const { scan } = words();
  return {
    scope,
    summary: scan.dry_run(mode, count, 0),
    facts: {
      accepted: false,
      dry_run: true,
      mode,
      image_count: count,
      request_ids: [],
      project_id: projectId,
      not_found_num: 0,
      warnings: [...sentWarnings(mode), ...(why === undefined ? [] : [scan.not_counted(why)])],
    },
    tables: [tableOf('images', images.slice(0, SHOWN), IMAGE_COLUMNS, { total: count })],
    next: count === undefined ? scan.change_filters : scan.pass_filters_on,
  };
}

/** Sends what HSS reads itself, in one request. */
async function scanBody(order: BodyOrder, { body, scope }: Call, context: ToolContext): Promise<Found> {
  const projectId = await context.hss.projectId(scope.region, scope);
  const { requestId, acceptedAt, failure } = await sendOne(body, scope, { ...context, projectId });
  if (failure) throw failure;
  const { region, enterpriseProjectId } = scope;
  const submittedAt = acceptedAt?.getTime() ?? Date.now();
  const { before, filters } = order;
  const scan = context.scans.add({ region, enterpriseProjectId, submittedAt, before, filters });
  return {
    scope,
    summary: words().scan.accepted(selected(order), 0),
    facts: {
      accepted: true,
      mode: order.mode,
      scan_id: scan.id,
      request_ids: requestId ? [requestId] : [],
      submitted_at: new Date(submittedAt).toISOString(),
      project_id: projectId,
      warnings: sentWarnings(order.mode),
    },
    next: words().scan.follow(scan.id),
  };
}

/** Sends a list of images, as far as this call goes. */
async function scanImages(order: ImagesOrder, { body, scope }: Call, context: ToolContext): Promise<Found> {
  const { selection, images, leftOut, completed, notCompleted } = order;
  const projectId = await context.hss.projectId(scope.region, scope);
  const sending = context.sendings.of(selection, images);
  const wasWhole = sending.isWhole;
  // What stands beside a list goes with it, as it was given; what was resolved to a list does not.
  const beside = order.mode === 'list' ? body : {};
  if (!wasWhole) await sending.send(beside, scope, { ...context, projectId }, context.scans);
  const { outcomes, scan, isWhole } = sending;
  const failure = outcomes.find((outcome) => outcome.failure)?.failure;
  const said = words().scan;
  const late = !isWhole && !failure && outcomes.some(({ outcome }) => outcome === 'not_sent');
  return {
    scope,
    summary: summaryOf(order, sending, wasWhole),
    facts: {
      accepted: isWhole,
      mode: order.mode,
      image_count: sending.accepted,
      scan_id: scan?.id,
      selection_id: isWhole ? undefined : selection.id,
      request_ids: outcomes.flatMap(({ requestId }) => requestId ?? []),
      submitted_at: scan && new Date(scan.submittedAt).toISOString(),
      project_id: projectId,
      batches: outcomes.length > 1 ? outcomes.map(batchFact) : undefined,
      ...leftOutFact(leftOut),
      ...(completed > 0 && { completed_entries: completed }),
      warnings: [
        ...(failure ? [sentences([failure.message, failure.details.next])] : []),
        ...(late ? [said.time_up] : []),
        ...(notCompleted ? [said.not_completed(notCompleted.message)] : []),
      ],
    },
    tables: [leftOutTable(leftOut)],
    next: nextOf(sending, selection.id),
  };
}

type Sent = Pick<ReturnType<ToolContext['sendings']['of']>, 'outcomes' | 'scan' | 'isWhole' | 'accepted'>;

function summaryOf(order: ImagesOrder, { outcomes, isWhole, accepted, scan }: Sent, wasWhole: boolean): string {
  const said = words().scan;
  const left = order.leftOut.length;
  if (wasWhole && scan) return said.accepted_before(scan.id, accepted, left);
  if (isWhole) return said.accepted(selected(order), left);
  return said.accepted_in_part(accepted, order.images.length, outcomes.map(described), left);
}

function nextOf({ outcomes, scan, isWhole }: Sent, selectionId: string): string {
  const said = words().scan;
  const followIt = scan ? said.follow(scan.id) : '';
  if (isWhole) return followIt;
  const isUncertain = outcomes.some(({ outcome }) => outcome === 'uncertain');
  const isLeft = outcomes.some(({ outcome }) => outcome === 'refused' || outcome === 'not_sent');
  return sentences([isUncertain && said.uncertain, isLeft && said.go_on(selectionId), followIt]);
}
