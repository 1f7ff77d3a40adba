import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import { Program } from '../support/program.js';

type Json = Record<string, unknown>;
interface Listed {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Json;
  readonly outputSchema: Json;
  readonly annotations: Json;
}

let program: Program;
let tools: Listed[];
beforeAll(async () => {
  program = await Program.start({});
  ({ tools } = (await program.request('tools/list')) as unknown as { tools: Listed[] });
});
afterAll(() => program.end());

const ALLOWED = new Set(
  'type properties required items enum description title minimum maximum minLength maxLength minItems maxItems pattern'.split(
    ' ',
  ),
);
const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

/** Every broken rule of an advertised schema, by path. */
function faults(schema: Json, kind: 'input' | 'output', path: string, nested: boolean): string[] {
  const found: string[] = [];
  const say = (what: string) => found.push(`${path}: ${what}`);
  for (const keyword of Object.keys(schema)) {
    const closed = keyword === 'additionalProperties' && kind === 'input' && schema.type === 'object';
    if (!ALLOWED.has(keyword) && !(closed && schema[keyword] === false)) say(`keyword ${keyword}`);
  }
  if (!TYPES.includes(String(schema.type))) say(`type ${JSON.stringify(schema.type)}`);
  if ('enum' in schema && !(schema.enum as unknown[]).every((value) => typeof value === 'string'))
    say('enum of no strings');
  for (const bound of ['minimum', 'maximum'])
    if (Math.abs(Number(schema[bound])) === Number.MAX_SAFE_INTEGER) say(bound);
  if (schema.type === 'object') {
    if (typeof schema.properties !== 'object') say('no properties');
    if (kind === 'input' && schema.additionalProperties !== false) say('open');
    for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
      if (!/^[a-z][a-z0-9_]*$/.test(name)) say(`name ${name}`);
      const { description } = property;
      if (kind === 'input' && (typeof description !== 'string' || description.length >= 300) && !nested)
        say(`describe ${name}`);
      if (kind === 'output' && nested && description !== undefined) say(`nested description of ${name}`);
      found.push(...faults(property, kind, `${path}.${name}`, true));
    }
  }
  if (schema.type === 'array') {
    if (typeof schema.items !== 'object' || schema.items === null) say('no items');
    else found.push(...faults(schema.items as Json, kind, `${path}[]`, true));
  }
  return found;
}

/** What a schema of each type may hold for Moonshot's models, after MoonshotAI/walle, at its strictest level. */
const MOONSHOT: Readonly<Record<string, readonly string[]>> = {
  object: ['type', 'description', 'title', 'properties', 'required', 'additionalProperties'],
  array: ['type', 'description', 'title', 'items', 'minItems', 'maxItems'],
  string: ['type', 'description', 'title', 'enum', 'minLength', 'maxLength'],
  integer: ['type', 'description', 'title', 'enum', 'minimum', 'maximum'],
  number: ['type', 'description', 'title', 'enum', 'minimum', 'maximum'],
  boolean: ['type', 'description', 'title'],
};
const MOONSHOT_RESERVED = ['$defs', '$ref', 'anyOf', 'required', 'additionalProperties'];

/** Every rule of Moonshot's that a schema breaks, by path. */
function refusedByMoonshot(schema: Json, path: string, depth = 1): string[] {
  const allowed = MOONSHOT[String(schema.type)];
  // Every schema says its one type; so there is no anyOf beside which it could stand.
  if (!allowed) return [`${path}: type ${JSON.stringify(schema.type)} is not defined`];
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>);
  const pairs = [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ].map(([least = '', most = '']) => [schema[least] ?? 0, schema[most] ?? Number.MAX_SAFE_INTEGER] as number[]);
  const found = [
    ...Object.keys(schema).filter((keyword) => !allowed.includes(keyword)),
    ...properties.map(([name]) => name).filter((name) => MOONSHOT_RESERVED.includes(name)),
    ...((schema.required ?? []) as string[]).filter((name) => !properties.some(([known]) => known === name)),
    ...pairs.filter(
      ([least = 0, most = 0]) => !Number.isSafeInteger(least) || !Number.isSafeInteger(most) || least > most,
    ),
    ...(new Set(((schema.enum ?? []) as unknown[]).map((value) => typeof value)).size > 1 ? ['mixed enum'] : []),
    ...(depth > 5 ? ['nested too deep'] : []),
  ].map((what) => `${path}: ${what}`);
  const items = schema.items as Json | undefined;
  return [
    ...found,
    ...properties.flatMap(([name, property]) => refusedByMoonshot(property, `${path}.${name}`, depth + 1)),
    ...(items ? refusedByMoonshot(items, `${path}[]`, depth + 1) : []),
  ];
}

