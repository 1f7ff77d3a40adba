import { type CallLimits, CallOver } from '../call/limits.js';
import type { Failure } from '../failure.js';
import type { LocalImage } from '../hss/models.js';
import type { HssOperationName } from '../hss/operations.js';
import type { Log } from '../log.js';
import { type Completeness, progressOf } from './completeness.js';
import { Filling } from './filling.js';
import type { ImageNames } from './image-table.js';
import { PackageMemory } from './package-memory.js';
import { PairTrust } from './pair-readings.js';
import { workFor } from './plan.js';
import type { Question } from './question.js';
import { distrustPairs } from './read-pairs.js';
import { type FindingsSource, NO_PACE, type Pace } from './step.js';
import { Store } from './store.js';
import type { Work } from './work.js';

/** What was read is good for so long, in ms; longer where reading it took longer than a third of that. */
const FRESH_MS = 600_000;
const FRESH_PER_READING = 3;
/** Nobody has asked for so long: the filling stops, in ms. */
const FORGOTTEN_MS = 1_800_000;
/** Time that a call keeps to make its answer, in ms. */
const TO_ANSWER_MS = 1_500;
/** More images than these are read anew with everything else when their scans have ended. */
const MOST_OUTDATED = 500;
const WIDTH = 8;

/** The index as one call sees it. */
export interface FindingsView {
  /** What was read so far. */
  readonly store: Store;
  /**
   * Reads what a question needs, and answers when it was read, when the call has to end, or when no more can be had
   * now. The reading goes on behind the call, so that asking again costs nothing more.
   * @throws {CallOver} when the call was cancelled; the reading goes on.
   */
  ask(question: Question, caller: CallLimits): Promise<Completeness>;
  /** Whether nothing holds so many more requests of an operation back. */
  isFree(operation: HssOperationName, requests: number): boolean;
}

export interface FindingsIndexOptions {
  readonly hss: FindingsSource;
  readonly region: string;
  readonly enterpriseProjectId?: string | undefined;
  /** Ends all reading with the program. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly pace?: Pace;
  /** Time in ms since 1970. */
  readonly now?: () => number;
}

/**
 * The index of findings of one region, project and enterprise project: which image has which vulnerability. It is
 * filled worst first, only as deep as questions need, by one filling that all calls share and that goes on between
 * them; what was read is kept for ten minutes.
 */
export class FindingsIndex {
  readonly #filling: Filling;
  readonly #packages = new PackageMemory();
  readonly #now: () => number;
  #trust = new PairTrust();
  #store: Store;
  #askedAt = 0;
  #busyBefore = 0;

