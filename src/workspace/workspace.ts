import type { Config } from '../config/config.js';
import type { Log } from '../log.js';
import type { SandboxFlags } from '../sandbox/flags.js';
import type { Connected } from './connect.js';
import { SeenRunning } from './seen-running.js';

/** The connection to HSS that all calls of this process share; made on the first call, never before. */
export class Session {
  #connected: Promise<Connected> | undefined;
  readonly #calls = new Set<Promise<unknown>>();
  readonly seenRunning = new SeenRunning();

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

  /** Keeps a call in mind until it has ended. */
  track<T>(call: Promise<T>): Promise<T> {
    this.#calls.add(call);
    const forget = () => this.#calls.delete(call);
    call.then(forget, forget);
    return call;
  }

  /** Resolves when no call runs any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#calls);
  }

  async close(): Promise<void> {
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
