import { Client, type VersionNegotiationMode } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACCEPTED,
  ACCEPTED_TEXT,
  EVERYTHING,
  IMAGES,
  NOTHING,
  REFUSED,
  SCAN,
  SERVER,
  STATUS,
  TOOLS,
} from './server.js';

const MODES: [name: string, mode: VersionNegotiationMode, era: string, version: string][] = [
  // Asks for the newest revision from a process of its own before it starts the one that it stays with.
  ['automatic', 'auto', 'modern', '2026-07-28'],
  ['legacy', 'legacy', 'legacy', '2025-11-25'],
  ['pinned', { pin: '2026-07-28' }, 'modern', '2026-07-28'],
];

describe.each(MODES)('@modelcontextprotocol/client, %s', (_, mode, era, version) => {
  const client = new Client(
    { name: 'test', version: '0' },
    { versionNegotiation: { mode }, capabilities: { elicitation: { form: {} } } },
  );
  const questions: string[] = [];
  let action: 'accept' | 'decline' | 'cancel' = 'accept';
  client.setRequestHandler('elicitation/create', ({ params }) => {
    questions.push(params.message);
    return { action, ...(action === 'accept' && { content: {} }) };
  });
  beforeAll(() => client.connect(new StdioClientTransport(SERVER)));
  afterAll(() => client.close());

  const scan = (args: Record<string, unknown>) => client.callTool({ name: SCAN, arguments: args });
  /** Waits for the end of scans, and takes a few seconds for that. */
  const wait = async (options: Parameters<typeof client.callTool>[1]) => {
    const { structuredContent } = await scan(IMAGES);
    const { submitted_at } = structuredContent as { submitted_at: string };
    const args = { images: IMAGES.image_info_list, submitted_at, wait_seconds: 20 };
    return client.callTool({ name: STATUS, arguments: args }, options);
  };

  it(`speaks ${version}`, () => {
    expect(client.getProtocolEra()).toBe(era);
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerVersion()).toMatchObject({ name: 'huaweicloud-hss-mcp' });
    expect(client.getInstructions()).toMatch(/^Huawei Cloud HSS/);
  });

  it('lists the tools; from here on the client checks results against their output schemas', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS);
    expect(tools.every(({ outputSchema }) => outputSchema)).toBe(true);
  });

  it('lists the prompts and gets one', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['scan_and_triage', 'what_is_at_risk', 'verify_rebuild']);
    const { messages } = await client.getPrompt({ name: 'what_is_at_risk' });
    expect(messages).toHaveLength(1);
  });

  it('starts a scan', async () => {
    const { structuredContent, content, isError } = await scan(IMAGES);
    expect(isError).toBeFalsy();
    expect(structuredContent).toMatchObject(ACCEPTED);
    expect(content).toEqual([{ type: 'text', text: expect.stringMatching(ACCEPTED_TEXT) }]);
  });

  it('takes a refusal as an isError result', async () => {
    expect(await scan(NOTHING)).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: expect.stringMatching(REFUSED) }],
    });
  });

  it('throws on an unknown tool', async () => {
    await expect(client.callTool({ name: 'scan' })).rejects.toMatchObject({
      code: -32602,
      message: 'Unknown tool: scan',
    });
  });

  it.each([
    ['decline', /^The person declined/],
    ['cancel', /^The person cancelled/],
  ] as const)('puts the question of a scan of all images to the person, who may %s', async (answer, text) => {
    action = answer;
    questions.length = 0;
    expect(await scan(EVERYTHING)).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(text) }] });
    expect(questions).toEqual([expect.stringMatching(/^Start a scan of ALL local images/)]);
  });

  it('scans all images once the person has accepted', async () => {
    action = 'accept';
    questions.length = 0;
    const { structuredContent } = await scan(EVERYTHING);
    expect(structuredContent).toMatchObject({ accepted: true, mode: 'all', warnings: [] });
    expect(questions).toHaveLength(1);
  });

  it('shows progress while it waits for the end of a scan', async () => {
    const seen: number[] = [];
    const status = await wait({ onprogress: ({ progress }) => seen.push(progress) });
    expect(status.structuredContent).toMatchObject({ finished: 1, call_again: false });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });

  it('lets go of a call that is aborted, and goes on', async () => {
    const abort = new AbortController();
    const waiting = wait({ signal: abort.signal, onprogress: () => abort.abort(new Error('enough')) });
    await expect(waiting).rejects.toThrow('enough');
    expect((await scan(IMAGES)).structuredContent).toMatchObject(ACCEPTED);
  });
});

describe('@modelcontextprotocol/client, pinned to a revision that there is not', () => {
  it('is refused, and told what there is', async () => {
    const client = new Client(
      { name: 'test', version: '0' },
      { versionNegotiation: { mode: { pin: '2027-01-01' } }, supportedProtocolVersions: ['2027-01-01'] },
    );
    const error = await client.connect(new StdioClientTransport(SERVER)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { supported: expect.arrayContaining(['2026-07-28']) } });
    await client.close();
  });
});
