import type { Failure } from '../failure.js';
import type { Completeness, Progress } from '../findings/completeness.js';
import { SEVERITIES, type Severity } from '../hss/models.js';
import { readableTime } from './readable.js';
import type { Incomplete } from './result.js';

/** What an answer needed of the index. */
export interface Needed {
  /** Open findings of at least this severity; absent: the answer counts images alone. */
  readonly depth?: Severity | undefined;
  /** What the answer lacks as long as it is incomplete, as a sentence without its full stop. */
  readonly lacks?: string | undefined;
  /** What the answer is made of, where that is neither the images of the estate nor all vulnerabilities. */
  readonly counted?: (Progress & { readonly what: string }) | undefined;
  /** What has to be read as well before the answer is whole. */
  readonly beyond?: Completeness | undefined;
}

/** `incomplete` of a result that was made of the index; undefined when all that it needed was read. */
export function incompleteOf(completeness: Completeness, needed: Needed = {}): Incomplete | undefined {
  if (completeness.complete) return undefined;
  const { depth, lacks, counted, beyond } = needed;
  const { images, failure, readyInSeconds } = completeness;
  const { read, of } = counted ?? (depth && images.read === images.of ? sumTo(completeness, depth) : images);
  const why = [howComplete(completeness, needed), lacks, failure && withoutStop(failure.message)];
  const mayPass = failure?.details.retry ?? true;
  const seconds = [readyInSeconds, beyond?.readyInSeconds].filter((known) => known !== undefined);
  return {
    read,
    of,
    why: why.filter(Boolean).join('. '),
    ready_in: mayPass && seconds.length > 0 ? Math.max(...seconds) : undefined,
  };
}

/** How old the oldest part of the answer is, ISO 8601. */
export function asOf({ asOf: date }: Completeness): { readonly as_of: string | undefined } {
  return { as_of: readableTime(date.getTime()) };
}

/** How far everything was read: `all 2400 images; vulnerabilities: all Critical and High, 210 of 4000 Medium`. */
export function howComplete({ images, unhandled, requestsLeft }: Completeness, { depth, counted }: Needed): string {
  const parts = [counted ? `${progress(counted)} ${counted.what}` : `${progress(images)} images`];
  if (depth) parts.push(`vulnerabilities whose images were read: ${severities(unhandled, depth)}`);
  if (requestsLeft > 0) parts.push(`${requestsLeft} requests to HSS are left`);
  return parts.join('; ');
}

function severities(read: Completeness['unhandled'], depth: Severity): string {
  const wanted = severitiesTo(depth);
  const open = wanted.findIndex((severity) => !isAll(read[severity]));
  const done = open === -1 ? wanted : wanted.slice(0, open);
  const rest = wanted.slice(done.length).map((severity) => `${progress(read[severity])} ${severity}`);
  return [...(done.length > 0 ? [`all ${done.join(' and ')}`] : []), ...rest].join(', ');
}

function progress({ read, of }: Progress): string {
  if (of === undefined) return `${read} so far of`;
  return read >= of ? `all ${of}` : `${read} of ${of}`;
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

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}

/** The severities from Critical down to `depth`. */
export function severitiesTo(depth: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(depth) + 1);
}

/** `incomplete` of a list whose reading a failure has ended; `read` and `of` count its rows. */
export function stoppedBy({ message, details }: Failure, read: number, of: number): Incomplete {
  const { retry, readyIn } = details;
  return { read, of, why: message.replace(/\.$/, ''), ready_in: retry ? (readyIn ?? 1) : undefined };
}
