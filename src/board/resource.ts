import { readFile } from 'node:fs/promises';

/** The board: a page that hosts of the extension MCP Apps show beside what a tool answers. */
export const BOARD_URI = 'ui://hss/board';

/** The kind of page that MCP Apps (revision 2026-01-26) knows. */
export const APP_PAGE = 'text/html;profile=mcp-app';

/** It names no domain, so a host lets it reach none. */
const META = { ui: { prefersBorder: true } } as const;

/** How `resources/list` names it. */
export function boardEntry() {
  return {
    uri: BOARD_URI,
    name: 'board',
    title: 'Board of local images',
    description: 'Scan states, findings and fixes of local images as a page that loads nothing.',
    mimeType: APP_PAGE,
    _meta: META,
  };
}

/**
 * The page itself, which the build has made. Read when a host asks for it, so that no start waits for it.
 * @param canScan whether the scan tool is offered; without it the page has no way to start a scan.
 */
export async function boardPage({ canScan }: { readonly canScan: boolean }) {
  const page = await readFile(new URL('board.html', import.meta.url), 'utf8');
  const text = canScan ? page.replace('data-scan="no"', 'data-scan="yes"') : page;
  return { uri: BOARD_URI, mimeType: APP_PAGE, text, _meta: META };
}
