import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED, ACCEPTED_TEXT, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

// Asks for the stateless protocol of 2026 first, from a probe process, and falls back to the handshake.
const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: { mode: 'auto' } });
beforeAll(() => client.connect(new StdioClientTransport(SERVER)));
afterAll(() => client.close());

const scan = (args: Record<string, unknown>) => client.callTool({ name: SCAN, arguments: args });

describe('@modelcontextprotocol/client', () => {
  it('agrees on the newest version that has a handshake', () => {
    expect(client.getNegotiatedProtocolVersion()).toBe('2025-11-25');
    expect(client.getServerVersion()).toMatchObject({ name: 'huaweicloud-hss-mcp' });
  });

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
    await expect(client.callTool({ name: 'scan' })).rejects.toMatchObject({
      code: -32602,
      message: 'Unknown tool: scan',
    });
  });
});
