import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { CallOver } from '../call/limits.js';
import { Failure } from '../failure.js';
import { FindingsStore } from '../findings/findings-store.js';
import { HssExports } from '../findings/hss-export.js';
import { LastLooks } from '../images/last-looks.js';
import { Sendings } from '../images/sending.js';
import { present } from '../present/result.js';
import { CATALOGUE } from '../tools/catalogue.js';
import type { ToolContext } from '../tools/tool.js';
import { words } from '../words/words.js';
import type { Workspace } from '../workspace/workspace.js';
import { readArguments } from './arguments.js';
import type { Asking } from './ask.js';
import { failureResult, successResult } from './result.js';

/** What one call brings along, beside what all calls share. */
export interface CallContext extends Pick<ToolContext, 'limits' | 'progress'> {
  readonly asking: Asking;
  /** Whether the client takes a link to a file in a result. */
  readonly links?: boolean;
}

/**
 * Runs a tool. A failure that the reader can understand is a result, so that a model can correct itself.
 * @throws whatever is no {@link Failure}: a defect of this program.
 */
export async function callTool(
  workspace: Workspace,
  name: string,
  raw: unknown,
  { asking, links = false, ...call }: CallContext,
): Promise<CallToolResult> {
  const tool = CATALOGUE.find((candidate) => candidate.name === name);
  if (!tool) throw new TypeError(`${name} is listed and not in the catalogue`);
  try {
    const input = readArguments(tool, raw);
    const { hss, connection, paces } = await workspace.connected();
    const ask = asking({ tool: name, input, credentials: connection.credentials });
    const { config: behaviour, log, seenRunning, selections, scans } = workspace;
    const findings = workspace.keep('findings', () => new FindingsStore(hss, log, paces));
    const lastLooks = workspace.keep('last looks', () => new LastLooks());
    const sendings = workspace.keep('sendings', () => new Sendings());
    const hssExports = workspace.keep('exports', () => new HssExports(hss));
    const kept = { seenRunning, lastLooks, selections, scans, sendings, findings, hssExports };
    const found = await tool.run(input, { hss, connection, behaviour, log, ...kept, ...call, ask });
    return successResult(present(found, connection.sandbox), links);
  } catch (error) {
    if (error instanceof Failure) return failureResult(tool, error);
    if (error instanceof CallOver && error.why === 'late') return failureResult(tool, timeUp());
    throw error;
  }
}

/** A wait outside of any request ended with the call. */
function timeUp(): Failure {
  const say = words().failures;
  return new Failure(say.time_was_up, { source: 'passing', effect: 'not_sent', retry: true, next: say.ask_for_less });
}
