import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const INITIALIZE = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '0' } };

/** The least that speaks MCP over stdio: what it costs stays out of the figures as far as possible. */
export class StdioClient {
  readonly #waiting = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>();
  /** Notifications of the server so far. */
  notifications = 0;
  #rest = '';
  #nextId = 0;

  constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as { id?: number; result?: unknown; error?: unknown };
        if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
        else this.notifications += 1;
      }
    });
  }

  static spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}): StdioClient {
    const stdio = ['pipe', 'pipe', 'ignore'] as const;
    return new StdioClient(spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: [...stdio] }));
  }

  request(method: string, params?: object): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error) reject(new Error(JSON.stringify(error)));
        else resolve(result);
      });
      this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, ...(params && { params }) })}\n`);
    });
  }

  async initialize(): Promise<void> {
    await this.request('initialize', INITIALIZE);
    this.child.stdin?.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  }

  async call(name: string, args: object): Promise<{ isError?: boolean; structuredContent?: Record<string, unknown> }> {
    const result = (await this.request('tools/call', {
      name,
      arguments: args,
      _meta: { progressToken: name },
    })) as { isError?: boolean };
    if (result.isError) throw new Error(JSON.stringify(result));
    return result;
  }

  /** The most resident memory that the server has had since its start, in MiB (Linux). */
  peakMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** Processor time of the server since its start, in seconds (Linux): what a busy machine does not change. */
  processorSeconds(): number {
    // The name of the program, in brackets, may hold anything.
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Resident memory of the server now, in MiB (Linux). */
  residentMiB(): number {
    const pages = Number(readFileSync(`/proc/${this.child.pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * 4096) / 1024 / 1024;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
