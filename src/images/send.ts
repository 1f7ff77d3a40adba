import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../hss/models.js';
import type { Log } from '../log.js';

/** Entries of one request. HSS states no limit for the list; a request of this size stays small (about 150 KB). */
const BATCH = 500;

/** Time that must be left of the call to begin another batch, in ms: one that is cut off would be uncertain. */
const LEAST_TIME_MS = 5_000;

/** What became of a part of `image_info_list`; `first` and `last` are indices into it, counted from 0. */
export interface BatchOutcome {
  readonly first: number;
  readonly last: number;
  readonly outcome: 'accepted' | 'refused' | 'uncertain' | 'not_sent';
  readonly requestId?: string | undefined;
  readonly acceptedAt?: Date;
  readonly failure?: Failure;
}

/**
 * Sends a scan request, a long list in batches one after another. The first failure stops it, and so
 * does the end of the call's time: what follows is not sent.
 * @throws {Failure} when the very first request fails, so that nothing was accepted.
 */
export async function sendScan(
  body: LocalImageBatchScanRequestBody,
  scope: CallScope,
  work: { readonly hss: HssClient; readonly log: Log },
  projectId: string,
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  let stopped = false;
  for (const [first, batch] of batchesOf(body)) {
    const last = first + Math.max(1, batch.image_info_list?.length ?? 0) - 1;
    const late = outcomes.length > 0 && scope.deadline - performance.now() < LEAST_TIME_MS;
    if (stopped || late) {
      outcomes.push({ first, last, outcome: 'not_sent' });
      continue;
    }
    const outcome = await sendOne(batch, scope, work, projectId);
    if (outcome.failure && outcomes.length === 0) throw outcome.failure;
    stopped = outcome.failure !== undefined;
    outcomes.push({ first, last, ...outcome });
  }
  return outcomes;
}

function* batchesOf(body: LocalImageBatchScanRequestBody): Generator<[number, LocalImageBatchScanRequestBody]> {
  const list = body.image_info_list;
  if (!list || list.length <= BATCH) {
    yield [0, body];
    return;
  }
  for (let first = 0; first < list.length; first += BATCH) {
    yield [first, { ...body, image_info_list: list.slice(first, first + BATCH) }];
  }
}

/** One request, and the one line that it leaves in the log, whatever becomes of it. */
async function sendOne(
  body: LocalImageBatchScanRequestBody,
  scope: CallScope,
  { hss, log }: { readonly hss: HssClient; readonly log: Log },
  projectId: string,
): Promise<Omit<BatchOutcome, 'first' | 'last'>> {
  const record = (outcome: string, requestId: string | undefined) =>
    log('info', 'scan request', {
      region: scope.region,
      project: projectId,
      enterprise_project: scope.enterpriseProjectId ?? '0',
      images: body.image_info_list?.length ?? 'by filter',
      request_id: requestId,
      outcome,
    });
  try {
    const { requestId, acceptedAt } = await hss.batchScanLocalImage(body, scope);
    record('accepted', requestId);
    return { outcome: 'accepted', requestId, acceptedAt };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { effect, requestId, code } = error.details;
    record(code ? `${effect} ${code}` : effect, requestId);
    return { outcome: effect, requestId, failure: error };
  }
}
