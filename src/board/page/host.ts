import type { McpUiHostContext, McpUiInitializeResult } from '@modelcontextprotocol/ext-apps';
import { VERSION } from '../../version.js';
import { openChannel } from './channel.js';
import { type Fields, isFields, textOf } from './fields.js';

/** Revision of MCP Apps that this page speaks. */
const REVISION = '2026-01-26';

/** What the host lets the page know and do. */
export interface Host {
  /** As it is now; it changes while the page is open. */
  readonly context: McpUiHostContext;
  /** @throws {Error} with the words of the server, or of the host, when the call brought no result. */
  callTool(name: string, given: Fields): Promise<Fields>;
  /** Tells the model what the person does here, in place of what was told before. A host that has no model is told nothing. */
  tellModel(text: string, structured: Fields): void;
}

/** What the host says by itself. */
export interface HostEvents {
  /** The call for which the page was opened. */
  readonly input: (given: Fields) => void;
  readonly result: (structured: Fields) => void;
  readonly context: () => void;
  /** The page is about to be closed. */
  readonly end: () => void;
}

/** Shakes hands with the host that holds this page. */
export async function connectHost(events: HostEvents): Promise<Host> {
  let context: McpUiHostContext = {};
  const channel = openChannel(window.parent, {
    notification(method, params) {
      if (method === 'ui/notifications/tool-input') events.input(isFields(params.arguments) ? params.arguments : {});
      else if (method === 'ui/notifications/tool-result' && isFields(params.structuredContent))
        events.result(params.structuredContent);
      else if (method === 'ui/notifications/host-context-changed') {
        context = { ...context, ...params };
        events.context();
      }
    },
    request(method) {
      if (method === 'ui/resource-teardown') events.end();
      return method === 'ui/resource-teardown' || method === 'ping' ? {} : undefined;
    },
  });
  const answer = (await channel.request('ui/initialize', {
    protocolVersion: REVISION,
    appInfo: { name: 'huaweicloud-hss-board', version: VERSION },
    appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
  })) as Partial<McpUiInitializeResult>;
  context = { ...answer.hostContext, ...context };
  channel.notify('ui/notifications/initialized', {});
  tellSize((height) => channel.notify('ui/notifications/size-changed', { height }));
  const told = answer.hostCapabilities?.updateModelContext;
  return {
    get context() {
      return context;
    },
    async callTool(name, given) {
      const { isError, structuredContent, content } = await channel.request('tools/call', { name, arguments: given });
      if (isError !== true && isFields(structuredContent)) return structuredContent;
      throw new Error(firstText(content));
    },
    tellModel(text, structuredContent) {
      if (!told) return;
      const content = [{ type: 'text', text }];
      const params = told.structuredContent ? { content, structuredContent } : { content };
      // A host that does not take it is no reason to stop.
      channel.request('ui/update-model-context', params).catch(() => {});
    },
  };
}

function firstText(content: unknown): string {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  return (isFields(first) ? textOf(first.text) : undefined) ?? 'no result';
}

/** The host gives the page the height that it needs. */
function tellSize(tell: (height: number) => void): void {
  let last = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height !== last) tell(height);
    last = height;
  }).observe(document.documentElement);
}

/** Takes over the colours, the fonts and the theme of the host. Its font files are not: the page loads nothing. */
export function applyTheme({ theme, styles, safeAreaInsets }: McpUiHostContext): void {
  const root = document.documentElement;
  if (theme) root.style.colorScheme = theme;
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (value !== undefined && /^--[\w-]+$/.test(name)) root.style.setProperty(name, value);
  }
  const { top = 0, right = 0, bottom = 0, left = 0 } = safeAreaInsets ?? {};
  root.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
}
