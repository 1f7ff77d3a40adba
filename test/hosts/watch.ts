import { existsSync, readFileSync } from 'node:fs';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
}

export interface Line {
  /** One program each: some hosts start several. */
  readonly pid: number;
  readonly from: 'host' | 'program';
  readonly message: Message;
}

/** A line of the file, as watched.mjs writes it. */
interface Copied {
  readonly pid: number;
  readonly from: Line['from'] | 'environment';
  readonly line: string;
}

const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const VERSION = 'io.modelcontextprotocol/protocolVersion';

/** What went over stdio between a host and the program, as watched.mjs has copied it. */
export class Watch {
  constructor(private readonly file: string) {}

  get lines(): readonly Line[] {
    return this.#copied.flatMap(({ pid, from, line }) =>
      from === 'environment' ? [] : [{ pid, from, message: JSON.parse(line) as Message }],
    );
  }

  /** Which of the variables for proxies and certificates the host has passed on to the program. */
  get passedOn(): readonly string[] {
    const names = this.#copied.flatMap(({ from, line }) =>
      from === 'environment' ? (JSON.parse(line) as string[]) : [],
    );
    return [...new Set(names)];
  }

  get #copied(): readonly Copied[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').filter(Boolean);
    return lines.map((text) => JSON.parse(text) as Copied);
  }

  /** Requests and notifications of the host, by method. */
  sent(method: string): readonly Message[] {
    return this.#of('host', method);
  }

  /** Questions that the program has put to the person, in the one era or the other. */
  get questions(): readonly string[] {
    const inSessions = this.#of('program', 'elicitation/create').map(({ params }) => String(params?.message));
    const byResults = this.lines.flatMap(({ from, message }) =>
      from === 'program' && message.result?.resultType === 'input_required' ? [JSON.stringify(message.result)] : [],
    );
    return [...inSessions, ...byResults];
  }

  /** What the person, or the host for the person, has answered, in the one era or the other. */
  get answers(): readonly unknown[] {
    const asked = new Set(
      this.lines.flatMap(({ from, pid, message }) =>
        from === 'program' && message.method === 'elicitation/create' ? [`${pid} ${message.id}`] : [],
      ),
    );
    return this.lines.flatMap(({ from, pid, message: { id, method, params, result, error } }) => {
      if (from !== 'host') return [];
      if (method === 'tools/call' && params?.inputResponses) return Object.values(params.inputResponses);
      return method === undefined && asked.has(`${pid} ${id}`) ? [result ?? error] : [];
    });
  }

  /** The tools that the host has called; not again where it only brings the answer to a question. */
  get called(): readonly unknown[] {
    return this.sent('tools/call').flatMap(({ params }) => (params?.inputResponses ? [] : [params?.name]));
  }

  /** What the host says of itself and how it opens, in a few words. */
  get opening(): { readonly first: string; readonly version: string; readonly elicitation: string } {
    const fromHost = this.lines.flatMap(({ from, message }) => (from === 'host' && message.method ? [message] : []));
    const [initialize] = this.sent('initialize');
    const modern = fromHost.find(({ params }) => metaOf(params)[VERSION]);
    const version = initialize?.params?.protocolVersion ?? metaOf(modern?.params)[VERSION];
    const capabilities = (initialize?.params?.capabilities ?? metaOf(modern?.params)[CAPABILITIES] ?? {}) as Record<
      string,
      unknown
    >;
    return {
      first: String(fromHost[0]?.method),
      version: String(version),
      elicitation: capabilities.elicitation === undefined ? 'no' : JSON.stringify(capabilities.elicitation),
    };
  }

  #of(from: Line['from'], method: string): readonly Message[] {
    return this.lines.flatMap((line) => (line.from === from && line.message.method === method ? [line.message] : []));
  }
}

function metaOf(params: Message['params']): Readonly<Record<string, unknown>> {
  return (params?._meta ?? {}) as Readonly<Record<string, unknown>>;
}
