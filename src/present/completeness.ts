import type { Failure } from '../failure.js';
import type { Completeness, Progress } from '../findings/completeness.js';
import { SEVERITIES, type Severity } from '../hss/models.js';
import type { Language } from '../words/language.js';
import { spokenLanguage } from '../words/language.js';
import { clauses, openSentences, withoutStop } from '../words/prose.js';
import { type Words, wordsIn } from '../words/words.js';
import { readableTime } from './readable.js';
import type { Incomplete } from './result.js';

/** What an answer needed of the index. */
export interface Needed {
  /** Open findings of at least this severity; absent: the answer counts images alone. */
  readonly depth?: Severity | undefined;
  /** What the answer lacks as long as it is incomplete. */
  readonly lacks?: keyof Words['completeness']['lacks'] | undefined;
  /** The images of a vulnerability, where the answer is made of these and not of those of the estate. */
  readonly affectedImages?: Progress | undefined;
  /** What has to be read as well before the answer is whole. */
  readonly beyond?: Completeness | undefined;
}

/**
 * `incomplete` of a result that was made of the index; undefined when all that it needed was read.
 * @param language of the reason: that of a file can be another one than is spoken.
 */
export function incompleteOf(
  completeness: Completeness,
  needed: Needed = {},
  language: Language = spokenLanguage(),
): Incomplete | undefined {
  if (completeness.complete) return undefined;
  const { depth, lacks, affectedImages, beyond } = needed;
  const { images, failure, readyInSeconds } = completeness;
  const { read, of } = affectedImages ?? (depth && images.read === images.of ? sumTo(completeness, depth) : images);
  const said = lacks && wordsIn(language).completeness.lacks[lacks];
  const mayPass = failure?.details.retry ?? true;
  const seconds = [readyInSeconds, beyond?.readyInSeconds].filter((known) => known !== undefined);
  return {
    read,
    of,
    why: openSentences([howComplete(completeness, needed, language), said, failure?.message], language),
    ready_in: mayPass && seconds.length > 0 ? Math.max(...seconds) : undefined,
  };
}

/** How old the oldest part of the answer is, ISO 8601. */
export function asOf({ asOf: date }: Completeness): { readonly as_of: string | undefined } {
  return { as_of: readableTime(date.getTime()) };
}

/** How far everything was read: `all 2400 images; vulnerabilities: all Critical and High, 210 of 4000 Medium`. */
function howComplete(
  { images, unhandled, requestsLeft }: Completeness,
  { depth, affectedImages }: Needed,
  language: Language,
): string {
  const { completeness: said } = wordsIn(language);
  const parts = [affectedImages ? said.affected_images(affectedImages) : said.images(images)];
  if (depth) {
    const wanted = severitiesTo(depth);
    const open = wanted.findIndex((severity) => !isAll(unhandled[severity]));
    const done = open === -1 ? wanted : wanted.slice(0, open);
    const rest = wanted.slice(done.length).map((severity) => [severity, unhandled[severity]] as const);
    parts.push(said.vulnerabilities(done, rest));
  }
  if (requestsLeft > 0) parts.push(said.requests_left(requestsLeft));
  return clauses(parts, language);
}

function isAll({ read, of }: Progress): boolean {
  return of !== undefined && read >= of;
}

function sumTo({ unhandled }: Completeness, depth: Severity): Progress {
  const wanted = severitiesTo(depth).map((severity) => unhandled[severity]);
  const known = wanted.flatMap(({ of }) => of ?? []);
  const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  return { read: sum(wanted.map(({ read }) => read)), of: known.length < wanted.length ? undefined : sum(known) };
}

/** The severities from Critical down to `depth`. */
export function severitiesTo(depth: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(depth) + 1);
}

/** `incomplete` of a list whose reading a failure has ended; `read` and `of` count its rows. */
export function stoppedBy({ message, details }: Failure, read: number, of: number): Incomplete {
  const { retry, readyIn } = details;
  return { read, of, why: withoutStop(message), ready_in: retry ? (readyIn ?? 1) : undefined };
}
