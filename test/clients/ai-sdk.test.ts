import { createMCPClient } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport as StdioTransport } from '@ai-sdk/mcp/mcp-stdio';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACCEPTED, ACCEPTED_TEXT, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

const client = await createMCPClient({ transport: new StdioTransport(SERVER) });
afterAll(() => client.close());

/** What the AI SDK adds to a call; the model's side of it is not under test. */
const CALL = { toolCallId: '1', messages: [], context: undefined };

describe('@ai-sdk/mcp', () => {
  it('lists the tools', async () => {
    expect(client.serverInfo).toMatchObject({ name: 'huaweicloud-hss-mcp' });
    expect(Object.keys(await client.tools())).toEqual(TOOLS);
  });

  it('starts a scan', async () => {
    const tools = await client.tools();
    const result = await tools[SCAN]?.execute(IMAGES, CALL);
    expect(result).toMatchObject({
      isError: false,
      structuredContent: ACCEPTED,
      content: [{ type: 'text', text: expect.stringMatching(ACCEPTED_TEXT) }],
    });
  });

  it("checks the structured content against a caller's schema", async () => {
    const inputSchema = z.object({ image_info_list: z.array(z.object({ image_name: z.string() })) });
    const outputSchema = z.object({ accepted: z.boolean(), image_count: z.number(), sandbox: z.boolean() });
    const tools = await client.tools({ schemas: { [SCAN]: { inputSchema, outputSchema } } });
    expect(await tools[SCAN]?.execute(IMAGES, CALL)).toEqual(ACCEPTED);
  });

  it('takes a refusal as an isError result, which its model reads as text', async () => {
    const tools = await client.tools();
    const result = await tools[SCAN]?.execute(NOTHING, CALL);
    expect(result).toMatchObject({ isError: true, content: [{ type: 'text', text: expect.stringMatching(REFUSED) }] });
    expect(result).not.toHaveProperty('structuredContent');
  });
});
