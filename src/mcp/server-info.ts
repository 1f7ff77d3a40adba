import { VERSION } from '../version.js';

/** How this server calls itself, at `initialize` and in the results of the modern era. */
export const SERVER_INFO = {
  name: 'huaweicloud-hss-mcp',
  title: 'Huawei Cloud HSS image scanning',
  version: VERSION,
} as const;

/** What it can do. */
export const CAPABILITIES = { tools: {}, prompts: {} } as const;
