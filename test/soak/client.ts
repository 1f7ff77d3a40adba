import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROGRAM } from '../support/command.js';

/** The program promises an answer within 46 seconds. */
const LOST_AFTER_MS = 60_000;
/** Defects that are kept word by word; all are counted. */
const MOST_SHOWN = 10;

/** What came back for a call. */
export interface Answer {
  readonly error?: { readonly code: number; readonly message: string };
  readonly result?: {
    readonly isError?: boolean;
    readonly content: readonly { readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
  };
}

interface Message extends Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly progressToken?: number };
}

/** A defect that was counted, with the first few in words. */
export class Defects {
  count = 0;
  readonly shown: string[] = [];

  add(what: string): void {
    this.count += 1;
    if (this.shown.length < MOST_SHOWN) this.shown.push(what.slice(0, 500));
  }
}

/**
 * The built program at the other end of its stdin and stdout, with a book of what is open. Nothing that came is kept,
 * so that a hundred thousand calls cost the test no more memory than a hundred.
 */
export class Client {
  readonly child: ChildProcess;
  readonly defects = new Defects();
  /** Lines on stderr other than the one that each scan request leaves. */
  readonly complaints = new Defects();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #progress = new Map<number, () => void>();
  readonly #closed: Promise<number | null>;
  /** Whether the program has ended. */
  gone = false;
  #nextId = 0;
  #rest = '';
  #lastOfStderr = '';

  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, [PROGRAM, ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    });
    this.#closed = once(this.child, 'close').then(([code]) => {
      this.gone = true;
      for (const id of this.#waiting.keys()) this.#settle(id, {});
      return code as number | null;
    });
    this.child.stdin?.on('error', () => {});
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#lastOfStderr + text).split('\n');
      this.#lastOfStderr = lines.pop() ?? '';
      for (const line of lines) if (!line.includes(' info ')) this.complaints.add(line);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async initialize(): Promise<void> {
    const clientInfo = { name: 'soak', version: '0' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const { result } = await this.request('initialize', params).answer;
    if (!result) throw new Error(`the program does not start: ${this.complaints.shown.join('; ')}`);
    this.#send({ method: 'notifications/initialized' });
  }

  /** Sends a request. `progress` resolves with the first progress that is reported for it. */
  request(method: string, params: object): { id: number; answer: Promise<Answer>; progress: Promise<void> } {
    const id = this.#nextId++;
    const progress = new Promise<void>((resolve) => this.#progress.set(id, resolve));
    const answer = new Promise<Answer>((resolve) => {
      const lost = setTimeout(() => this.#settle(id, {}), LOST_AFTER_MS);
      this.#waiting.set(id, (settled) => {
        clearTimeout(lost);
        resolve(settled);
      });
    });
    this.#send({ id, method, params: { ...params, _meta: { progressToken: id } } });
    return { id, answer, progress };
  }

  /** Cancels a request: from now on an answer to it is a defect. */
  cancel(id: number): void {
    this.#settle(id, {});
    this.#send({ method: 'notifications/cancelled', params: { requestId: id, reason: 'soak' } });
  }

  /** Ends stdin. @returns the exit code, and what stood on stdout behind the last line. */
  async end(): Promise<{ code: number | null; halfLine: string }> {
    this.child.stdin?.end();
    return { code: await this.#closed, halfLine: this.#rest };
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  #send(message: object): void {
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #take(line: string): void {
    const message = parse(line);
    const { id, method, params } = message;
    if (method === 'notifications/progress') this.#progress.get(params?.progressToken ?? -1)?.();
    else if (method !== undefined || id === undefined || !this.#waiting.has(id)) this.defects.add(`unasked: ${line}`);
    else this.#settle(id, message);
  }

  #settle(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
    this.#progress.delete(id);
  }
}

/** A line that is no JSON is a message without id: nobody waits for it. */
function parse(line: string): Message {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
