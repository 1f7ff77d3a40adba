import { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import type { Behaviour, Connection } from '../config/config.js';
import type { FindingsStore } from '../findings/findings-store.js';
import type { HssExports } from '../findings/hss-export.js';
import type { HssClient } from '../hss/client.js';
import type { Answer } from '../images/consent.js';
import type { LastLooks } from '../images/last-looks.js';
import type { Sendings } from '../images/sending.js';
import type { Log } from '../log.js';
import { type Found, RESULT_FIELDS } from '../present/result.js';
import type { Scans } from '../workspace/scans.js';
import type { SeenRunning } from '../workspace/seen-running.js';
import type { Selections } from '../workspace/selections.js';

/** What a tool works with during one call. */
export interface ToolContext {
  readonly hss: HssClient;
  readonly connection: Connection;
  readonly behaviour: Behaviour;
  readonly limits: CallLimits;
  readonly log: Log;
  readonly seenRunning: SeenRunning;
  readonly selections: Selections;
  readonly scans: Scans;
  readonly sendings: Sendings;
  readonly lastLooks: LastLooks;
  /** What was read about findings, kept between calls. */
  readonly findings: FindingsStore;
  /** The exports that HSS makes itself, some of them under way. */
  readonly hssExports: HssExports;
  /** Tells a caller that asked for it how far the call is; `done` has to grow. */
  progress(done: number, total: number, message: string): void;
  /**
   * Asks the person in front of the client for consent. The question is only made where the client can ask. With some
   * clients the call ends here and the tool is run once more with the answer, so nothing that acts may come before it,
   * and what it throws has to get through.
   * @param resolved exactly what an answer allows, where the question gives its number only.
   */
  ask(question: () => Promise<string>, resolved?: string): Promise<Answer>;
}

/** One tool, as a file of its own defines it. The MCP face knows tools through this alone. */
export interface Tool<I extends z.ZodObject = z.ZodObject> {
  /** snake_case, at most 40 characters; also the name of the file. */
  readonly name: string;
  readonly title: string;
  /** Under 1,024 characters. */
  readonly description: string;
  /** Whether it changes nothing in HSS. A tool that does not is removed by `HSS_READ_ONLY`. */
  readonly readOnly: boolean;
  /** Whether it leaves a file on this machine. HSS is not changed, so `HSS_READ_ONLY` lets it be. */
  readonly writesFile?: true;
  /** The clean form of the arguments; the MCP face advertises it and reads tolerantly into it. */
  readonly input: I;
  /** The fields of a result; what every result ends with is added by {@link defineTool}. */
  readonly output: z.ZodObject;
  /** A right call, shown when arguments are refused. */
  readonly example: z.input<I>;
  /** @throws {Failure} when it cannot be done; anything else thrown is a defect. */
  run(input: z.output<I>, context: ToolContext): Promise<Found>;
}

/** Types a tool's `run` by its input, and gives its output the fields that every result has. */
export function defineTool<I extends z.ZodObject>(
  tool: Omit<Tool<I>, 'output'> & { readonly output: z.ZodRawShape },
): Tool<I> {
  return { ...tool, output: z.looseObject({ ...tool.output, ...RESULT_FIELDS }) };
}
