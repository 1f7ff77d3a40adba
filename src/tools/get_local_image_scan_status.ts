import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { badInput, Failure } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import { lastingFilters, lookAtFilters, lookAtImages, type ScanSnapshot } from '../images/follow.js';
import { uncountable } from '../images/targets.js';
import { COVERAGE, failureAdvice, findings, presentImage } from '../present/image.js';
import { plural, readableTime } from '../present/readable.js';
import { fitRows } from '../present/result.js';
import { cells } from '../present/table.js';
import { clean, cleanDeep, fence, quoted } from '../text/clean.js';
import { checkEntries, checkTimes, filterFields, imageInfoFields, scopeFields, scopeOf } from './fields.js';
import { defineTool, type ToolContext, type ToolResult } from './tool.js';

const MOST_IMAGES = 200;
const LONGEST_WAIT_S = 45;
/** Pause between two looks: it grows from the first to the second, in ms. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;
const PAUSE_GROWTH = 1.4;
/** Time kept back to answer within the limit of the call, in ms. */
const TO_ANSWER_MS = 500;

const input = z.strictObject({
  images: z
    .array(z.strictObject(imageInfoFields))
    .max(MOST_IMAGES)
    .optional()
    .describe(
      'Images to look at, as in image_info_list of the scan; at most 200. Without it the images that match the filters are counted.',
    ),
  submitted_at: z
    .string()
    .max(40)
    .optional()
    .describe(
      'submitted_at of the scan (ISO 8601). Tells its result from that of an earlier scan. Without it the present state counts.',
    ),
  wait_seconds: z
    .int()
    .min(0)
    .max(LONGEST_WAIT_S)
    .optional()
    .describe('Seconds to wait for the end of the scans. Default 0.'),
  ...filterFields,
  scan_status: z.string().max(32).optional().describe('Filter of the scan; left out here, because a scan changes it.'),
  ...scopeFields,
});

const output = z.looseObject({
  finished: z.int(),
  running: z.int(),
  failed: z.int(),
  not_found: z.int(),
  not_started: z.int(),
  call_again: z.boolean().describe('Whether to call again, because something may still change.'),
  images: z.array(
    z.looseObject({ image_id: z.string().optional(), scan_status: z.string().optional(), outcome: z.string() }),
  ),
  images_not_found: z.array(z.looseObject({})),
  truncated: z.boolean(),
  region: z.string(),
  enterprise_project_id: z.string(),
  submitted_at: z.string().optional(),
  coverage: z.string(),
  notes: z.array(z.string()),
  next: z.string(),
});

type Input = z.output<typeof input>;
type Output = z.input<typeof output>;

/** Tells how far scans are (ListImageLocal, polled), and waits for them if asked to. */
export const getLocalImageScanStatus = defineTool({
  name: 'get_local_image_scan_status',
  title: 'Get the status of local image scans',
  description:
    'Tells how far scans of local images are, and waits for their end up to 45 seconds if asked to. Give the images and ' +
    'submitted_at of batch_scan_local_image, so that a re-scan is not taken for done before HSS has its result. For a scan ' +
    'without a list give its filters instead: then images are counted by state. Call again while call_again is true.',
  readOnly: true,
  input,
  output,
  example: {
    images: [{ image_id: 'ID', image_name: 'registry/org/app' }],
    submitted_at: '2026-01-02T03:04:05Z',
    wait_seconds: 40,
  },

  async run(arguments_, context) {
    const submittedAt = readSubmittedAt(arguments_.submitted_at);
    checkTimes(arguments_);
    const scope = scopeOf(arguments_, context);
    const look = lookFor(arguments_, submittedAt, scope, context);
    const snapshot = await waitFor(look, (arguments_.wait_seconds ?? 0) * 1000, context);
    return present(snapshot, arguments_, scope);
  },
});

function readSubmittedAt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw badInput(
      `submitted_at ${quoted(text)} is not an ISO 8601 time.`,
      'Give submitted_at as batch_scan_local_image returned it, e.g. "2026-01-02T03:04:05.000Z".',
    );
  }
  return time;
}

function lookFor(
  {
    images,
    submitted_at: _at,
    wait_seconds: _wait,
    region: _region,
    enterprise_project_id: _project,
    ...filters
  }: Input,
  submittedAt: number | undefined,
  scope: CallScope,
  context: ToolContext,
): () => Promise<ScanSnapshot> {
  if (!images) {
    const reason = uncountable(lastingFilters(filters));
    if (reason) throw badInput(reason, 'Give images, or complete the filters.');
    return () => lookAtFilters(filters, submittedAt, scope, context);
  }
  checkEntries('images', images);
  return () => lookAtImages(images, submittedAt, scope, context);
}

