import { CATALOGUE } from '../tools/catalogue.js';
import type { Tool } from '../tools/tool.js';
import { inputSchema, outputSchema, type PortableSchema } from './schema.js';

/** A tool as `tools/list` shows it: these fields and nothing else, to most clients without `_meta`. */
export interface AdvertisedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: PortableSchema;
  readonly outputSchema: PortableSchema;
  readonly annotations: {
    readonly title: string;
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/**
 * The catalogue as `tools/list` shows it. The build puts the finished list in the place of this module, so that the
 * first answer needs neither the tools nor their schemas.
 */
export const TOOL_LIST: readonly AdvertisedTool[] = CATALOGUE.map(advertise);

function advertise(tool: Tool): AdvertisedTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool.input),
    outputSchema: outputSchema(tool.output),
    annotations: {
      title: tool.title,
      readOnlyHint: tool.readOnly && !tool.writesFile,
      destructiveHint: false,
      idempotentHint: tool.readOnly && !tool.writesFile,
      openWorldHint: true,
    },
  };
}
