import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ANTHROPIC } from './anthropic.js';
import {
  type Asked,
  CALL_ID,
  type Fields,
  type ModelApi,
  type OfferedTool,
  type Saying,
  type ShownResult,
} from './api.js';
import { GEMINI } from './gemini.js';
import { OPENAI_CHAT } from './openai-chat.js';
import { OPENAI_RESPONSES } from './openai-responses.js';

const APIS: readonly ModelApi[] = [ANTHROPIC, OPENAI_RESPONSES, OPENAI_CHAT, GEMINI];

/** One call of the script. */
export interface ScriptedCall {
  readonly tool: string;
  readonly args: object;
}

/**
 * A model on loopback that makes the calls of a script, one after the other, and then says that it is done. Where it is
 * in the script it reads off each request: a host may ask for titles or summaries in between, or ask twice.
 */
export class ScriptedModel {
  /** Tools of the server that the host has offered, as it names them. */
  offered: readonly OfferedTool[] = [];
  /** What the model was given for each call of the script. */
  shown: readonly ShownResult[] = [];
  /** All that was asked for and not understood: for the message of a failed test. */
  readonly strange: string[] = [];
  readonly #bodies: string[] = [];

  private constructor(
    readonly url: string,
    private readonly script: readonly ScriptedCall[],
    readonly close: () => Promise<void>,
  ) {}

  static async start(script: readonly ScriptedCall[]): Promise<ScriptedModel> {
    const server = createServer(async (request, response) => {
      const path = request.url ?? '/';
      const body = await text(request);
      const reply = model.#reply(path, body);
      if (!reply) {
        model.strange.push(`${request.method} ${path}`);
        return void response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      }
      response.writeHead(200, { 'content-type': reply.type, 'cache-control': 'no-cache' }).end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const model = new ScriptedModel(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, script, () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    return model;
  }

  /** Whether any request of the host held this text. */
  wasGiven(text: string): boolean {
    const written = JSON.stringify(text).slice(1, -1);
    return this.#bodies.some((body) => body.includes(written));
  }

  #reply(path: string, text: string) {
    const [plain = ''] = path.split('?');
    const api = APIS.find((candidate) => candidate.speaks(plain));
    if (!api || text === '') return undefined;
    const body = JSON.parse(text) as Fields;
    this.#bodies.push(text);
    return api.reply(this.#next(api.read(body)), body, path);
  }

  #next({ tools, results }: Asked): Saying {
    const named = (tool: string) => tools.find(({ name }) => name.endsWith(tool));
    const ours = tools.filter(({ name, namespace }) => /hss/.test(namespace ?? name));
    if (ours.length > this.offered.length) this.offered = ours;
    if (results.length > this.shown.length) this.shown = results;
    const call = this.script[results.length];
    const tool = call && named(call.tool);
    if (!call || !tool) return { kind: 'text', text: 'Done.' };
    return { kind: 'call', id: `${CALL_ID}${results.length}`, tool, args: call.args };
  }
}