/** All properties of a schema, those of nested objects, too. */
function countProperties(schema: Json): number {
  const own = Object.values((schema.properties ?? {}) as Record<string, Json>);
  const nested = [...own, ...(schema.items ? [schema.items as Json] : [])];
  return own.length + nested.reduce((sum, property) => sum + countProperties(property), 0);
}

/** All values of all enums of a schema. */
function countEnums(schema: Json): number {
  const nested = [...Object.values((schema.properties ?? {}) as Record<string, Json>), (schema.items ?? {}) as Json];
  const inside = nested.filter((property) => Object.keys(property).length > 0);
  return ((schema.enum ?? []) as unknown[]).length + inside.reduce((sum, property) => sum + countEnums(property), 0);
}

describe('tools/list', () => {
  it('lists every tool of the catalogue, in its order', () => {
    expect(tools.map((tool) => tool.name)).toEqual(CATALOGUE.map((tool) => tool.name));
  });

  it('has only what every client accepts', () => {
    for (const tool of tools) {
      expect(Object.keys(tool).sort()).toEqual([
        'annotations',
        'description',
        'inputSchema',
        'name',
        'outputSchema',
        'title',
      ]);
      expect(tool.name).toMatch(/^[a-z_]{1,40}$/);
      expect(tool.title.length).toBeGreaterThan(0);
      expect(tool.description.length).toBeLessThan(1024);
      expect(tool.inputSchema.type).toBe('object');
      expect(tool.outputSchema.type).toBe('object');
      expect(faults(tool.inputSchema, 'input', tool.name, false)).toEqual([]);
      expect(faults(tool.outputSchema, 'output', tool.name, false)).toEqual([]);
    }
  });

  it('has only what the strictest published rules take: those of Moonshot, for Kimi', () => {
    for (const { name, inputSchema } of tools) {
      expect(refusedByMoonshot(inputSchema, name)).toEqual([]);
      expect(countProperties(inputSchema), name).toBeLessThanOrEqual(100);
      expect(countEnums(inputSchema), name).toBeLessThanOrEqual(500);
    }
    const broken = {
      type: 'object',
      properties: { a: { description: 'no type' }, b: { type: 'string', pattern: 'x' } },
    };
    expect(refusedByMoonshot(broken, 'x')).toEqual(['x.a: type undefined is not defined', 'x.b: pattern']);
  });

  it('has few enough input properties for gateways that count them', () => {
    const counts = tools.map(({ inputSchema }) => Object.keys((inputSchema.properties ?? {}) as Json).length);
    expect(counts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(120);
  });

  it('says where a list is asked for that a selection is the flat way', () => {
    const scan = tools.find(({ name }) => name === 'batch_scan_local_image');
    const { selection_id } = (scan?.inputSchema.properties ?? {}) as Record<string, Json>;
    expect(selection_id?.description).toMatch(/flat way, without a list/);
  });

  it('gives all hints, and the right ones', () => {
    for (const { name, annotations } of tools) {
      const leavesSomething = ['batch_scan_local_image', 'export_local_image_report'].includes(name);
      expect(annotations).toEqual({
        title: expect.any(String),
        readOnlyHint: !leavesSomething,
        destructiveHint: false,
        idempotentHint: !leavesSomething,
        openWorldHint: true,
      });
    }
  });

  it('is the same bytes each time and small', async () => {
    const bytes = JSON.stringify(await program.request('tools/list'));
    expect(bytes).toBe(JSON.stringify({ tools }));
    expect(Buffer.byteLength(bytes)).toBeLessThanOrEqual(32_768);
  });

  it('shows every change of the contract as a difference', async () => {
    for (const tool of tools) {
      await expect(`${JSON.stringify(tool, null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/${tool.name}.json`);
    }
  });

  it("mirrors HSS's request body in batch_scan_local_image, field by field", () => {
    type Property = { type: string; enum?: string[]; items?: { properties: Json } };
    const scan = tools.find((tool) => tool.name === 'batch_scan_local_image');
    const properties = (scan?.inputSchema.properties ?? {}) as Record<string, Property>;
    const types = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, property.type]));
    expect(types).toMatchObject({
      operate_all: 'boolean',
      image_info_list: 'array',
      image_name: 'string',
      image_version: 'string',
      local_image_type: 'string',
      scan_status: 'string',
      image_size: 'integer',
      start_latest_update_time: 'integer',
      end_latest_update_time: 'integer',
      start_latest_scan_time: 'integer',
      end_latest_scan_time: 'integer',
      enterprise_project_id: 'string',
      dry_run: 'boolean',
    });
    expect(Object.keys(properties.image_info_list?.items?.properties ?? {})).toEqual([
      'image_id',
      'image_digest',
      'image_name',
      'image_version',
    ]);
    expect(properties.local_image_type?.enum).toEqual(['other_image', 'swr_image']);
    expect(properties.scan_status?.enum).toEqual([
      'unscan',
      'success',
      'scanning',
      'failed',
      'download_failed',
      'image_oversized',
    ]);
  });

  it('refuses a cursor that it did not give out', async () => {
    const { error } = await program.exchange('tools/list', { cursor: 'x' }).answer;
    expect(error).toMatchObject({ code: -32602 });
  });
});

