import { setMaxListeners } from 'node:events';
import { type CallToolResult, ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import type { CallLimits } from '../call/limits.js';
import { redact } from '../text/secret.js';
import type { ToolContext } from '../tools/tool.js';
import { wordsAtStart } from '../words/at-start.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Asking, ask, type Extra } from './ask.js';
import type { Caller } from './era.js';
import type { Fields } from './fields.js';
import { InputRequired, type InputRequiredResult } from './input-required.js';
import { protocolError, shown } from './protocol-error.js';
import { isOffered } from './shown-tools.js';
import { TOOL_LIST } from './tool-list.js';

/** No call lasts longer, in milliseconds: clients give up after 60 s. */
const CALL_LIMIT_MS = 45_000;

/** Answers `tools/call`. @throws -32602 for a tool that is not offered, -32603 for a defect of this program. */
export async function callListedTool(
  workspace: Workspace,
  params: Fields,
  caller: Caller,
  extra: Extra,
): Promise<CallToolResult | InputRequiredResult> {
  const tool = TOOL_LIST.find(({ name }) => name === params.name);
  if (!tool) throw protocolError(ErrorCode.InvalidParams, wordsAtStart().protocol.unknown_tool(shown(params.name)));
  if (!isOffered(tool, workspace.config.readOnly)) {
    throw protocolError(ErrorCode.InvalidParams, wordsAtStart().protocol.not_offered(tool.name));
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
      // Which revision a session has agreed on is not known here, and the early ones know no links.
      links: caller.era === 'modern',
      asking: await askingOf(workspace, params, caller, extra, limits),
    });
  } catch (error) {
    if (error instanceof InputRequired) return error.result;
    // Cancelled: whatever is thrown, no answer is sent.
    if (extra.signal.aborted) throw error;
    workspace.log('error', wordsAtStart().protocol.failed(tool.name), {
      error: error instanceof Error ? error.stack : String(error),
    });
    throw protocolError(ErrorCode.InternalError, wordsAtStart().protocol.failed_see_log(tool.name));
  }
}

async function askingOf(
  workspace: Workspace,
  params: Fields,
  caller: Caller,
  extra: Extra,
  limits: CallLimits,
): Promise<Asking> {
  if (caller.era === 'session') {
    return () => (question) => (caller.canAsk ? ask(extra, limits, question) : Promise.resolve('unavailable'));
  }
  const { askByResult } = await import('./ask-by-result.js');
  const { RequestStates } = await import('./request-state.js');
  const states = workspace.keep('request states', () => new RequestStates());
  return (call) => askByResult(states, caller.canAsk, params, call);
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
