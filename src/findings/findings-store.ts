import { setMaxListeners } from 'node:events';
import type { Log } from '../log.js';
import { FindingsIndex } from './findings-index.js';
import type { FindingsSource, Pace } from './step.js';

/** Whose findings: HSS tells regions, projects and enterprise projects apart. */
export interface FindingsScope {
  readonly region: string;
  readonly projectId: string;
  /** Absent: HSS looks in enterprise project 0. */
  readonly enterpriseProjectId?: string | undefined;
}

/** So many indexes are kept; the one that was asked for longest ago goes first. */
const MOST_INDEXES = 8;
/** An index that nobody asked for so long is dropped, in ms. */
const FORGOTTEN_MS = 1_800_000;

/** The indexes of findings that the process keeps between calls; one a scope, so one filling at a time for a scope. */
export class FindingsStore {
  readonly #indexes = new Map<string, FindingsIndex>();
  readonly #end = new AbortController();

  constructor(
    private readonly hss: FindingsSource,
    private readonly log: Log,
    private readonly pace?: Pace,
  ) {
    // Every request on its way listens for the end.
    setMaxListeners(0, this.#end.signal);
  }

  /** The index of a scope; begun empty when there is none. */
  of({ region, projectId, enterpriseProjectId }: FindingsScope): FindingsIndex {
    this.#forget();
    const key = JSON.stringify([region, projectId, enterpriseProjectId ?? '0']);
    const known = this.#indexes.get(key);
    const index = known ?? this.#begin(region, enterpriseProjectId);
    // The last one asked for stands last.
    this.#indexes.delete(key);
    this.#indexes.set(key, index);
    const [oldest] = this.#indexes.keys();
    if (this.#indexes.size > MOST_INDEXES && oldest !== undefined) this.#indexes.delete(oldest);
    return index;
  }

  /** Ends all reading at once. */
  close(): void {
    this.#end.abort();
  }

  #begin(region: string, enterpriseProjectId: string | undefined): FindingsIndex {
    return new FindingsIndex({
      hss: this.hss,
      region,
      enterpriseProjectId,
      signal: this.#end.signal,
      log: this.log,
      ...(this.pace && { pace: this.pace }),
    });
  }

  #forget(): void {
    const now = Date.now();
    for (const [key, index] of this.#indexes) {
      if (index.askedAt > 0 && now - index.askedAt > FORGOTTEN_MS) this.#indexes.delete(key);
    }
  }
}
