import { SERVER_INFO } from './server-info.js';

/** What clients may keep for a while. */
const KEPT = [
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
];

/**
 * All this stays the same while the program runs, but a client may keep it beyond that, and the settings of the next start
 * may be others. Private, because it follows the settings of its owner.
 */
const CACHE_HINTS = { ttlMs: 300_000, cacheScope: 'private' } as const;

/** A result in the form of revision 2026-07-28; what asks for input says so by itself. */
export function modernResult(method: string, result: object): object {
  return {
    resultType: 'complete',
    ...result,
    ...(KEPT.includes(method) && CACHE_HINTS),
    _meta: { 'io.modelcontextprotocol/serverInfo': SERVER_INFO },
  };
}
