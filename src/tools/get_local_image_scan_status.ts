import { z } from 'zod';
import { badInput } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import { checkTimes, lastingFilters, refuseNotExpressible } from '../images/filters.js';
import { lookAtFilters, lookAtImages, type ScanSnapshot, waitFor } from '../images/follow.js';
import { checkEntries } from '../images/selection.js';
import { failureAdvice } from '../present/failed-scans.js';
import { IMAGE_COLUMNS, IMAGE_INFO_COLUMNS, imageNotes } from '../present/image.js';
import { COVERAGE } from '../present/notes.js';
import { readableTime } from '../present/readable.js';
import { type Column, tableOf } from '../present/table.js';
import { clean, quoted } from '../text/clean.js';
import { filterFields, imageInfoFields, scopeFields, scopeOf, text } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const MOST_IMAGES = 200;
const LONGEST_WAIT_S = 45;

const input = z.strictObject({
  images: z
    .array(z.strictObject(imageInfoFields))
    .max(MOST_IMAGES)
    .optional()
    .describe(
      'Images to look at, as in image_info_list of the scan; at most 200. Without it the images that match the filters are counted.',
    ),
  submitted_at: text(40)
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
  scan_status: text(32).optional().describe('Filter of the scan; left out here, because a scan changes it.'),
  ...scopeFields,
});

const output = {
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
  submitted_at: z.string().optional(),
  coverage: z.string(),
};

type Input = z.output<typeof input>;

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
    const waitMs = (arguments_.wait_seconds ?? 0) * 1000;
    const report = ({ finished, running, failed }: ScanSnapshot, passedMs: number) => {
      const message = `${finished} finished, ${running} running, ${failed} failed`;
      context.progress(Math.round(passedMs) / 1000, waitMs / 1000, message);
    };
    const { lastLooks } = context;
    const scan = JSON.stringify({ ...arguments_, region: scope.region, wait_seconds: undefined });
    const snapshot = await waitFor(look, waitMs, scope, report, lastLooks.of(scan));
    lastLooks.keep(scan, snapshot);
    const { finished, running, failed, not_found, not_started, open, missing, notes } = snapshot;
    const rows = [...snapshot.rows].sort((a, b) => ORDER.indexOf(a.verdict.outcome) - ORDER.indexOf(b.verdict.outcome));
    const images = rows.map(({ image }) => image);
    return {
      scope,
      summary: `Scan status: ${finished} finished, ${running} running, ${failed} failed, ${not_found} not found, ${not_started} not started. Call again: ${open ? 'yes' : 'no'}.`,
      facts: {
        finished,
        running,
        failed,
        not_found,
        not_started,
        call_again: open,
        submitted_at: arguments_.submitted_at && clean(arguments_.submitted_at),
        coverage: COVERAGE,
      },
      tables: [
        tableOf('images', rows, COLUMNS),
        tableOf('images_not_found', missing, IMAGE_INFO_COLUMNS, {
          title: missing.length > 0 ? 'Not found:' : undefined,
        }),
      ],
      notes: [...notes, ...failureAdvice(images), ...imageNotes(images)],
      incomplete: withoutLook(snapshot),
      next: nextStep(snapshot, arguments_),
    };
  },
});

/** That these are the states of an earlier look, where the limit of requests leaves no place for another. */
function withoutLook({ nextLookAt, servedAt, finished, running, failed, not_found, not_started }: ScanSnapshot) {
  if (nextLookAt === undefined) return undefined;
  return {
    read: 0,
    of: finished + running + failed + not_found + not_started,
    why: `the limit of requests leaves no place for a look now, so these are the states of ${readableTime(servedAt.getTime())}`,
    ready_in: Math.max(1, Math.ceil((nextLookAt - performance.now()) / 1000)),
  };
}

type Followed = ScanSnapshot['rows'][number];

const COLUMNS: readonly Column<Followed>[] = [
  { name: 'outcome', value: ({ verdict }) => verdict.outcome },
  ...IMAGE_COLUMNS.filter(({ name }) => name !== 'container_num').map(({ name, value }) => ({
    name,
    value: ({ image }: Followed) => value(image),
  })),
  { name: 'note', value: ({ verdict }) => verdict.note },
];

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
    refuseNotExpressible(lastingFilters(filters));
    return () => lookAtFilters(filters, submittedAt, scope, context);
  }
  checkEntries('images', images);
  return () => lookAtImages(images, submittedAt, scope, context);
}

const ORDER = ['failed', 'running', 'not_started', 'finished'];

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
      'Failed images say why in scan_failed_desc, and the notes what to do; mend that before scanning them again.',
    not_found > 0 &&
      'For images not found, check region and enterprise_project_id (all_granted_eps), or list them again.',
    !open && not_started > 0 && 'Images that were not started need batch_scan_local_image.',
  ];
  return steps.filter(Boolean).join(' ') || 'Nothing is left to do.';
}
