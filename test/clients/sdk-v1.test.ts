import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
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

const client = new Client({ name: 'test', version: '0' }, { capabilities: { elicitation: { form: {} } } });
const questions: string[] = [];
client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
  questions.push(params.message);
  return { action: questions.length === 1 ? 'decline' : 'accept', content: {} };
});
beforeAll(() => client.connect(new StdioClientTransport(SERVER)));
afterAll(() => client.close());

const scan = (args: Record<string, unknown>) => client.callTool({ name: SCAN, arguments: args });

describe('@modelcontextprotocol/sdk', () => {
  it('lists the tools; from here on the client checks results against their output schemas', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS);
    expect(tools.every(({ outputSchema }) => outputSchema)).toBe(true);
  });

  it('starts a scan', async () => {
    const { structuredContent, content, isError } = await scan(IMAGES);
    expect(isError).toBeFalsy();
    expect(structuredContent).toMatchObject(ACCEPTED);
    expect(content).toEqual([{ type: 'text', text: expect.stringMatching(ACCEPTED_TEXT) }]);
  });

  it('takes a refusal as an isError result', async () => {
    expect(await scan(NOTHING)).toEqual({
      isError: true,
      content: [{ type: 'text', text: expect.stringMatching(REFUSED) }],
    });
  });

  it('throws on an unknown tool', async () => {
    await expect(client.callTool({ name: 'scan' })).rejects.toMatchObject({ code: -32602 });
  });

  it('puts the question of a scan of all images to the person, and passes both answers on', async () => {
    const declined = await scan(EVERYTHING);
    expect(declined).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^The person declined/) }],
    });
    expect((await scan(EVERYTHING)).structuredContent).toMatchObject({ accepted: true, mode: 'all', sandbox: true });
    expect(questions).toEqual(Array(2).fill(expect.stringMatching(/^Start a scan of ALL local images/)));
  });

  it('shows progress while it waits for the end of a scan', async () => {
    const { structuredContent } = await scan(IMAGES);
    const { submitted_at } = structuredContent as { submitted_at: string };
    const seen: number[] = [];
    const status = await client.callTool(
      { name: STATUS, arguments: { images: IMAGES.image_info_list, submitted_at, wait_seconds: 20 } },
      undefined,
      { onprogress: ({ progress }) => seen.push(progress) },
    );
    expect(status.structuredContent).toMatchObject({ finished: 1, call_again: false });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });

  it('lists the prompts and gets one', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['scan_and_triage', 'what_is_at_risk', 'verify_rebuild']);
    const { messages } = await client.getPrompt({ name: 'scan_and_triage', arguments: { image_name: 'nginx' } });
    expect(messages).toMatchObject([{ role: 'user', content: { text: expect.stringContaining('contains "nginx"') } }]);
  });
});
