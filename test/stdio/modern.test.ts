import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { EXAMPLE } from '../support/example.js';
import { envelope } from '../support/modern-schema.js';
import type { Program } from '../support/program.js';
import { ownWorld, sharedWorld, type World } from '../support/worlds.js';

// Revision 2026-07-28, beside sessions. The watch over stdout holds every answer against its schema.

const MODERN = '2026-07-28';
const _meta = envelope();
/** A program that nobody has shaken hands with, and how it is asked in either era. */
const asked = ({ sandbox, program }: World) => ({
  sandbox,
  program,
  modern: (method: string, params: object = {}) => program.request(method, { ...params, _meta }),
  errorOf: async (method: string, params: object) => (await program.exchange(method, params).answer).error,
  handshake: () => handshake(program),
});
const handshake = (program: Program, name = 'test') =>
  program.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name, version: '0' },
  });
const WORLD = { sandbox: { scanMs: 200 }, session: false };
const start = async (env: Record<string, string> = {}) => asked(await ownWorld({ ...WORLD, env }));
/** For what is refused before anything is done. */
const shared = sharedWorld({ ...WORLD, env: { HSS_SCAN_ALL: 'allow' } });

describe('a request that declares itself', () => {
  it('is served without a handshake', async () => {
    const { sandbox, modern } = await start();
    expect(await modern('server/discover')).toMatchObject({
      resultType: 'complete',
      supportedVersions: expect.arrayContaining([MODERN, '2025-11-25', '2024-11-05']),
      capabilities: { tools: {}, prompts: {} },
      instructions: expect.stringMatching(/Find.*Scan.*Wait.*Read/s),
      ttlMs: expect.any(Number),
      cacheScope: 'private',
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'huaweicloud-hss-mcp' } },
    });
    for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'])
      expect(await modern(method)).toMatchObject({ resultType: 'complete', ttlMs: expect.any(Number) });
    expect(await modern('prompts/get', { name: 'what_is_at_risk' })).toHaveProperty('messages');
    expect(await modern('tools/call', { name: 'batch_scan_local_image', arguments: EXAMPLE })).toMatchObject({
      resultType: 'complete',
      structuredContent: { accepted: true },
    });
    expect(sandbox.count('BatchScanLocalImage')).toBe(1);
  });

  it('gets a link to a report that was written, which a session of an early revision could not read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reports-'));
    const { program, modern, handshake } = await start({ HSS_REPORT_DIR: folder });
    const call = { name: 'export_local_image_report', arguments: { format: 'json' } };
    const { content, structuredContent } = await modern('tools/call', call);
    const { path } = structuredContent as { path: string };
    expect(content).toEqual([
      expect.objectContaining({ type: 'text', text: expect.stringContaining(path) }),
      { type: 'resource_link', uri: pathToFileURL(path).href, name: basename(path), mimeType: 'application/json' },
    ]);
    await handshake();
    const session = await program.request('tools/call', call);
    expect(session.content).toEqual([expect.objectContaining({ type: 'text' })]);
  });

  it('is told of a wrong call in the result', async () => {
    const { modern } = asked(shared());
    const refused = await modern('tools/call', { name: 'batch_scan_local_image', arguments: { operateAll: true } });
    expect(refused).toMatchObject({ resultType: 'complete', isError: true });
  });

  it.each([
    ['initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } }],
    ['initialize', {}],
    ['ping', {}],
    ['logging/setLevel', { level: 'debug' }],
    ['resources/subscribe', { uri: 'x:y' }],
  ])('finds no %s, which has left the protocol', async (method, params) => {
    const { errorOf } = asked(shared());
    expect(await errorOf(method, { ...params, _meta })).toMatchObject({ code: -32601 });
  });

  it('learns which tool or prompt there is not', async () => {
    const { errorOf } = asked(shared());
    expect(await errorOf('tools/call', { name: 'scan', _meta })).toMatchObject({ code: -32602 });
    expect(await errorOf('prompts/get', { name: 'scan', _meta })).toMatchObject({ code: -32602 });
    expect(await errorOf('tools/list', { cursor: 'x', _meta })).toMatchObject({ code: -32602 });
  });
});

describe('a request of a revision that is not spoken', () => {
  it.each(['server/discover', 'tools/list', 'tools/call', 'ping'])('%s gets -32022 and what is', async (method) => {
    const { sandbox, errorOf } = asked(shared());
    for (const version of ['2027-01-01', '2025-11-25', '', 'x'.repeat(60)]) {
      const params = { name: 'batch_scan_local_image', arguments: { operate_all: true } };
      expect(await errorOf(method, { ...params, _meta: envelope({}, { version }) })).toMatchObject({
        code: -32022,
        data: { requested: version, supported: expect.arrayContaining([MODERN, '2025-11-25']) },
      });
    }
    expect(sandbox.requests).toEqual([]);
  });
});

