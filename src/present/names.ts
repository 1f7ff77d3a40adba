import type { BrokenRule } from '../hss/name-rules.js';
import type { MatchedHere } from '../hss/named-images.js';
import { plural } from './readable.js';
import type { Incomplete } from './result.js';

/** What to know of an answer where HSS may not match the names that were asked for. */
export function notesOnNames(matched: MatchedHere | undefined, unmatched: readonly BrokenRule[]): string[] {
  return [
    ...(matched && matched.undecided > 0
      ? [
          `${plural(matched.undecided, 'further image')} may match host_name, too: each lies on several hosts, of which HSS names one.`,
        ]
      : []),
    ...unmatched.map(
      ({ field, part }) =>
        `HSS may match no ${field} with the characters of this one.${part === undefined ? '' : ` Try a part of it: ${field} "${part}".`}`,
    ),
  ];
}

/** What is missing where the rows that could match were too many, or a request for them failed. */
export function incompleteMatch({ read, of, failure }: MatchedHere): Incomplete | undefined {
  if (read >= of) return undefined;
  const names = 'HSS does not match such a name itself, so rows are read and matched here';
  return {
    read,
    of,
    why: failure ? `${names}; ${failure.message}` : `${names}; a longer last part of the name finds fewer`,
    ready_in: failure?.details.readyIn,
  };
}