/** Looks until nothing can change any more or the time is up. A look that fails later on keeps what was seen. */
async function waitFor(look: () => Promise<ScanSnapshot>, waitMs: number, context: ToolContext): Promise<ScanSnapshot> {
  const { signal, deadline } = context.limits;
  const begun = performance.now();
  const end = Math.min(begun + waitMs, deadline - TO_ANSWER_MS);
  let snapshot = await look();
  for (let pause = FIRST_PAUSE_MS; snapshot.open; pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE_MS)) {
    const left = end - performance.now();
    if (left <= 0) break;
    report(snapshot, performance.now() - begun, waitMs, context);
    await sleep(Math.min(pause, left), undefined, { signal });
    try {
      snapshot = await look();
    } catch (error) {
      if (!(error instanceof Failure) || !error.details.retry) throw error;
      return {
        ...snapshot,
        notes: [...snapshot.notes, `The last look failed, so this is an earlier one: ${error.message}`],
      };
    }
  }
  return snapshot;
}

function report(
  { finished, running, failed }: ScanSnapshot,
  passedMs: number,
  waitMs: number,
  context: ToolContext,
): void {
  const message = `${finished} finished, ${running} running, ${failed} failed`;
  context.progress(Math.round(passedMs) / 1000, waitMs / 1000, message);
}

const ORDER = ['failed', 'running', 'not_started', 'finished'];

function present(snapshot: ScanSnapshot, arguments_: Input, scope: CallScope): ToolResult<Output> {
  const { finished, running, failed, not_found, not_started, open, missing, notes } = snapshot;
  const sorted = [...snapshot.rows].sort((a, b) => ORDER.indexOf(a.verdict.outcome) - ORDER.indexOf(b.verdict.outcome));
  const next = nextStep(snapshot, arguments_);
  const counts = `${finished} finished, ${running} running, ${failed} failed, ${not_found} not found, ${not_started} not started`;
  return fitRows<(typeof sorted)[number], Output>(sorted, (shown) => {
    const truncated = shown.length < sorted.length;
    const lines = shown.map(({ image, verdict }) =>
      cells([
        `${verdict.outcome} (${image.scan_status ?? 'no state'}${image.scan_failed_desc ? `, ${image.scan_failed_desc}` : ''})`,
        image.image_name,
        image.image_version,
        image.image_id,
        findings(image),
        `last scan ${readableTime(image.latest_scan_time) ?? 'never'}`,
        verdict.note ?? '',
      ]),
    );
    return {
      structured: {
        finished,
        running,
        failed,
        not_found,
        not_started,
        call_again: open,
        images: shown.map(({ image, verdict }) => row(image, verdict)),
        images_not_found: missing.slice(0, 20).map((image) => cleanDeep({ ...image })),
        truncated,
        region: scope.region,
        enterprise_project_id: scope.enterpriseProjectId ?? '0',
        ...(arguments_.submitted_at && { submitted_at: clean(arguments_.submitted_at) }),
        coverage: COVERAGE,
        notes: [...notes],
        next,
      },
      text: [
        `Scan status: ${counts}. Call again: ${open ? 'yes' : 'no'}.`,
        ...(lines.length > 0
          ? [fence(['outcome (state) | image_name | image_version | image_id | findings | last scan | note', ...lines])]
          : []),
        ...(truncated ? [`${plural(sorted.length - shown.length, 'further image')} not shown.`] : []),
        ...(missing.length > 0
          ? ['Not found:', fence(missing.slice(0, 20).map((image) => JSON.stringify(image)))]
          : []),
        ...failureAdvice(shown.map(({ image }) => image)),
        ...notes,
        ...(finished > 0 ? [COVERAGE] : []),
        `Next: ${next}`,
      ].join('\n'),
    };
  });
}

/** What a list shows of an image, less what does not bear on its scan. */
const NOT_SHOWN = [
  'local_image_type',
  'image_size',
  'image_size_text',
  'latest_update_time',
  'latest_update_time_text',
  'host_name',
];

function row(image: ScanSnapshot['rows'][number]['image'], verdict: ScanSnapshot['rows'][number]['verdict']) {
  const shown = Object.entries(presentImage(image)).filter(([name]) => !NOT_SHOWN.includes(name));
  return {
    ...Object.fromEntries(shown),
    outcome: verdict.outcome,
    ...(verdict.note && { note: verdict.note }),
  };
}

function nextStep(
  { open, finished, failed, not_found, not_started }: ScanSnapshot,
  { images, submitted_at }: Input,
): string {
  const steps = [
    open &&
      `Call get_local_image_scan_status again with the same ${images ? 'images' : 'filters'}${submitted_at ? ', submitted_at' : ''} and wait_seconds.`,
    finished > 0 &&
      'To read what was found, call list_local_image_vulnerabilities with image_id of a finished image (worst first).',
    !open &&
      failed > 0 &&
      'Failed images say why in scan_failed_desc and advice; mend that before scanning them again.',
    not_found > 0 &&
      'For images not found, check region and enterprise_project_id (all_granted_eps), or list them again.',
    !open && not_started > 0 && 'Images that were not started need batch_scan_local_image.',
  ];
  return steps.filter(Boolean).join(' ') || 'Nothing is left to do.';
}
