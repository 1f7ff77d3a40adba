import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  ErrorCode,
  InitializeRequestSchema,
  LATEST_PROTOCOL_VERSION,
  PingRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import { BOARD_URI, boardEntry, boardPage } from '../board/resource.js';
import { wordsAtStart } from '../words/at-start.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Extra } from './ask.js';
import { type Caller, callerOf, type Declared, SUPPORTED } from './era.js';
import type { Fields } from './fields.js';
import { instructions } from './instructions.js';
import { callListedTool } from './listed-call.js';
import { modernResult } from './modern-result.js';
import { protocolError, shown } from './protocol-error.js';
import type { RunningCalls } from './running-calls.js';
import { capabilitiesFor, SERVER_INFO } from './server-info.js';
import { isOffered, toolsFor } from './shown-tools.js';
import { TOOL_LIST } from './tool-list.js';

const RESOURCE_NOT_FOUND = -32002;

/**
 * The MCP server on the SDK's low-level `Server`. Requests go through its fallback handler, because the handlers made
 * for them answer a wrong call with a dump and stamp schemas that clients refuse.
 */
export function createServer(workspace: Workspace, calls: RunningCalls): Server {
  const { readOnly } = workspace.config;
  const tools = TOOL_LIST.filter((tool) => isOffered(tool, readOnly));
  const guide = instructions(tools.map((tool) => tool.name));
  const server = new Server(SERVER_INFO);
  server.onerror = (error) => workspace.log('debug', 'protocol', { error: error.message });

  let session: Declared = {};
  const callerIn = (params: Fields) => callerOf(params, session);

  async function answer(method: string, params: Fields, caller: Caller, extra: Extra): Promise<object> {
    switch (method) {
      case 'server/discover':
        if (caller.era === 'session') throw methodNotFound();
        return { supportedVersions: SUPPORTED, capabilities: capabilitiesFor(caller), instructions: guide };
      case 'tools/list':
        refuseCursor(params);
        return { tools: toolsFor(caller, tools) };
      case 'tools/call':
        return calls.track(callListedTool(workspace, params, caller, extra));
      // Some clients take an error here for a failed start, though no resource was announced to them.
      case 'resources/list':
        refuseCursor(params);
        return { resources: caller.showsApps ? [boardEntry()] : [] };
      case 'resources/templates/list':
        refuseCursor(params);
        return { resourceTemplates: [] };
      case 'resources/read':
        if (!caller.showsApps) throw methodNotFound();
        if (params.uri !== BOARD_URI) throw unknownResource(params.uri, caller);
        return { contents: [await boardPage({ canScan: !readOnly })] };
      case 'prompts/list':
        refuseCursor(params);
        return { prompts: (await import('./prompts.js')).listPrompts(readOnly) };
      case 'prompts/get': {
        const { getPrompt } = await import('./prompts.js');
        const prompt = getPrompt(params.name, params.arguments, readOnly);
        if (!prompt)
          throw protocolError(ErrorCode.InvalidParams, wordsAtStart().protocol.unknown_prompt(shown(params.name)));
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
  // The SDK would announce the same to every client.
  server.setRequestHandler(InitializeRequestSchema, ({ params }) => {
    session = params;
    const { protocolVersion } = params;
    return {
      protocolVersion: SUPPORTED_PROTOCOL_VERSIONS.includes(protocolVersion)
        ? protocolVersion
        : LATEST_PROTOCOL_VERSION,
      capabilities: capabilitiesFor(callerOf({}, session)),
      serverInfo: SERVER_INFO,
      instructions: guide,
    };
  });
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

/** Which code says so has changed with {@link SUPPORTED}'s newest revision. */
function unknownResource(uri: unknown, { era }: Caller): Error {
  const code = era === 'modern' ? ErrorCode.InvalidParams : RESOURCE_NOT_FOUND;
  return protocolError(code, `Unknown resource: ${shown(uri)}`);
}

/** Lists have one page each, so no cursor was ever given out. */
function refuseCursor(params: Fields): void {
  if (params.cursor !== undefined) throw protocolError(ErrorCode.InvalidParams, wordsAtStart().protocol.one_page);
}
