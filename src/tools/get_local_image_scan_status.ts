import { z } from 'zod';
import { badInput } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import { asFollowed, type Follower, lookAtImages, type ScanSnapshot } from '../images/follow.js';
import { lookAtChosen } from '../images/follow-chosen.js';
import { lookAtFilters } from '../images/follow-states.js';
import { checkEntries } from '../images/selection.js';
import { waitFor } from '../images/wait.js';
import { failureAdvice } from '../present/failed-scans.js';
import { IMAGE_INFO_COLUMNS, imageNotes } from '../present/image.js';
import { PAGE_FIELDS } from '../present/result.js';
import {
  FAILURE_COLUMNS,
  FOLLOWED_COLUMNS,
  failuresOf,
  inOrder,
  rateOf,
  withoutLook,
} from '../present/scan-progress.js';
import { tableOf } from '../present/table.js';
import { quoted } from '../text/clean.js';
import { readTime } from '../text/dates.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import type { Scan } from '../workspace/scans.js';
import { chosenOf, id, imageInfoFields, pageFields, scopeFields, scopeOfKept, selectionField, text } from './fields.js';
import { defineTool, type ToolContext } from './tool.js';

const MOST_IMAGES = 200;
const LONGEST_WAIT_S = 45;

const input = z.strictObject({
  scan_id: id(32).optional().describe('scan_id of batch_scan_local_image; enough by itself.'),
  selection_id: selectionField.describe('Only without scan_id: the images of this selection.'),
  images: z
    .array(z.strictObject(imageInfoFields))
    .max(MOST_IMAGES)
    .optional()
    .describe('Without scan_id: images, as in image_info_list; at most 200.'),
  submitted_at: text(40)
    .optional()
    .describe('Without scan_id: submitted_at of the scan. Without it the present state counts.'),
  wait_seconds: z
    .int()
    .min(0)
    .max(LONGEST_WAIT_S)
    .optional()
    .describe('Seconds to wait for the end of the scans. Default 0.'),
  ...scopeFields,
  ...pageFields,
  limit: pageFields.limit.describe('Rows to return at most, failed ones first. Default 10.'),
});

const output = {
  finished: z.int(),
  running: z.int(),
  failed: z.int(),
  cannot_be_scanned: z.int(),
  not_found: z.int(),
  not_started: z.int(),
  call_again: z.boolean().describe('Whether something may still change.'),
  scans_per_minute: z.number().optional(),
  minutes_left: z.number().optional(),
  scanned_beside: z.int().optional().describe('Images outside the filters that were scanned in the same time.'),
  failures: z.array(z.looseObject({})).optional().describe('Failed images by reason.'),
  images: z.array(
    z.looseObject({ image_id: z.string().optional(), scan_status: z.string().optional(), outcome: z.string() }),
  ),
  images_not_found: z.array(z.looseObject({})),
  ...PAGE_FIELDS,
  submitted_at: z.string().optional(),
  coverage: z.string(),
};

type Input = z.output<typeof input>;

/** A scan that is followed, and how. */
interface Target {
  readonly scope: CallScope;
  readonly submittedAt: number | undefined;
  /** What tells it from others, for what is remembered of it. */
  readonly key: string;
  look(follower: Follower): Promise<ScanSnapshot>;
}

