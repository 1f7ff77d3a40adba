import type { Completeness } from '../findings/completeness.js';
import { SEVERITIES, type Severity } from '../hss/models.js';
import type { Incomplete } from './result.js';

/** What a result says of an answer that the index could not read whole; undefined when it is whole. */
export function incompleteOf(completeness: Completeness): Incomplete | undefined {
  if (completeness.complete) return undefined;
  const { requestsLeft, readyInSeconds, failure, images } = completeness;
  const read = SEVERITIES.flatMap((severity) => wordsOf(completeness, severity));
  const listed = `${images.read} of ${images.of ?? 'an unknown number of'} images listed`;
  const why = failure
    ? `${failure.message.replace(/\.$/, '')}; ${listed}`
    : `the time of this call was up; ${listed}${read.length > 0 ? `; ${read.join(', ')}` : ''}; about ${requestsLeft} requests are left, and the reading goes on`;
  const passes = failure === undefined || failure.details.retry;
  return {
    read: images.read,
    of: images.of,
    why,
    ...(passes && { ready_in: Math.max(readyInSeconds ?? 1, failure?.details.readyIn ?? 1) }),
  };
}

/** `12 of 40 Critical vulnerabilities read`; nothing for a severity that nobody has asked for. */
function wordsOf({ unhandled }: Completeness, severity: Severity): string[] {
  const { read, of } = unhandled[severity];
  if (of === undefined && read === 0) return [];
  return [`${read} of ${of ?? 'an unknown number of'} ${severity} vulnerabilities read`];
}
