import type { BrokenRule } from '../hss/name-rules.js';
import type { MatchedHere } from '../hss/named-images.js';
import { clauses, withoutStop } from '../words/prose.js';
import { words } from '../words/words.js';
import type { Incomplete } from './result.js';

/** What to know of an answer where HSS may not match the names that were asked for. */
export function notesOnNames(matched: MatchedHere | undefined, unmatched: readonly BrokenRule[]): string[] {
  const { images } = words();
  return [
    ...(matched && matched.undecided > 0 ? [images.more_may_match(matched.undecided)] : []),
    ...unmatched.map(({ field, part }) => images.unmatched(field, part)),
  ];
}

/** What is missing where the rows that could match were too many, or a request for them failed. */
export function incompleteMatch({ read, of, failure }: MatchedHere): Incomplete | undefined {
  if (read >= of) return undefined;
  const { images } = words();
  return {
    read,
    of,
    why: clauses([images.matched_here, failure ? withoutStop(failure.message) : images.give_more]),
    ready_in: failure?.details.readyIn,
  };
}