describe('half an envelope', () => {
  const names = Object.keys(_meta);
  it.each([
    ['no version', { ..._meta, [String(names[0])]: null }],
    ['a version that is no text', { ..._meta, [String(names[0])]: 20260728 }],
    ['no capabilities', { ..._meta, [String(names[1])]: undefined }],
    ['capabilities that are a text', { ..._meta, [String(names[1])]: 'elicitation' }],
    ['a client alone', { [String(names[2])]: { name: 'test', version: '0' } }],
  ])('with %s is refused before anything is done', async (_, half) => {
    const { sandbox, errorOf } = asked(shared());
    const call = { name: 'batch_scan_local_image', arguments: { operate_all: true }, _meta: half };
    expect(await errorOf('tools/call', call)).toMatchObject({
      code: -32602,
      message: expect.stringContaining('io.modelcontextprotocol/'),
    });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('both eras in one process', () => {
  it('a session begins after modern requests, and modern requests go on after that', async () => {
    const { program, modern, errorOf, handshake } = await start();
    expect(await modern('tools/list')).toHaveProperty('resultType', 'complete');
    expect(await handshake()).toHaveProperty('protocolVersion', '2025-11-25');
    const { tools, ...rest } = await program.request('tools/list');
    expect(rest).toEqual({});
    expect(await modern('tools/list')).toMatchObject({ tools, resultType: 'complete' });
    expect(await program.request('ping')).toEqual({});
    expect((await program.call('list_local_images')).structured.images).not.toEqual([]);
    expect(await errorOf('server/discover', {})).toMatchObject({ code: -32601 });
  });
});

describe('what one host is shown', () => {
  const FIRST = ['batch_scan_local_image', 'list_local_images'];
  type Tools = { name: string; _meta?: object }[];
  const marked = (tools: unknown) => (tools as Tools).filter(({ _meta }) => _meta).map(({ name }) => name);

  it.each([
    ['claude-code', FIRST],
    ['claude-ai', []],
    ['Claude-Code-2', []],
  ])('%s sees marks on %j', async (name, names) => {
    const { program, modern } = await start();
    const { tools } = await program.request('tools/list', { _meta: envelope({}, { client: name }) });
    expect(marked(tools)).toEqual(names);
    const { tools: plain } = await modern('tools/list');
    expect(marked(plain)).toEqual([]);
    const without = (tools as Tools).map(({ _meta, ...tool }) => tool);
    expect(without).toEqual(plain);

    await handshake(program, name);
    expect((await program.request('tools/list')).tools).toEqual(tools);
    // A session says nothing about a request that speaks for itself.
    expect(marked((await modern('tools/list')).tools)).toEqual([]);
  });

  it('has instructions that no host cuts off, with the words that people use', async () => {
    for (const HSS_READ_ONLY of ['false', 'true']) {
      const { modern } = await start({ HSS_READ_ONLY });
      const { instructions } = await modern('server/discover');
      expect(Buffer.byteLength(String(instructions))).toBeLessThan(2_000);
      for (const word of ['Huawei Cloud', 'HSS', 'vulnerability', 'CVE', 'container image', 'Docker', '漏洞'])
        expect(instructions).toContain(word);
    }
  });
});

describe('a modern call under way', () => {
  const status = async ({ modern }: Pick<ReturnType<typeof asked>, 'modern'>) => {
    const { structuredContent } = await modern('tools/call', { name: 'batch_scan_local_image', arguments: EXAMPLE });
    const { submitted_at } = structuredContent as { submitted_at: string };
    const images = EXAMPLE.image_info_list;
    return { name: 'get_local_image_scan_status', arguments: { images, submitted_at, wait_seconds: 20 } };
  };

  it('tells how far it is, to a token that came beside the envelope', async () => {
    const { program, modern } = await start();
    const params = await status({ modern });
    const done = await program.request('tools/call', { ...params, _meta: { ..._meta, progressToken: 'p' } });
    expect(done).toHaveProperty('structuredContent.finished', 2);
    expect(program.notifications.length).toBeGreaterThan(0);
    for (const { method, params: told } of program.notifications)
      expect([method, told?.progressToken]).toEqual(['notifications/progress', 'p']);
  });

  it('is cancelled, and gets no answer', async () => {
    const { sandbox, program, modern } = await start();
    const params = await status({ modern });
    const { id } = program.exchange('tools/call', { ...params, _meta: { ..._meta, progressToken: 'p' } });
    await vi.waitUntil(() => program.notifications.length > 0, { timeout: 10_000 });
    program.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, _meta } });
    await modern('tools/list');
    const read = sandbox.requests.length;
    // Longer than the whole wait would have taken.
    await sleep(3_000);
    expect(sandbox.requests.length).toBe(read);
    expect(program.lines.map((line) => JSON.parse(line).id)).not.toContain(id);
  });
});
