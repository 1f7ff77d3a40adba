import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../hss/models.js';
import type { Log } from '../log.js';

/** Entries of one request: HSS's definition of the operation allows 1 to 500. */
export const BATCH = 500;

/** Time that must be left of the call to begin another batch, in ms: one that is cut off would be uncertain. */
const LEAST_TIME_MS = 5_000;

/** What became of a part of the images; `first` and `last` are places among them, counted from 0. */
export interface BatchOutcome {
  readonly first: number;
  readonly last: number;
  readonly outcome: 'accepted' | 'refused' | 'uncertain' | 'not_sent';
  readonly requestId?: string | undefined;
  readonly acceptedAt?: Date;
  readonly failure?: Failure;
}

/** What sending needs. */
export interface Sender {
  readonly hss: HssClient;
  readonly log: Log;
  readonly projectId: string;
}

/** Whether another request can be begun and ended within the call. */
export function timeIsLeft({ deadline }: CallScope): boolean {
  return deadline - performance.now() >= LEAST_TIME_MS;
}

/** One scan request, and the one line that it leaves in the log, whatever becomes of it. */
export async function sendOne(
  body: LocalImageBatchScanRequestBody,
  scope: CallScope,
  { hss, log, projectId }: Sender,
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
