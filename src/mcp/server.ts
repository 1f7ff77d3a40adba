import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode, PingRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { words } from '../words/words.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Extra } from './ask.js';
import { type Caller, callerOf, SUPPORTED } from './era.js';
import type { Fields } from './fields.js';
import { instructions } from './instructions.js';
import { callListedTool } from './listed-call.js';
import { modernResult } from './modern-result.js';
import { protocolError, shown } from './protocol-error.js';
import type { RunningCalls } from './running-calls.js';
import { CAPABILITIES, SERVER_INFO } from './server-info.js';
import { isOffered, toolsFor } from './shown-tools.js';
import { TOOL_LIST } from './tool-list.js';

/**
 * The MCP server on the SDK's low-level `Server`. Requests go through its fallback handler, because the handlers made
 * for them answer a wrong call with a dump and stamp schemas that clients refuse.
 */
export function createServer(workspace: Workspace, calls: RunningCalls): Server {
  const { readOnly } = workspace.config;
  const tools = TOOL_LIST.filter((tool) => isOffered(tool, readOnly));
  const guide = instructions(tools.map((tool) => tool.name));
  const server = new Server(SERVER_INFO, { capabilities: CAPABILITIES, instructions: guide });
  server.onerror = (error) => workspace.log('debug', 'protocol', { error: error.message });

  const callerIn = (params: Fields) =>
    callerOf(params, { capabilities: server.getClientCapabilities(), clientInfo: server.getClientVersion() });

  async function answer(method: string, params: Fields, caller: Caller, extra: Extra): Promise<object> {
    switch (method) {
      case 'server/discover':
        if (caller.era === 'session') throw methodNotFound();
        return { supportedVersions: SUPPORTED, capabilities: CAPABILITIES, instructions: guide };
      case 'tools/list':
        refuseCursor(params);
        return { tools: toolsFor(caller.client, tools) };
      case 'tools/call':
        return calls.track(callListedTool(workspace, params, caller, extra));
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
        if (!prompt) throw protocolError(ErrorCode.InvalidParams, words().protocol.unknown_prompt(shown(params.name)));
        return prompt;
      }
      default:
        throw methodNotFound();
    }
  }

  server.fallbackRequestHandler = async ({ method, params = {} }, extra) => {
    const caller = callerIn(params);
    const result = await answer(method, params, caller, extra);
    return { ...(caller.era === 'modern' ? modernResult(method, result) : result) };
  };
  // The SDK would answer it in every era.
  server.setRequestHandler(PingRequestSchema, ({ params = {} }) => {
    if (callerIn(params).era === 'modern') throw methodNotFound();
    return {};
  });
  return server;
}

/** In English in every language: clients look for these words. */
function methodNotFound(): Error {
  return protocolError(ErrorCode.MethodNotFound, 'Method not found');
}

/** Lists have one page each, so no cursor was ever given out. */
function refuseCursor(params: Fields): void {
  if (params.cursor !== undefined) throw protocolError(ErrorCode.InvalidParams, words().protocol.one_page);
}
