import { join } from 'node:path';
import { getToolUiResourceUri, type McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  ElicitRequestSchema,
  type ElicitResult,
} from '@modelcontextprotocol/sdk/types.js';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { PROGRAM } from '../support/command.js';
import type { Opening } from './host-page.js';

/** Chromium as it runs everywhere, as root and without a display, and sends nothing by itself. */
export function startBrowser(): Promise<Browser> {
  const { CHROMIUM } = process.env;
  if (!CHROMIUM) throw new Error('CHROMIUM is not set: run this with npm run test:board');
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of its own whose requests are counted and go nowhere, and whatever it runs that it should not. */
export async function watchedPage(browser: Browser, size: { width: number; height: number }, served: Served) {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: served.scale ?? 1 });
  const page = await context.newPage();
  const watch: Watch = { requests: [], faults: [] };
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url === served.url) {
      return route.fulfill({
        body: served.html,
        contentType: 'text/html; charset=utf-8',
        headers: served.headers ?? {},
      });
    }
    watch.requests.push(url);
    return route.abort();
  });
  page.on('dialog', (dialog) => {
    watch.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => watch.faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) watch.faults.push(`console: ${message.text()}`);
  });
  page.on('popup', (popup) => watch.faults.push(`popup: ${popup.url()}`));
  await page.goto(served.url);
  return { context, page, watch };
}

interface Served {
  readonly url: string;
  readonly html: string;
  readonly headers?: Record<string, string>;
  readonly scale?: number;
}

export interface Watch {
  /** Addresses that something in the page asked for. */
  readonly requests: string[];
  /** Scripts that ran, or were kept from running, and errors. */
  readonly faults: string[];
}

export interface ChatOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** How the person answers the server's question; absent: a host that cannot ask. */
  readonly answer?: ElicitResult['action'];
  readonly context?: McpUiHostContext;
  /** The call of the model that opens the board. */
  readonly tool?: string;
  readonly given?: Record<string, unknown>;
  readonly width?: number;
  readonly scale?: number;
}

const HOST = 'http://chat.invalid/';
/** What MCP Apps has a host lay down for a page that names no domains. */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

let hostPage: Promise<string> | undefined;

/** A chat with the built program and a person at a browser: what a host of MCP Apps is between them. */
export class Chat {
  /** Calls of the board, as they reached the program. */
  readonly calls: { readonly name: string; readonly arguments: Record<string, unknown> }[] = [];
  /** What the server has asked the person. */
  readonly questions: string[] = [];
  /** What the board told the model last. */
  told: {
    readonly content?: readonly { readonly text?: string }[];
    readonly structuredContent?: Record<string, unknown>;
  } = {};

  private constructor(
    readonly client: Client,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly board: FrameLocator,
    readonly watch: Watch,
  ) {}

  static async open(browser: Browser, options: ChatOptions = {}): Promise<Chat> {
    const { tool = 'list_local_images', given = {}, args = ['--sandbox', '--images', '500'], answer } = options;
    const capabilities = {
      extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } },
      ...(answer && { elicitation: {} }),
    };
    const client = new Client({ name: 'test-chat', version: '0' }, { capabilities });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [PROGRAM, ...args],
        env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', HSS_LOG_LEVEL: 'error', ...options.env },
        stderr: 'ignore',
      }),
    );
    const { tools } = await client.listTools();
    const uri = getToolUiResourceUri(tools.find(({ name }) => name === tool) ?? {});
    if (uri === undefined) throw new Error(`${tool} has no page`);
    const { contents } = await client.readResource({ uri });
    const [content] = contents;
    if (!content || !('text' in content)) throw new Error('the board is no text');
    hostPage ??= bundledHost();
    const served = {
      url: HOST,
      html: await hostPage,
      headers: { 'content-security-policy': POLICY },
      ...(options.scale && { scale: options.scale }),
    };
    const watched = await watchedPage(browser, { width: options.width ?? 900, height: 900 }, served);
    const { context, page, watch } = watched;
    const chat = new Chat(client, context, page, page.frameLocator('iframe'), watch);
    if (answer) {
      client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
        chat.questions.push(params.message);
        return { action: answer, ...(answer === 'accept' && { content: {} }) };
      });
    }
    await page.exposeFunction('callTool', (params: { name: string; arguments?: Record<string, unknown> }) => {
      chat.calls.push({ name: params.name, arguments: params.arguments ?? {} });
      return chat.call(params.name, params.arguments);
    });
    await page.exposeFunction('tellModel', (params: Chat['told']) => {
      chat.told = params;
    });
    const opening: Opening = {
      html: content.text,
      context: { theme: 'light', locale: 'en-GB', timeZone: 'UTC', ...options.context },
      given,
      result: await chat.call(tool, given),
    };
    await page.evaluate((one) => window.openBoard(one), opening);
    return chat;
  }

  /** A call as the host makes it, for the board or for the model. */
  async call(name: string, given: Record<string, unknown> = {}): Promise<CallToolResult> {
    return (await this.client.callTool({ name, arguments: given }, CallToolResultSchema)) as CallToolResult;
  }

  callsOf(name: string) {
    return this.calls.filter((call) => call.name === name);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.client.close();
  }
}

async function bundledHost(): Promise<string> {
  const build = await rolldown({
    input: join('test', 'board', 'host-page.ts'),
    platform: 'browser',
  });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  const code = output[0].code.replaceAll('</script', '<\\/script');
  return `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"><style>body{margin:0}iframe{border:0;width:100%;display:block}</style></head><body><script type="module">${code}</script></body></html>`;
}
