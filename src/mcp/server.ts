import { setMaxListeners } from 'node:events';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { type CallToolResult, ErrorCode, LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import type { CallLimits } from '../call/limits.js';
import { clean } from '../text/clean.js';
import { redact } from '../text/secret.js';
import type { ToolContext } from '../tools/tool.js';
import { VERSION } from '../version.js';
import type { Workspace } from '../workspace/workspace.js';
import { ask, type Extra } from './ask.js';
import { instructions } from './instructions.js';
import type { RunningCalls } from './running-calls.js';
import { TOOL_LIST } from './tool-list.js';

/** No call lasts longer, in milliseconds: clients give up after 60 s. */
const CALL_LIMIT_MS = 45_000;
/**
 * The MCP server on the SDK's low-level `Server`. Requests go through its fallback handler, because the handlers made
 * for them answer a wrong call with a dump and stamp schemas that clients refuse.
 */
export function createServer(workspace: Workspace, calls: RunningCalls): Server {
  const { readOnly } = workspace.config;
  const tools = TOOL_LIST.filter((tool) => tool.annotations.readOnlyHint || !readOnly);
  const server = new Server(
    { name: 'huaweicloud-hss-mcp', title: 'Huawei Cloud HSS image scanning', version: VERSION },
    { capabilities: { tools: {}, prompts: {} }, instructions: instructions(tools.map((tool) => tool.name)) },
  );
  server.onerror = (error) => workspace.log('debug', 'protocol', { error: error.message });

  server.fallbackRequestHandler = async (request, extra) => {
    const params = request.params ?? {};
    switch (request.method) {
      case 'tools/list':
        refuseCursor(params);
        return { tools };
      case 'tools/call':
        return calls.track(callListedTool(server, workspace, params, extra));
      // No resource is offered yet, but some clients take an error here for a failed start.
      case 'resources/list':
        refuseCursor(params);
        return { resources: [] };
      case 'resources/templates/list':
        refuseCursor(params);
        return { resourceTemplates: [] };
      case 'prompts/list':
        refuseCursor(params);
        return { prompts: (await import('./prompts.js')).listPrompts(readOnly) };
      case 'prompts/get': {
        const { getPrompt } = await import('./prompts.js');
        const prompt = getPrompt(params.name, params.arguments, readOnly);
        if (!prompt) throw protocolError(ErrorCode.InvalidParams, `Unknown prompt: ${shown(params.name)}`);
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

/** What a client of a later revision declares in each request. */
const DECLARED = ['protocolVersion', 'clientCapabilities', 'clientInfo'].map(
  (name) => `io.modelcontextprotocol/${name}`,
);

/**
 * A request that names its revision by itself comes from a client that has declared itself in each request, and what it
 * has declared, a way to ask the person included, would be passed over here.
 */
function refuseLaterRevision({ _meta }: Readonly<Record<string, unknown>>): void {
  const declared = DECLARED.find((name) => typeof _meta === 'object' && _meta !== null && name in _meta);
  if (declared === undefined) return;
  throw protocolError(
    ErrorCode.InvalidParams,
    `Requests with ${declared} are not supported: this server speaks revisions up to ${LATEST_PROTOCOL_VERSION}, after initialize`,
  );
}

async function callListedTool(
  server: Server,
  workspace: Workspace,
  params: Readonly<Record<string, unknown>>,
  extra: Extra,
): Promise<CallToolResult> {
  refuseLaterRevision(params);
  const tool = TOOL_LIST.find(({ name }) => name === params.name);
  if (!tool) throw protocolError(ErrorCode.InvalidParams, `Unknown tool: ${shown(params.name)}`);
  if (workspace.config.readOnly && !tool.annotations.readOnlyHint) {
    throw protocolError(
      ErrorCode.InvalidParams,
      `${tool.name} is not offered: HSS_READ_ONLY is true, or cannot be read`,
    );
  }
  // Every wait of the call listens for its end.
  setMaxListeners(0, extra.signal);
  const limits: CallLimits = { signal: extra.signal, deadline: performance.now() + CALL_LIMIT_MS };
  try {
    // Loaded with the first call: listing the tools needs none of them.
    const { callTool } = await import('./call-tool.js');
    return await callTool(workspace, tool.name, params.arguments, {
      limits,
      progress: progressOf(extra),
      ask: (question) => ask(server, extra, limits, question),
    });
  } catch (error) {
    // Cancelled: whatever is thrown, no answer is sent.
    if (extra.signal.aborted) throw error;
    workspace.log('error', `${tool.name} failed unexpectedly`, {
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
    const params = { progressToken, progress, total, message: redact(message) };
    extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
  };
}

/** A name that somebody asked for, whatever it is. */
function shown(name: unknown): string {
  return typeof name === 'string' ? clean(name, 64) : 'its name is no text';
}

/** An error that the SDK sends as it is; its own class would put a prefix before the message. */
function protocolError(code: ErrorCode, message: string): Error & { code: number } {
  return Object.assign(new Error(message), { code });
}
