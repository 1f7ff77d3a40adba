import type { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import type { Behaviour, Connection } from '../config/config.js';
import type { HssClient } from '../hss/client.js';
import type { Log } from '../log.js';

/** What a person answered; `unavailable` when the client cannot ask. Everything but `accept` means: do nothing. */
export type Answer = 'accept' | 'decline' | 'cancel' | 'no-answer' | 'unavailable';

/** What a tool works with during one call. */
export interface ToolContext {
  readonly hss: HssClient;
  readonly connection: Connection;
  readonly behaviour: Behaviour;
  readonly limits: CallLimits;
  readonly log: Log;
  /** Images that were seen running, kept for the life of the process; scan-progress.ts makes the keys. */
  readonly seenRunning: Set<string>;
  /** Tells a caller that asked for it how far the call is; `done` has to grow. */
  progress(done: number, total: number, message: string): void;
  /** Asks the person in front of the client for consent. The question is only made where the client can ask. */
  ask(question: () => Promise<string>): Promise<Answer>;
}

/** What a tool found. Both parts are complete on their own: some clients hand the model only one of them. */
export interface ToolResult<T> {
  readonly structured: T;
  /** A summary line, then whatever a reader needs; text from outside stands in a fence. */
  readonly text: string;
}

/** One tool, as a file of its own defines it. The MCP face knows tools through this alone. */
export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  /** snake_case, at most 40 characters; also the name of the file. */
  readonly name: string;
  readonly title: string;
  /** Under 1,024 characters. */
  readonly description: string;
  /** Whether it only reads. A tool that does not is removed by `HSS_READ_ONLY`. */
  readonly readOnly: boolean;
  /** The clean form of the arguments; the MCP face advertises it and reads tolerantly into it. */
  readonly input: I;
  readonly output: O;
  /** A right call, shown when arguments are refused. */
  readonly example: z.input<I>;
  /** @throws {Failure} when it cannot be done; anything else thrown is a defect. */
  run(input: z.output<I>, context: ToolContext): Promise<ToolResult<z.input<O>>>;
}

/** Types a tool's `run` by its schemas. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(tool: Tool<I, O>): Tool<I, O> {
  return tool;
}
