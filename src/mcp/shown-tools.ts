import type { AdvertisedTool } from './tool-list.js';

/** The tools that change HSS: `HSS_READ_ONLY` takes them away. */
const CHANGES_HSS: readonly string[] = ['batch_scan_local_image'];

/** Whether a tool is offered and may be called. */
export function isOffered({ name }: AdvertisedTool, readOnly: boolean): boolean {
  return !readOnly || !CHANGES_HSS.includes(name);
}

/** What Claude Code calls itself. */
const CLAUDE_CODE = 'claude-code';

/** Where people begin: with what there is, and with a scan of it. */
const FIRST_TOOLS = ['list_local_images', 'batch_scan_local_image'];

/**
 * The tools as one client is shown them. Claude Code shows a model mere names until it searches, unless a tool is marked;
 * no other client sees the mark, because some turn away what they do not know.
 */
export function toolsFor(client: string | undefined, tools: readonly AdvertisedTool[]): readonly AdvertisedTool[] {
  return client === CLAUDE_CODE ? tools.map(marked) : tools;
}

function marked(tool: AdvertisedTool): AdvertisedTool {
  return FIRST_TOOLS.includes(tool.name) ? { ...tool, _meta: { 'anthropic/alwaysLoad': true } } : tool;
}
