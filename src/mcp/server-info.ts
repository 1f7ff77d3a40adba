import type { ServerCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { VERSION } from '../version.js';
import { APPS, type Caller } from './era.js';

/** How this server calls itself, at `initialize` and in the results of the modern era. */
export const SERVER_INFO = {
  name: 'huaweicloud-hss-mcp',
  title: 'Huawei Cloud HSS image scanning',
  version: VERSION,
} as const;

/** What it can do for a client: a board comes to hosts alone that show pages. */
export function capabilitiesFor({ showsApps }: Pick<Caller, 'showsApps'>): ServerCapabilities {
  return { tools: {}, prompts: {}, ...(showsApps && { resources: {}, extensions: { [APPS]: {} } }) };
}
