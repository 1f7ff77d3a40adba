import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  type CallToolResult,
  ElicitResultSchema,
  ErrorCode,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { Failure } from '../failure.js';
import type { CallLimits } from '../http/transport.js';
import { CATALOGUE } from '../tools/catalogue.js';
import type { Answer, Tool, ToolContext } from '../tools/tool.js';
import { VERSION } from '../version.js';
import { readArguments } from './input.js';
import { instructions } from './instructions.js';
import { getPrompt, listPrompts } from './prompts.js';
import { failureResult, successResult } from './result.js';
import { inputSchema, outputSchema } from './schema.js';
import type { Session } from './session.js';

/** No call lasts longer, in milliseconds: clients give up after 60 s. */
const CALL_LIMIT_MS = 45_000;
/** Longest wait for a person's answer, and the time that must be left afterwards to send the request. */
const ASK_LIMIT_MS = 40_000;
const AFTER_ASKING_MS = 4_000;

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/**
 * The MCP server on the SDK's low-level `Server`. Requests go through its fallback handler, because the handlers made
 * for them answer a wrong call with a dump and stamp schemas that clients refuse.
 */
export function createServer(session: Session): Server {
  const tools = CATALOGUE.filter((tool) => tool.readOnly || !session.config.readOnly);
  const server = new Server(
    { name: 'huaweicloud-hss-mcp', title: 'Huawei Cloud HSS image scanning', version: VERSION },
    { capabilities: { tools: {}, prompts: {} }, instructions: instructions(tools.map((tool) => tool.name)) },
  );
  server.onerror = (error) => session.log('debug', 'protocol', { error: error.message });

  const list = { tools: tools.map(advertise) };
  server.fallbackRequestHandler = async (request, extra) => {
    const params = request.params ?? {};
    switch (request.method) {
      case 'tools/list':
        if (params.cursor !== undefined)
          throw protocolError(ErrorCode.InvalidParams, 'Unknown cursor: there is one page');
        return list;
      case 'tools/call':
        return session.track(callTool(server, session, params, extra));
      case 'prompts/list':
        refuseCursor(params);
        return { prompts: listPrompts(session.config.readOnly) };
      case 'prompts/get': {
        const prompt = getPrompt(params.name, params.arguments, session.config.readOnly);
        if (!prompt)
          throw protocolError(ErrorCode.InvalidParams, `Unknown prompt: ${String(params.name).slice(0, 64)}`);
        return prompt;
      }
      default:
        throw protocolError(ErrorCode.MethodNotFound, 'Method not found');
    }
  };
  return server;
}

/** Lists have one page each, so no cursor was ever given out. */
function refuseCursor(params: Readonly<Record<string, unknown>>): void {
  if (params.cursor !== undefined) throw protocolError(ErrorCode.InvalidParams, 'Unknown cursor: there is one page');
}

function advertise(tool: Tool) {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool.input),
    outputSchema: outputSchema(tool.output),
    annotations: {
      title: tool.title,
      readOnlyHint: tool.readOnly,
      destructiveHint: false,
      idempotentHint: tool.readOnly,
      openWorldHint: true,
    },
  };
}

async function callTool(
  server: Server,
  session: Session,
  params: Readonly<Record<string, unknown>>,
  extra: Extra,
): Promise<CallToolResult> {
  const tool = CATALOGUE.find(({ name }) => name === params.name);
  if (!tool) throw protocolError(ErrorCode.InvalidParams, `Unknown tool: ${String(params.name).slice(0, 64)}`);
  if (!tool.readOnly && session.config.readOnly) {
    throw protocolError(ErrorCode.InvalidParams, `${tool.name} is not offered: HSS_READ_ONLY is true`);
  }
  const limits: CallLimits = { signal: extra.signal, deadline: performance.now() + CALL_LIMIT_MS };
  try {
    const input = readArguments(tool, params.arguments);
    const { hss, connection } = await session.connected();
    const result = await tool.run(input, {
      hss,
      connection,
      behaviour: session.config,
      limits,
      log: session.log,
      seenRunning: session.seenRunning,
      progress: progressOf(extra),
      ask: (question) => ask(server, extra, limits, question),
    });
    return successResult(result, connection.sandbox);
  } catch (error) {
    if (error instanceof Failure) return failureResult(tool, error);
    // Cancelled: whatever is thrown, no answer is sent.
    if (extra.signal.aborted) throw error;
    session.log('error', `${tool.name} failed unexpectedly`, {
      error: error instanceof Error ? error.stack : String(error),
    });
    throw protocolError(ErrorCode.InternalError, `${tool.name} failed unexpectedly; the log on stderr says more`);
  }
}

/** Sends progress to a caller that gave a token for it. A client that does not take it is no reason to fail. */
function progressOf(extra: Extra): ToolContext['progress'] {
  const progressToken = extra._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  return (progress, total, message) => {
    const params = { progressToken, progress, total, message };
    extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
  };
}

/** Asks the person through elicitation, where the client has declared it. */
async function ask(server: Server, extra: Extra, limits: CallLimits, question: () => Promise<string>): Promise<Answer> {
  const elicitation = server.getClientCapabilities()?.elicitation;
  // A client that declares only the URL mode cannot show a question.
  if (!elicitation || (elicitation.url && !elicitation.form)) return 'unavailable';
  const message = await question();
  const timeout = Math.min(ASK_LIMIT_MS, limits.deadline - performance.now() - AFTER_ASKING_MS);
  try {
    const { action } = await extra.sendRequest(
      {
        method: 'elicitation/create',
        params: { message, requestedSchema: { type: 'object', properties: {} } },
      },
      ElicitResultSchema,
      { timeout, signal: extra.signal },
    );
    return action;
  } catch {
    return 'no-answer';
  }
}

/** An error that the SDK sends as it is; its own class would put a prefix before the message. */
function protocolError(code: ErrorCode, message: string): Error & { code: number } {
  return Object.assign(new Error(message), { code });
}
