import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { EXAMPLE } from '../support/example.js';
import { envelope } from '../support/modern-schema.js';
import { Program, settingsFor } from '../support/program.js';

// Revision 2026-07-28, beside sessions. The watch over stdout holds every answer against its schema.

let sandbox: Sandbox;
let program: Program;
beforeEach(async () => {
  sandbox = await Sandbox.start({ scanMs: 200 });
});
afterEach(async () => {
  await program?.end();
  await sandbox.close();
});

const MODERN = '2026-07-28';
const _meta = envelope();
const start = (env: Record<string, string> = {}) => {
  program = Program.spawn({ ...settingsFor(sandbox), ...env });
};
const modern = (method: string, params: object = {}) => program.request(method, { ...params, _meta });
const errorOf = async (method: string, params: object) => (await program.exchange(method, params).answer).error;
const handshake = () =>
  program.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '0' },
  });

describe('a request that declares itself', () => {
  it('is served without a handshake', async () => {
    start();
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

  it('is told of a wrong call in the result', async () => {
    start();
    const refused = await modern('tools/call', { name: 'batch_scan_local_image', arguments: { operateAll: true } });
    expect(refused).toMatchObject({ resultType: 'complete', isError: true });
  });

  it.each([
    ['ping', {}],
    ['logging/setLevel', { level: 'debug' }],
    ['resources/subscribe', { uri: 'x:y' }],
  ])('finds no %s, which has left the protocol', async (method, params) => {
    start();
    expect(await errorOf(method, { ...params, _meta })).toMatchObject({ code: -32601 });
  });

  it('learns which tool or prompt there is not', async () => {
    start();
    expect(await errorOf('tools/call', { name: 'scan', _meta })).toMatchObject({ code: -32602 });
    expect(await errorOf('prompts/get', { name: 'scan', _meta })).toMatchObject({ code: -32602 });
    expect(await errorOf('tools/list', { cursor: 'x', _meta })).toMatchObject({ code: -32602 });
  });
});

describe('a request of a revision that is not spoken', () => {
  it.each(['server/discover', 'tools/list', 'tools/call', 'ping'])('%s gets -32022 and what is', async (method) => {
    start({ HSS_SCAN_ALL: 'allow' });
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
    start({ HSS_SCAN_ALL: 'allow' });
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
    start();
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
