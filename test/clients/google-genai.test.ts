import { mcpToTool } from '@google/genai';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED, ACCEPTED_TEXT, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

// Gemini's own translation between its function calls and MCP; no model and no key take part.
const client = new Client({ name: 'test', version: '0' });
const gemini = mcpToTool(client);
beforeAll(() => client.connect(new StdioClientTransport(SERVER)));
afterAll(() => client.close());

const scan = (args: Record<string, unknown>) => gemini.callTool([{ name: SCAN, args }]);
const answer = (response: object) => [{ functionResponse: { name: SCAN, response } }];

describe('@google/genai', () => {
  it('turns the tools into function declarations', async () => {
    const { functionDeclarations } = (await gemini.tool()) as { functionDeclarations: { name: string }[] };
    expect(functionDeclarations.map(({ name }) => name)).toEqual(TOOLS);
  });

  it('starts a scan', async () => {
    expect(await scan(IMAGES)).toMatchObject(
      answer({ structuredContent: ACCEPTED, content: [{ text: expect.stringMatching(ACCEPTED_TEXT) }] }),
    );
  });

  it('takes a refusal as the error of the function response', async () => {
    const content = [{ type: 'text', text: expect.stringMatching(REFUSED) }];
    expect(await scan(NOTHING)).toEqual(answer({ error: { isError: true, content } }));
  });
});
