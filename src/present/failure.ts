import type { Failure, FailureDetails, FailureSource } from '../failure.js';
import { fence } from './table.js';

/** A failed call as a model reads it, line by line: what happened, what became of the request, what to do now. */
export function failureLines(failure: Failure, { acts }: { readonly acts: boolean }): string[] {
  const { code, status, requestId, said, effect, next } = failure.details;
  const facts = [code && `code ${code}`, status && `HTTP status ${status}`, requestId && `request id ${requestId}`];
  return [
    failure.message,
    ...(said ? [`In the words of the service:\n${fence([said])}`] : []),
    ...(facts.some(Boolean) ? [`Facts: ${facts.filter(Boolean).join(', ')}.`] : []),
    ...(acts ? [EFFECT[effect]] : []),
    prospects(failure.details),
    `Next: ${next}`,
  ];
}

/** The one sentence that stands in the place of a part that could not be had. */
export function failureText({ failure }: { readonly failure: Failure }): string {
  return `Could not be read: ${failure.message} ${prospects(failure.details)} ${failure.details.next}`;
}

/** Who can mend the failure, and whether the same call may be repeated: two sentences. */
function prospects({ source, effect, retry, readyIn }: FailureDetails): string {
  if (effect === 'uncertain') return `${WHO[source]} Do not repeat the call before you have looked.`;
  if (!retry) return `${WHO[source]} Repeating the same call will not help.`;
  const when = readyIn === undefined ? '.' : `: ask again in ${readyIn} s.`;
  return `${WHO[source]} The same call may succeed later${when}`;
}

const WHO: Readonly<Record<FailureSource, string>> = {
  input: 'The caller can mend this with other arguments.',
  owner: 'The owner of the settings or of the account has to mend this.',
  passing: 'This may pass by itself.',
};

const EFFECT = {
  not_sent: 'No scan request was sent, so no scan was started by this call.',
  refused: 'The scan request was refused, so no scan was started by it.',
  uncertain:
    'A scan may have started: the request was sent, and whether HSS carried it out is not known. Look at scan_status ' +
    'and latest_scan_time of the images with list_local_images before scanning again.',
};
