import { setTimeout as sleep } from 'node:timers/promises';
import { CallOver, within } from '../call/limits.js';
import { Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { ExportSelection } from '../hss/exports.js';
import { words } from '../words/words.js';

/** The operations that are needed of the client. */
type Source = Pick<
  HssClient,
  'batchExportLocalVulTask' | 'listQueryExportTask' | 'listDownloadExportedFile' | 'projectId'
>;

/** Pauses before the looks of one call at a task, in ms: with start and file these are five requests at most. */
const PAUSES_MS = [2_000, 5_000, 10_000] as const;
/** Time of a call that a look leaves for the file, in ms. */
const TO_DOWNLOAD_MS = 12_000;
/** When asking again makes sense, in seconds. */
const ASK_AGAIN_S = 10;
/** How long HSS keeps a file is not documented: a task that is older is not gone on with, in ms. */
const FORGOTTEN_MS = 3_600_000;
const MOST_KEPT = 50;

interface Task {
  readonly id: string;
  /** Rows of the export; undefined when HSS did not say. */
  readonly rows: number | undefined;
  readonly begunAt: number;
  fileId: string | undefined;
}

/** The file of an export, or that HSS is not through with it. `rows` is absent when HSS did not say. */
export type HssExport =
  | { readonly kind: 'file'; readonly pieces: readonly Uint8Array[]; readonly rows: number | undefined }
  | { readonly kind: 'running'; readonly readyIn: number; readonly rows: number | undefined };

/** HSS's own exports: one task a question, gone on with over as many calls as it takes. */
export class HssExports {
  readonly #tasks = new Map<string, Task>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly hss: Source,
    private readonly pausesMs: readonly number[] = PAUSES_MS,
  ) {}

  /**
   * The export of a selection, as far as the time of the call goes. Asking again goes on with the task that is there;
   * after its file was handed over, with another.
   * @param progress told after each request, how many were made of how many at most.
   * @throws {Failure} also when HSS says that it could not make it.
   */
  async get(
    selection: ExportSelection,
    scope: CallScope,
    progress: (done: number, total: number) => void,
  ): Promise<HssExport> {
    const projectId = await this.hss.projectId(scope.region, scope);
    const key = JSON.stringify([scope.region, projectId, scope.enterpriseProjectId ?? '0', selection]);
    // Calls at the same time would each make a task of their own.
    const before = this.#turns.get(key) ?? Promise.resolve();
    const mine = within(before, scope).then(() => this.#goOn(key, selection, scope, progress));
    const turn = mine
      .catch(() => {})
      .then(() => {
        if (this.#turns.get(key) === turn) this.#turns.delete(key);
      });
    this.#turns.set(key, turn);
    return mine;
  }

  /** Nothing is under way between calls. */
  close(): void {}

  async #goOn(
    key: string,
    selection: ExportSelection,
    scope: CallScope,
    progress: (done: number, total: number) => void,
  ): Promise<HssExport> {
    let done = 0;
    const step = () => progress(++done, this.pausesMs.length + 2);
    const known = this.#known(key);
    const task = known ?? (await this.#begin(key, selection, scope));
    if (!known) step();
    const { rows } = task;
    try {
      task.fileId ??= await this.#fileOf(task, known ? [0, ...this.pausesMs.slice(1)] : this.pausesMs, scope, step);
      if (task.fileId === undefined) return { kind: 'running', readyIn: ASK_AGAIN_S, rows };
      const { pieces } = await this.hss.listDownloadExportedFile(task.fileId, scope);
      this.#tasks.delete(key);
      return { kind: 'file', pieces, rows };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { retry, readyIn, source, status } = error.details;
      if (retry && readyIn !== undefined) return { kind: 'running', readyIn, rows };
      // A task or a file that HSS does not know, or that nobody takes, is not asked for again.
      if (error instanceof ExportFailed || source === 'input' || status === 404) this.#tasks.delete(key);
      throw error;
    }
  }

  #known(key: string): Task | undefined {
    const known = this.#tasks.get(key);
    return known && performance.now() - known.begunAt < FORGOTTEN_MS ? known : undefined;
  }

  async #begin(key: string, selection: ExportSelection, scope: CallScope): Promise<Task> {
    const { task_id: id, record_total_num: rows } = await this.hss
      .batchExportLocalVulTask(selection, scope)
      .catch((error: unknown) => {
        throw error instanceof Failure ? harmless(error) : error;
      });
    const task: Task = { id, rows, begunAt: performance.now(), fileId: undefined };
    this.#tasks.delete(key);
    this.#tasks.set(key, task);
    const [oldest] = this.#tasks.keys();
    if (this.#tasks.size > MOST_KEPT && oldest !== undefined) this.#tasks.delete(oldest);
    return task;
  }

  /** The file of a task, looked for after each pause that the call has time for. */
  async #fileOf(
    { id }: Task,
    pauses: readonly number[],
    scope: CallScope,
    step: () => void,
  ): Promise<string | undefined> {
    for (const pause of pauses) {
      if (performance.now() + pause + TO_DOWNLOAD_MS > scope.deadline) return undefined;
      await sleep(pause, undefined, { signal: scope.signal }).catch(() => {
        throw new CallOver('cancelled');
      });
      const { task_status, file_id } = await this.hss.listQueryExportTask(id, scope);
      step();
      if (task_status === 'failure') throw new ExportFailed();
      if (task_status === 'success' && file_id !== undefined) return file_id;
    }
    return undefined;
  }
}

/** HSS ended the task without a file. */
class ExportFailed extends Failure {
  constructor() {
    super(words().hss_export.failed, {
      source: 'passing',
      effect: 'not_sent',
      retry: true,
      next: words().hss_export.make_another,
    });
  }
}

/** A failure of which nothing worse can have come than a task too many: no scan, and nothing to look at before trying again. */
function harmless(failure: Failure): Failure {
  const { details, message } = failure;
  if (details.effect !== 'uncertain') return failure;
  const next = words().hss_export.unused;
  return new Failure(message, { ...details, effect: 'not_sent', retry: true, next }, { cause: failure });
}