describe('initialize', () => {
  it.each(SUPPORTED_PROTOCOL_VERSIONS)('agrees on %s', async (protocolVersion) => {
    const other = Program.spawn({});
    const result = await other.request('initialize', {
      protocolVersion,
      capabilities: {},
      clientInfo: { name: 't', version: '0' },
    });
    expect(result).toMatchObject({
      protocolVersion,
      serverInfo: { name: 'huaweicloud-hss-mcp' },
      instructions: expect.stringMatching(/Find.*Scan.*Wait.*Read/s),
    });
    expect(result.capabilities).toEqual({ tools: {}, prompts: {} });
    await other.end();
  });

  it('answers what comes before it, and goes on', async () => {
    const other = Program.spawn({});
    expect((await other.exchange('server/discover').answer).error).toMatchObject({ code: -32601 });
    expect(await other.request('ping')).toEqual({});
    await other.end();
  });
});

describe('an unknown tool', () => {
  it.each([[{ name: 'batch_scan' }], [{}], [{ name: 7 }]])('%j is -32602 with a short message', async (params) => {
    const { error } = await program.exchange('tools/call', params).answer;
    expect(error?.code).toBe(-32602);
    expect(error?.message).toMatch(/^Unknown tool/);
    expect(error?.message.length).toBeLessThan(100);
  });
});

describe('HSS_READ_ONLY', () => {
  it('removes the scan tool and refuses its call', async () => {
    const readOnly = await Program.start({ HSS_READ_ONLY: 'true' }, { args: ['--sandbox'] });
    const listed = (await readOnly.request('tools/list')) as unknown as { tools: Listed[] };
    expect(listed.tools.map((tool) => tool.name)).toEqual(
      CATALOGUE.map((tool) => tool.name).filter((name) => name !== 'batch_scan_local_image'),
    );
    const { error } = await readOnly.exchange('tools/call', {
      name: 'batch_scan_local_image',
      arguments: { operate_all: true },
    }).answer;
    expect(error).toMatchObject({ code: -32602, message: expect.stringContaining('HSS_READ_ONLY') });
    await readOnly.end();
  });
});

describe('prompts', () => {
  it('are listed and filled in, and nothing else is', async () => {
    const { prompts } = (await program.request('prompts/list')) as { prompts: { name: string }[] };
    expect(prompts.map((prompt) => prompt.name)).toEqual(['scan_and_triage', 'what_is_at_risk', 'verify_rebuild']);
    const filled = JSON.stringify(
      await program.request('prompts/get', { name: 'scan_and_triage', arguments: { image_name: 'a"b' } }),
    );
    expect(filled).toContain('batch_scan_local_image');
    expect(filled).toContain('all_granted_eps');
    expect(filled).toContain('a\\\\\\"b');
    expect((await program.exchange('prompts/get', { name: 'nope' }).answer).error).toMatchObject({ code: -32602 });
  });

  it('that scan are not offered where scanning is not', async () => {
    const readOnly = await Program.start({ HSS_READ_ONLY: 'true' });
    const { prompts } = (await readOnly.request('prompts/list')) as { prompts: { name: string }[] };
    expect(prompts.map((prompt) => prompt.name)).toEqual(['what_is_at_risk', 'verify_rebuild']);
    expect((await readOnly.exchange('prompts/get', { name: 'scan_and_triage' }).answer).error).toMatchObject({
      code: -32602,
    });
    await readOnly.end();
  });
});
