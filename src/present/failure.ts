import type { Failure, FailureDetails } from '../failure.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { fence } from './table.js';

/** A failed call as a model reads it, line by line: what happened, what became of the request, what to do now. */
export function failureLines(failure: Failure, { acts }: { readonly acts: boolean }): string[] {
  const { code, status, requestId, said, effect, next } = failure.details;
  const say = words().outcome;
  const facts = [
    ...(code ? [say.code(code)] : []),
    ...(status ? [say.status(status)] : []),
    ...(requestId ? [say.request_id(requestId)] : []),
  ];
  return [
    failure.message,
    ...(said ? [say.words_of_service(fence([said]))] : []),
    ...(facts.length > 0 ? [say.facts(facts)] : []),
    ...(acts ? [say.effect[effect]] : []),
    prospects(failure.details),
    say.next(next),
  ];
}

/** The one sentence that stands in the place of a part that could not be had. */
export function failureText({ failure }: { readonly failure: Failure }): string {
  return words().outcome.not_read(sentences([failure.message, prospects(failure.details), failure.details.next]));
}

/** Who can mend the failure, and whether the same call may be repeated: two sentences. */
function prospects({ source, effect, retry, readyIn }: FailureDetails): string {
  const say = words().outcome;
  const who = say.who[source];
  if (effect === 'uncertain') return sentences([who, say.do_not_repeat]);
  if (!retry) return sentences([who, say.no_use]);
  return sentences([who, readyIn === undefined ? say.may_succeed : say.may_succeed_in(readyIn)]);
}