  constructor(private readonly options: FindingsIndexOptions) {
    this.#now = options.now ?? Date.now;
    this.#store = this.#newStore();
    const { hss, region, enterpriseProjectId, signal, log } = options;
    this.#filling = new Filling({
      hss,
      region,
      enterpriseProjectId,
      signal,
      log,
      goesOn: () => this.#now() - this.#askedAt < FORGOTTEN_MS,
      refused: (operation, failure, passing) => this.#refused(operation, failure, passing),
      wait: (operation) => this.#wait(operation, 1),
    });
  }

  /** What was read so far; {@link open} may begin a new one. */
  get store(): Store {
    return this.#store;
  }

  /** The index for one call, fresh enough. What the call was told first stays what its later questions add to. */
  open(): FindingsView {
    this.#renewWhenStale();
    const store = this.#store;
    return {
      store,
      ask: (question, caller) => this.#ask(store, question, caller),
      isFree: (operation, requests) => this.isFree(operation, requests),
    };
  }

  /** Whether something is being read. */
  get busy(): boolean {
    return this.#filling.running;
  }

  /** When somebody asked last, in ms since 1970. */
  get askedAt(): number {
    return this.#askedAt;
  }

  /** Asks one question, of the index as it is now. */
  ask(question: Question, caller: CallLimits): Promise<Completeness> {
    return this.open().ask(question, caller);
  }

  /** Whether nothing holds so many more requests of an operation back. */
  isFree(operation: HssOperationName, requests: number): boolean {
    return this.#wait(operation, requests) === 0 && this.#filling.pausedSeconds(operation) === 0;
  }

  /** Rows whose scan has ended: of those that were scanned since they were read here, everything is read anew. */
  sawScanned(rows: readonly LocalImage[]): void {
    const isNewer = (row: LocalImage) =>
      this.#store.images
        .find(row)
        .some(({ row: known, listed }) => listed && (known.latest_scan_time ?? 0) < (row.latest_scan_time ?? 0));
    this.scanEnded(rows.filter(isNewer));
  }

  /** Reads anew what is known of these images, because their scans have ended. */
  scanEnded(images: readonly ImageNames[]): void {
    const store = this.#store;
    if (images.length === 0) return;
    if (images.length > MOST_OUTDATED || store.trust.imageRefusal !== undefined) {
      this.#renew();
      return;
    }
    for (const image of images) {
      for (const { group, row } of store.images.find(image)) {
        store.outdate(group);
        if (row.image_name) store.staleNames.add(row.image_name);
        if (row.image_id) store.packages.forget(row.image_id);
      }
    }
    store.lists.forget();
  }

  async #ask(store: Store, question: Question, caller: CallLimits): Promise<Completeness> {
    this.#askedAt = this.#now();
    if (caller.signal.aborted) throw new CallOver('cancelled');
    for (const ref of question.ofImages ?? []) if (isRow(ref)) store.images.seen(ref);
    const named = { ...question, ...(question.ofImages && { ofImages: question.ofImages.map(namesOf) }) };
    const work = () => this.#work(store, named);
    const failure =
      work().steps.length === 0
        ? undefined
        : await this.#read(`${store.begunAt} ${JSON.stringify(named)}`, work, caller);
    return this.#completeness(store, work(), failure);
  }

  #read(key: string, work: () => Work, caller: CallLimits): Promise<Failure | undefined> {
    const until = caller.deadline - TO_ANSWER_MS;
    return new Promise((resolve, reject) => {
      const cancel = () => reject(new CallOver('cancelled'));
      caller.signal.addEventListener('abort', cancel, { once: true });
      this.#filling
        .demand(key, work, until, caller.signal)
        .then(resolve, reject)
        .finally(() => caller.signal.removeEventListener('abort', cancel));
    });
  }

  #work(store: Store, question: Question): Work {
    return workFor(store, question, (operation, requests) => this.#wait(operation, requests));
  }

  #wait(operation: HssOperationName, requests: number): number {
    return (this.options.pace ?? NO_PACE).waitSeconds(operation, this.options.region, requests);
  }

  #refused(operation: HssOperationName, failure: Failure, passing: boolean): boolean {
    if (operation !== 'ListImageHandleAffectVulnerabilities') return false;
    distrustPairs(this.#store, failure.message);
    this.#trust.passing = passing;
    return true;
  }

  #completeness(store: Store, work: Work, failure: Failure | undefined): Completeness {
    const complete = work.steps.length === 0 && !isLost(store);
    const requestsLeft = [...work.left.values()].reduce((sum, requests) => sum + requests, 0);
    return {
      complete,
      asOf: new Date(store.begunAt),
      ...progressOf(store),
      requestsLeft,
      readyInSeconds: complete ? undefined : (this.#secondsFor(work) ?? (isLost(store) ? 1 : undefined)),
      failure: complete ? undefined : failure,
    };
  }

  /** Lists come before what they name; everything else goes side by side. */
  #secondsFor(work: Work): number | undefined {
    if (this.#filling.meanMs === 0) return undefined;
    const seconds = (operation: HssOperationName) => {
      const requests = work.left.get(operation) ?? 0;
      if (requests === 0) return 0;
      const held = Math.max(this.#wait(operation, requests), this.#filling.pausedSeconds(operation));
      return Math.max(held, (Math.ceil(requests / WIDTH) * this.#filling.meanMs) / 1000);
    };
    const lists = seconds('ListGeneralImageVuls');
    const others = [...work.left.keys()].filter((operation) => operation !== 'ListGeneralImageVuls').map(seconds);
    return Math.max(1, Math.ceil(lists + Math.max(0, ...others)));
  }

  #renewWhenStale(): void {
    if (this.#filling.running) return;
    const reading = this.#filling.busyMs - this.#busyBefore;
    if (isLost(this.#store) || this.#now() - this.#store.begunAt > Math.max(FRESH_MS, FRESH_PER_READING * reading))
      this.#renew();
  }

  #renew(): void {
    // What only passed is tried again.
    if (this.#trust.passing) this.#trust = new PairTrust();
    this.#busyBefore = this.#filling.busyMs;
    this.#store = this.#newStore();
  }

  #newStore(): Store {
    const trust = this.#trust;
    if (trust.refusal === undefined) trust.imageRefusal = undefined;
    return new Store(this.#now(), this.#packages, trust);
  }
}

/** Whether single images cannot be read anew any more: what is outdated is read with everything else, next time. */
function isLost(store: Store): boolean {
  return store.trust.imageRefusal !== undefined && store.outdatedGroups().length > 0;
}

/** A row of ListImageLocal, and not only what names an image. */
function isRow(ref: LocalImage | ImageNames): ref is LocalImage {
  return 'scan_status' in ref || 'vul_num' in ref;
}

function namesOf({ image_id, image_digest, image_name, image_version }: ImageNames): ImageNames {
  return { image_id, image_digest, image_name, image_version };
}
