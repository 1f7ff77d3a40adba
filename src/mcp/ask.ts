import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { ElicitResultSchema, type ServerNotification, type ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import type { CallLimits } from '../call/limits.js';
import type { Credentials } from '../config/identity.js';
import type { Answer } from '../images/consent.js';
import { redact } from '../text/secret.js';
import type { ToolContext } from '../tools/tool.js';

/** What the SDK hands to the handler of a request. */
export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** The call that a question belongs to: what a person agrees to holds for nothing else. */
export interface AskedCall {
  readonly tool: string;
  /** The arguments as they were read. */
  readonly input: unknown;
  readonly credentials: Credentials;
}

/** How the person can be asked within a call. */
export type Asking = (call: AskedCall) => ToolContext['ask'];

/** Longest wait for a person's answer, and the time that must be left afterwards to send the request. */
const ASK_LIMIT_MS = 40_000;
const AFTER_ASKING_MS = 4_000;

/** Asks the person within a session whose client has declared elicitation. */
export async function ask(extra: Extra, limits: CallLimits, question: () => Promise<string>): Promise<Answer> {
  const message = redact(await question());
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
