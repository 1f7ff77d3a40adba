import { BOARD_URI } from '../board/resource.js';
import type { Caller } from './era.js';
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

/** The tools whose answers the board shows as a page. */
const ON_THE_BOARD = ['list_local_images', 'summarize_local_images'];

/**
 * The tools as one client is shown them. Claude Code shows a model mere names until it searches, unless a tool is marked;
 * hosts that show pages learn which tools have one. No other client sees these marks, because some turn away what they
 * do not know.
 */
export function toolsFor(
  { client, showsApps }: Pick<Caller, 'client' | 'showsApps'>,
  tools: readonly AdvertisedTool[],
): readonly AdvertisedTool[] {
  return tools.map((tool) => {
    const _meta = {
      ...(client === CLAUDE_CODE && FIRST_TOOLS.includes(tool.name) && { 'anthropic/alwaysLoad': true }),
      ...(showsApps && ON_THE_BOARD.includes(tool.name) && { ui: { resourceUri: BOARD_URI } }),
    };
    return Object.keys(_meta).length > 0 ? { ...tool, _meta } : tool;
  });
}
