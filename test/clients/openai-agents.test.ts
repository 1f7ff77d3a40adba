import { type FunctionTool, getAllMcpTools, MCPServerStdio, RunContext, type Tool } from '@openai/agents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED, IMAGES, NOTHING, REFUSED, SCAN, SERVER, TOOLS } from './server.js';

const server = new MCPServerStdio({ name: 'hss', ...SERVER, useStructuredContent: true });
const isFunction = (tool: Tool): tool is FunctionTool => tool.type === 'function';
let tools: FunctionTool[];
beforeAll(async () => {
  await server.connect();
  tools = (await getAllMcpTools({ mcpServers: [server], convertSchemasToStrict: true })).filter(isFunction);
});
afterAll(() => server.close());

const scan = (args: object) => tools[0]?.invoke(new RunContext(), JSON.stringify(args));

describe('@openai/agents', () => {
  it('lists the tools, each of them strict', () => {
    expect(tools.map(({ name, strict }) => ({ name, strict }))).toEqual(TOOLS.map((name) => ({ name, strict: true })));
  });

  it('starts a scan', async () => {
    expect(JSON.parse(String(await scan(IMAGES)))).toMatchObject(ACCEPTED);
  });

  it('starts a scan as a strict model asks for it: every field given, null where it is not meant', async () => {
    const names = Object.keys(tools[0]?.parameters.properties ?? {});
    expect(tools[0]?.parameters.required).toEqual(names);
    const nulls = Object.fromEntries(names.map((name) => [name, null]));
    const image_info_list = [{ image_id: null, image_digest: null, image_name: 'nginx', image_version: null }];
    expect(JSON.parse(String(await scan({ ...nulls, image_info_list })))).toMatchObject(ACCEPTED);
  });

  it('takes a refusal as an isError result, of which the model gets the text', async () => {
    const content = [{ type: 'text', text: expect.stringMatching(REFUSED) }];
    const refusal = await server.callToolResult(SCAN, NOTHING);
    expect(refusal).toMatchObject({ isError: true, content });
    expect(refusal).not.toHaveProperty('structuredContent');
    expect(await scan(NOTHING)).toEqual(content[0]);
  });
});
