import { type ChildProcess, spawn } from 'node:child_process';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { PROGRAM } from './command.js';
import { type Message, Wire } from './wire.js';

type Environment = Readonly<Record<string, string>>;

/** Settings that lead the program to a sandbox of the test's own, with its access key. */
export function settingsFor(sandbox: Sandbox, region = 'cn-north-4'): Record<string, string> {
  return {
    CLOUD_SDK_AK: sandbox.credentials.ak,
    CLOUD_SDK_SK: sandbox.credentials.sk,
    HSS_REGION: region,
    HSS_PROJECT_ID: sandbox.projectId(region),
    HSS_ENDPOINT: sandbox.hssEndpoint(region),
    HSS_IAM_ENDPOINT: sandbox.iamEndpoint,
  };
}

/** The built program, driven over its real stdin and stdout. A {@link Wire} watches both; what it refuses fails the test. */
export class Program {
  readonly lines: string[] = [];
  stderr = '';
  /** Answers requests of the server (elicitation); absent: they stay unanswered. */
  onServerRequest: ((request: Message) => object | undefined) | undefined;
  readonly notifications: Message[] = [];
  readonly #wire = new Wire();
  readonly #waiting = new Map<number | string, Waiting>();
  #violation: Error | undefined;
  readonly #closed: Promise<number | null>;
  #nextId = 1;

  private constructor(readonly child: ChildProcess) {
    this.#closed = new Promise((resolve) => child.on('close', resolve));
    child.stdout?.on('data', (chunk: Buffer) => this.#onStdout(chunk));
    child.stdout?.on('end', () => this.#guard(() => this.#wire.ended()));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    child.stdin?.on('error', () => {});
  }

  /** Starts the program and shakes hands. Nothing of the test's own environment reaches it but PATH. */
  static async start(
    env: Environment,
    options: { args?: string[]; capabilities?: object; program?: string } = {},
  ): Promise<Program> {
    const program = Program.spawn(env, options.args, options.program);
    await program.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: options.capabilities ?? {},
      clientInfo: { name: 'test', version: '0' },
    });
    program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return program;
  }

  static spawn(env: Environment, args: string[] = [], program = PROGRAM): Program {
    return new Program(
      spawn(process.execPath, [program, ...args], {
        env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
      }),
    );
  }

  /** Sends a message, or bytes as they are. */
  send(message: object | string | Buffer): void {
    const raw = typeof message === 'string' || Buffer.isBuffer(message);
    const bytes = Buffer.from(raw ? message : `${JSON.stringify(message)}\n`);
    this.#wire.sent(bytes);
    this.child.stdin?.write(bytes);
  }

  /** Sends a request and resolves with the whole answer. */
  exchange(method: string, params?: object): { id: number; answer: Promise<Message> } {
    const id = this.#nextId++;
    const answer = new Promise<Message>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.send({ jsonrpc: '2.0', id, method, ...(params && { params }) });
    return { id, answer };
  }

  async request(method: string, params?: object): Promise<Record<string, unknown>> {
    const { result, error } = await this.exchange(method, params).answer;
    if (!result) throw new Error(`${method} failed: ${JSON.stringify(error)}`);
    return result;
  }

  /** Calls a tool; `text` is its text part. */
  async call(name: string, args: object = {}): Promise<CallToolResult & { text: string; structured: Structured }> {
    const result = (await this.request('tools/call', { name, arguments: args })) as CallToolResult;
    const [part] = result.content;
    return {
      ...result,
      text: part?.type === 'text' ? part.text : '',
      structured: (result.structuredContent ?? {}) as Structured,
    };
  }

  /**
   * Ends stdin and resolves with exit code and the time it took, in ms.
   * @param abandoned how many requests are left behind without an answer.
   * @throws {Error} when another number of requests stayed without an answer, or the output broke the protocol.
   */
  async end({ abandoned = 0 } = {}): Promise<{ code: number | null; ms: number }> {
    const begun = performance.now();
    const exited = this.exited();
    this.child.stdin?.end();
    const code = await exited;
    const { unanswered } = this.#wire;
    if (unanswered.length !== abandoned) throw new Error(`without an answer: ${unanswered.slice(0, 10).join(', ')}`);
    return { code, ms: performance.now() - begun };
  }

  /** Resolves with the exit code once all output has come. @throws {Error} when the output broke the protocol. */
  async exited(): Promise<number | null> {
    const code = await this.#closed;
    if (this.#violation) throw this.#violation;
    return code;
  }

  /** Everything that came out of the program. */
  output(): string {
    return [...this.lines, this.stderr].join('\n');
  }

  #onStdout(chunk: Buffer): void {
    this.#guard(() => {
      for (const { line, message } of this.#wire.received(chunk)) {
        this.lines.push(line);
        this.#dispatch(message);
      }
    });
  }

  /** Keeps the first violation of the protocol for {@link exited}, and lets everybody know who waits. */
  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#violation ??= error as Error;
      for (const { reject } of this.#waiting.values()) reject(error as Error);
      this.#waiting.clear();
    }
  }

  #dispatch(message: Message): void {
    if (message.method === undefined) {
      // Raw lines may ask for what nobody waits for; the wire has checked that it was asked.
      this.#waiting.get(message.id ?? '')?.resolve(message);
      this.#waiting.delete(message.id ?? '');
    } else if (message.id !== undefined) {
      const result = this.onServerRequest?.(message);
      if (result) this.send({ jsonrpc: '2.0', id: message.id, ...result });
    } else {
      this.notifications.push(message);
    }
  }
}

interface Waiting {
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** Structured content of a result, as far as tests look into it. */
export interface Structured {
  readonly [name: string]: unknown;
  readonly images: readonly Record<string, unknown>[];
  readonly warnings: readonly string[];
  readonly request_ids: readonly string[];
}
