import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED, ACCEPTED_TEXT, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

const client = new MultiServerMCPClient({ mcpServers: { hss: { transport: 'stdio', ...SERVER } } });
let tools: Awaited<ReturnType<typeof client.getTools>>;
beforeAll(async () => {
  tools = await client.getTools();
});
afterAll(() => client.close());

/** A call as an agent makes it; its answer is a message to the model. */
const call = (args: Record<string, unknown>) => tools[0]?.invoke({ type: 'tool_call', id: '1', name: SCAN, args });

describe('@langchain/mcp-adapters', () => {
  it('lists the tools', () => {
    expect(tools.map(({ name }) => name)).toEqual(TOOLS);
  });

  it('starts a scan, and keeps the structured content beside the text', async () => {
    const message = await call(IMAGES);
    expect(message.artifact).toMatchObject([{ type: 'mcp_structured_content', data: ACCEPTED }]);
    expect(JSON.parse(message.content)).toMatchObject({ text: expect.stringMatching(ACCEPTED_TEXT) });
  });

  it('throws a ToolException on a refusal', async () => {
    await expect(call(NOTHING)).rejects.toMatchObject({
      name: 'ToolException',
      message: expect.stringMatching(REFUSED),
    });
  });

  it.each([{ image_info_list: 7 }, { images: [] }])('refuses %j itself, by the schema', async (args) => {
    await expect(call(args)).rejects.toThrow('Received tool input did not match expected schema');
  });
});
