import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLimits } from '../call/limits.js';
import type { Config } from '../config/config.js';
import type { CallScope } from '../hss/client.js';
import type { Log } from '../log.js';
import type { Connected } from '../workspace/connect.js';
import type { Workspace } from '../workspace/workspace.js';
import type { ProgressLine } from './progress-line.js';
import type { ReportFlags } from './report-flags.js';

/** What the parts of one run of the command work with. */
export interface Session {
  readonly flags: ReportFlags;
  readonly config: Config;
  readonly workspace: Workspace;
  readonly connected: Connected;
  readonly log: Log;
  readonly line: ProgressLine;
  /** Asks the person at the terminal, where there is one. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Where the run looks, with the time of one look from now on: a pipeline waits as long as it takes, look by look. */
  scope(): CallScope;
}

/** So often something is tried again while it stands in the way and nothing more comes. */
const MOST_TRIES = 3;
const LONGEST_WAIT_S = 30;

/** Tells whether looking once more makes sense, and waits before it. */
export class Persistence {
  #best = -1;
  #tries = 0;

  constructor(private readonly limits: () => CallLimits) {}

  /**
   * @param passes whether only time is missing.
   * @param read what grows as long as it goes on.
   * @param readyIn seconds to wait, where that is known.
   */
  async again({ passes, read, readyIn }: { passes: boolean; read: number; readyIn?: number | undefined }) {
    this.#tries = passes || read > this.#best ? 0 : this.#tries + 1;
    if (this.#tries >= MOST_TRIES) return false;
    this.#best = Math.max(this.#best, read);
    if (!passes) await this.wait(readyIn ?? 1);
    return true;
  }

  /** @throws when the run is called off. */
  async wait(seconds: number): Promise<void> {
    await sleep(Math.min(LONGEST_WAIT_S, seconds) * 1_000, undefined, { signal: this.limits().signal });
  }
}