/** Tells how far scans are (ListImageLocal, polled), and waits for them if asked to. */
export const getLocalImageScanStatus = defineTool({
  name: 'get_local_image_scan_status',
  title: 'Get the status of local image scans',
  description:
    'Tells how far scans of local images are, and waits for their end up to 45 seconds if asked to. Give scan_id of ' +
    'batch_scan_local_image; or images and submitted_at, so that a re-scan is not taken for done before HSS has its result. ' +
    'Failures come by reason with what to do. Call again while call_again is true.',
  readOnly: true,
  input,
  output,
  example: { scan_id: 'scan_1', wait_seconds: 40 },

  async run(arguments_, context) {
    const { offset = 0, limit = 10 } = arguments_;
    const target = targetOf(arguments_, context);
    const { scope, submittedAt } = target;
    const { lastLooks, hss, seenRunning } = context;
    const waitMs = (arguments_.wait_seconds ?? 0) * 1000;
    const report = ({ finished, running, failed }: ScanSnapshot, passedMs: number) => {
      const message = words().status.progress(finished, running, failed);
      context.progress(Math.round(passedMs) / 1000, waitMs / 1000, message);
    };
    const look = () => target.look({ hss, seenRunning, memory: lastLooks.memoryOf(target.key) });
    const snapshot = await waitFor(look, waitMs, scope, report, lastLooks.of(target.key));
    lastLooks.keep(target.key, snapshot);
    await renewFindings(snapshot, scope, context);
    const { finished, running, failed, cannot_be_scanned, not_found, not_started, open, missing } = snapshot;
    const rows = inOrder(snapshot.rows);
    const page = rows.slice(offset, offset + limit);
    const failures = failuresOf(rows);
    const { status } = words();
    return {
      scope,
      summary: status.summary(snapshot),
      facts: {
        finished,
        running,
        failed,
        cannot_be_scanned,
        not_found,
        not_started,
        call_again: open,
        ...rateOf(snapshot, submittedAt),
        scanned_beside: snapshot.beside,
        submitted_at: submittedAt === undefined ? undefined : new Date(submittedAt).toISOString(),
        coverage: words().notes.coverage,
      },
      tables: [
        tableOf('failures', failures, FAILURE_COLUMNS, {
          title: failures.length > 0 ? status.by_reason : undefined,
        }),
        tableOf('images', page, FOLLOWED_COLUMNS, { total: rows.length, page: { offset, limit } }),
        tableOf('images_not_found', missing, IMAGE_INFO_COLUMNS, {
          title: missing.length > 0 ? status.not_found : undefined,
        }),
      ],
      notes: [
        ...snapshot.notes,
        ...failureAdvice(failed > 0 ? rows.map(({ image }) => image) : []),
        ...imageNotes(page.map(({ image }) => image)),
      ],
      incomplete: withoutLook(snapshot),
      next: nextStep(snapshot, arguments_),
    };
  },
});

/** @throws {Failure} of source `input` when nothing, or more than one thing, is to be followed. */
function targetOf(arguments_: Input, context: ToolContext): Target {
  const { scan_id, selection_id, images, region, enterprise_project_id, submitted_at } = arguments_;
  const submittedAt = readSubmittedAt(submitted_at);
  const given = Object.entries({ scan_id, selection_id, images }).filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    const { status } = words();
    const names = given.map(([name]) => name);
    throw badInput(names.length === 0 ? status.nothing_to_follow : status.given_together(names), status.give_scan_id);
  }
  if (scan_id !== undefined) {
    const asked = { region, enterpriseProjectId: enterprise_project_id };
    return ofScan(context.scans.get(scan_id, asked), context);
  }
  const { scope, selection } = chosenOf(arguments_, context);
  if (images) checkEntries('images', images);
  const followed = [{ images: selection?.images ?? images ?? [], submittedAt }];
  const key = JSON.stringify([selection_id ?? images, submitted_at, scope.region, scope.enterpriseProjectId]);
  return { scope, submittedAt, key, look: (follower) => lookAtImages(followed, scope, follower) };
}

function ofScan(scan: Scan, context: ToolContext): Target {
  const { id: key, submittedAt, parts, filters = {}, before } = scan;
  const scope = scopeOfKept(scan, context);
  const target = { scope, submittedAt, key };
  if (parts) return { ...target, look: (follower) => lookAtImages(asFollowed(parts), scope, follower) };
  // Without the rows from before it nobody can tell what changed: states are counted.
  if (!before) return { ...target, look: (follower) => lookAtFilters(filters, submittedAt, scope, follower) };
  return { ...target, look: (follower) => lookAtChosen({ filters, before, submittedAt }, scope, follower) };
}

function readSubmittedAt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = readTime(text, 'start');
  if (time === undefined) {
    throw badInput(words().status.not_a_time(quoted(text)), words().status.give_time);
  }
  return time;
}

/** What the index knows of images whose scans have ended is read anew. */
async function renewFindings({ rows }: ScanSnapshot, scope: CallScope, { hss, findings }: ToolContext): Promise<void> {
  const ended = rows.flatMap(({ image, verdict }) => (verdict.outcome === 'finished' ? [image] : []));
  if (ended.length === 0) return;
  const projectId = await hss.projectId(scope.region, scope);
  findings.of({ region: scope.region, projectId, enterpriseProjectId: scope.enterpriseProjectId }).sawScanned(ended);
}

function nextStep({ open, finished, failed, not_found, not_started }: ScanSnapshot, arguments_: Input): string {
  const { scan_id, selection_id, submitted_at } = arguments_;
  const kept = selection_id ? `selection_id: ${selection_id}` : undefined;
  const { status } = words();
  const steps = sentences([
    open && status.call_again(scan_id ? `scan_id: ${scan_id}` : kept, submitted_at !== undefined),
    finished > 0 && status.read_findings,
    !open && failed > 0 && status.mend_failures,
    not_found > 0 && status.find_images,
    !open && not_started > 0 && status.start_scans,
  ]);
  return steps || status.nothing_left;
}
