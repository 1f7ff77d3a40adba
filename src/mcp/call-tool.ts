import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { Failure } from '../failure.js';
import { present } from '../present/result.js';
import { CATALOGUE } from '../tools/catalogue.js';
import type { ToolContext } from '../tools/tool.js';
import type { Session } from '../workspace/workspace.js';
import { readArguments } from './arguments.js';
import { failureResult, successResult } from './result.js';

/** What one call brings along, beside what all calls share. */
export type CallContext = Pick<ToolContext, 'limits' | 'ask' | 'progress'>;

/**
 * Runs a tool. A failure that the reader can understand is a result, so that a model can correct itself.
 * @throws whatever is no {@link Failure}: a defect of this program.
 */
export async function callTool(
  session: Session,
  name: string,
  raw: unknown,
  call: CallContext,
): Promise<CallToolResult> {
  const tool = CATALOGUE.find((candidate) => candidate.name === name);
  if (!tool) throw new TypeError(`${name} is listed and not in the catalogue`);
  try {
    const input = readArguments(tool, raw);
    const { hss, connection } = await session.connected();
    const { config, log, seenRunning } = session;
    const found = await tool.run(input, { hss, connection, behaviour: config, log, seenRunning, ...call });
    return successResult(present(found, connection.sandbox));
  } catch (error) {
    if (error instanceof Failure) return failureResult(tool, error);
    throw error;
  }
}
