import type { Config } from '../config/config.js';
import type { Log } from '../log.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import type { Connected } from './connect.js';
import { Scans } from './scans.js';
import { SeenRunning } from './seen-running.js';
import { Selections } from './selections.js';

/** What calls leave behind for later ones, and ends with the program. */
interface Kept {
  close(): void;
}

/** What all calls of this process share: the connection to HSS, made on the first call and never before, and what they keep. */
export class Workspace {
  #connected: Promise<Connected> | undefined;
  readonly #kept = new Map<string, Kept>();
  readonly seenRunning = new SeenRunning();
  readonly selections = new Selections();
  readonly scans = new Scans();

  constructor(
    readonly config: Config,
    readonly log: Log,
    private readonly sandbox: SandboxFlags | false,
  ) {}

  /** @throws {Failure} of source `owner` when the settings are not usable. */
  connected(): Promise<Connected> {
    this.#connected ??= this.#connect();
    return this.#connected;
  }

  /** What was kept under `name`, or what `make` makes of it now. Those who know what it is stand above this room. */
  keep<T extends Kept>(name: string, make: () => T): T {
    const kept = (this.#kept.get(name) as T | undefined) ?? make();
    this.#kept.set(name, kept);
    return kept;
  }

  async close(): Promise<void> {
    for (const kept of this.#kept.values()) kept.close();
    await this.#connected?.then((connected) => connected.close()).catch(() => {});
  }

  async #connect(): Promise<Connected> {
    this.config.assertUsable();
    // Loaded now and not at start: what lists the tools needs neither HTTP nor the embedded HSS.
    if (this.sandbox) {
      const { connectSandbox } = await import('./sandbox.js');
      return connectSandbox(this.sandbox, this.config, this.log);
    }
    const connection = this.config.connection();
    const { connect } = await import('./connect.js');
    return connect(connection, this.config, this.log);
  }
}
