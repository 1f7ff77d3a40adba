import { AppBridge, type McpUiHostContext, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { CallToolRequest, CallToolResult } from '@modelcontextprotocol/sdk/types.js';

// The page of a chat that shows the board, in the browser: the official bridge, and a frame without an origin.

/** What a test hands to the page. */
export interface Opening {
  readonly html: string;
  readonly context: McpUiHostContext;
  readonly given: Record<string, unknown>;
  readonly result: CallToolResult;
}

declare global {
  interface Window {
    /** Of the test: a call that the board makes, and what it tells the model. */
    callTool(params: CallToolRequest['params']): Promise<CallToolResult>;
    tellModel(params: object): Promise<void>;
    /** For the test. */
    openBoard(opening: Opening): Promise<void>;
    changeHost(context: McpUiHostContext): void;
    closeBoard(): Promise<void>;
  }
}

window.openBoard = async ({ html, context, given, result }) => {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.name = 'board';
  document.body.append(frame);
  const { contentWindow } = frame;
  if (!contentWindow) throw new Error('the frame has no window');
  const bridge = new AppBridge(
    null,
    { name: 'test-chat', version: '0' },
    { serverTools: {}, updateModelContext: { text: {}, structuredContent: {} } },
    { hostContext: context },
  );
  bridge.oncalltool = (params) => window.callTool(params);
  bridge.onupdatemodelcontext = async (params) => {
    await window.tellModel(params);
    return {};
  };
  bridge.addEventListener('sizechange', ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  });
  bridge.addEventListener('initialized', async () => {
    await bridge.sendToolInput({ arguments: given });
    await bridge.sendToolResult(result);
  });
  window.changeHost = (changed) => bridge.setHostContext({ ...context, ...changed });
  window.closeBoard = async () => {
    await bridge.teardownResource({});
    frame.remove();
  };
  await bridge.connect(new PostMessageTransport(contentWindow, contentWindow));
  frame.srcdoc = html;
};
