import type { Failure } from '../failure.js';
import { type HandleStatus, SEVERITIES, type Severity, VUL_TYPES } from '../hss/models.js';
import type { Store } from './store.js';

/** How much of something was read; `of` is undefined as long as nobody knows. */
export interface Progress {
  readonly read: number;
  readonly of: number | undefined;
}

/** How complete an answer of the index is. */
export interface Completeness {
  readonly complete: boolean;
  /** The age of the oldest part of the answer. */
  readonly asOf: Date;
  readonly images: Progress;
  /** Vulnerabilities whose images were read, by severity: open ones, and handled ones. */
  readonly unhandled: Readonly<Record<Severity, Progress>>;
  readonly handled: Readonly<Record<Severity, Progress>>;
  /** Requests that are still to be made; 0 when complete. */
  readonly requestsLeft: number;
  /** Estimate of the seconds until the rest was read; undefined when complete or when nothing is known yet. */
  readonly readyInSeconds: number | undefined;
  /** What stands in the way; undefined when only time does. */
  readonly failure: Failure | undefined;
}

/** How many images and vulnerabilities were read. */
export function progressOf(store: Store): Pick<Completeness, 'images' | 'unhandled' | 'handled'> {
  const { total } = store.inventory;
  const images = store.inventory.complete
    ? { read: store.images.listed, of: store.images.listed }
    : { read: store.images.listed, of: total };
  return { images, unhandled: bySeverity(store, 'unhandled'), handled: bySeverity(store, 'handled') };
}

function bySeverity(store: Store, status: HandleStatus): Record<Severity, Progress> {
  const read = new Map<Severity, number>();
  const all = new Map<Severity, number>();
  for (const { severity = 'Low', [status]: column } of store.vulnerabilities.all) {
    if (column.expected === undefined) continue;
    all.set(severity, (all.get(severity) ?? 0) + 1);
    if (column.state === 'read') read.set(severity, (read.get(severity) ?? 0) + 1);
  }
  const progress = (severity: Severity): Progress => {
    const listed = VUL_TYPES.every((type) => store.lists.complete(status, type, severity));
    return { read: read.get(severity) ?? 0, of: listed ? (all.get(severity) ?? 0) : undefined };
  };
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, progress(severity)])) as Record<Severity, Progress>;
}

/**
 * Passes on what was read, unless something stands in the way and nothing that the answer is made of was read.
 * @throws {Failure} that stands in the way.
 */
export function orFailure(completeness: Completeness, depth?: Severity): Completeness {
  const { failure, images, unhandled } = completeness;
  const isEmpty = depth ? SEVERITIES.every((severity) => unhandled[severity].read === 0) : images.read === 0;
  if (failure && isEmpty) throw failure;
  return completeness;
}
