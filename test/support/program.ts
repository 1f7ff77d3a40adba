import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallToolResult, JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { CATALOGUE } from '../../src/tools/catalogue.js';

const PROGRAM = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

type Environment = Readonly<Record<string, string>>;
type Message = JSONRPCMessage & {
  id?: number | string;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
};

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

/** The built program, driven over its real stdin and stdout. Every stdout line is checked to be a protocol message. */
export class Program {
  readonly lines: string[] = [];
  stderr = '';
  /** Answers requests of the server (elicitation); absent: they stay unanswered. */
  onServerRequest: ((request: Message) => object | undefined) | undefined;
  readonly notifications: Message[] = [];
  readonly #waiting = new Map<number | string, (message: Message) => void>();
  #nextId = 1;
  #rest = '';

  private constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#onStdout(text));
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

  send(message: object | string): void {
    this.child.stdin?.write(typeof message === 'string' ? message : `${JSON.stringify(message)}\n`);
  }

  /** Sends a request and resolves with the whole answer. */
  exchange(method: string, params?: object): { id: number; answer: Promise<Message> } {
    const id = this.#nextId++;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.send({ jsonrpc: '2.0', id, method, ...(params && { params }) });
    return { id, answer };
  }

  async request(method: string, params?: object): Promise<Record<string, unknown>> {
    const { result, error } = await this.exchange(method, params).answer;
    if (!result) throw new Error(`${method} failed: ${JSON.stringify(error)}`);
    return result;
  }

  /** Calls a tool; `text` is its text part. A good result is checked against the tool's output schema. */
  async call(name: string, args: object = {}): Promise<CallToolResult & { text: string; structured: Structured }> {
    const result = (await this.request('tools/call', { name, arguments: args })) as CallToolResult;
    const [part] = result.content;
    if (!result.isError) CATALOGUE.find((tool) => tool.name === name)?.output.parse(result.structuredContent);
    return {
      ...result,
      text: part?.type === 'text' ? part.text : '',
      structured: (result.structuredContent ?? {}) as Structured,
    };
  }

  /** Ends stdin and resolves with exit code and the time it took, in ms. */
  async end(): Promise<{ code: number | null; ms: number }> {
    const begun = performance.now();
    const exited = this.exited();
    this.child.stdin?.end();
    return { code: await exited, ms: performance.now() - begun };
  }

  async exited(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const [code] = await once(this.child, 'exit');
    return code as number | null;
  }

  /** Everything that came out of the program. */
  output(): string {
    return [...this.lines, this.stderr].join('\n');
  }

  #onStdout(text: string): void {
    this.#rest += text;
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.lines.push(line);
      const message = JSONRPCMessageSchema.parse(JSON.parse(line)) as Message;
      this.#dispatch(message);
    }
  }

  #dispatch(message: Message): void {
    if (!('method' in message) && message.id !== undefined) {
      const resolve = this.#waiting.get(message.id);
      if (!resolve) throw new Error(`an answer that nobody waits for: ${JSON.stringify(message)}`);
      this.#waiting.delete(message.id);
      resolve(message);
    } else if (message.id !== undefined) {
      const result = this.onServerRequest?.(message);
      if (result) this.send({ jsonrpc: '2.0', id: message.id, ...result });
    } else {
      this.notifications.push(message);
    }
  }
}

/** Structured content of a result, as far as tests look into it. */
export interface Structured {
  readonly [name: string]: unknown;
  readonly images: readonly Record<string, unknown>[];
  readonly warnings: readonly string[];
  readonly request_ids: readonly string[];
}
