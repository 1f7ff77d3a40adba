import { afterEach, describe, expect, it } from 'vitest';
import { WORDS } from '../../src/board/page/words.js';
import { envelope } from '../support/modern-schema.js';
import { Program } from '../support/program.js';

// The board: what hosts of MCP Apps get, and that every other client sees no difference.

const UI = 'io.modelcontextprotocol/ui';
const PAGE = 'text/html;profile=mcp-app';
const URI = 'ui://hss/board';
const APPS = { extensions: { [UI]: { mimeTypes: [PAGE] } } };

interface Tool {
  readonly name: string;
  readonly _meta?: { readonly ui?: { readonly resourceUri: string } };
}

let program: Program;
afterEach(() => program?.end());

const SESSION = { protocolVersion: '2025-11-25', clientInfo: { name: 'test', version: '0' } };
const greet = (capabilities: object) => program.request('initialize', { ...SESSION, capabilities });
const listed = async (params?: object) => (await program.request('tools/list', params)).tools as readonly Tool[];
const pageOf = async (params: object = {}) => {
  const { contents } = await program.request('resources/read', { uri: URI, ...params });
  return (contents as { text: string }[])[0]?.text ?? '';
};
const withBoard = (tools: readonly Tool[]) =>
  tools.flatMap(({ name, _meta }) => (_meta?.ui?.resourceUri === URI ? [name] : []));

const TIED = ['list_local_images', 'summarize_local_images'];

describe('a host that shows pages', () => {
  it('is offered the board in a session, tied to the tools that it shows', async () => {
    program = Program.spawn({});
    const { capabilities } = await greet(APPS);
    expect(capabilities).toEqual({ tools: {}, prompts: {}, resources: {}, extensions: { [UI]: {} } });
    const tools = await listed();
    expect(withBoard(tools)).toEqual(TIED);
    expect(Buffer.byteLength(JSON.stringify({ tools }))).toBeLessThanOrEqual(32_768);
    const { resources } = await program.request('resources/list');
    expect(resources).toEqual([expect.objectContaining({ uri: URI, mimeType: PAGE })]);
    const { contents } = await program.request('resources/read', { uri: URI });
    expect(contents).toEqual([
      { uri: URI, mimeType: PAGE, text: expect.any(String), _meta: { ui: { prefersBorder: true } } },
    ]);
  });

  it('is offered it in single requests of 2026-07-28, each by what it declares', async () => {
    program = Program.spawn({});
    const declared = { _meta: envelope(APPS) };
    expect((await program.request('server/discover', declared)).capabilities).toHaveProperty('resources');
    expect(withBoard(await listed(declared))).toEqual(TIED);
    expect(await pageOf(declared)).toContain('<!doctype html>');
    expect(withBoard(await listed({ _meta: envelope() }))).toEqual([]);
    expect((await program.exchange('resources/read', { uri: URI, _meta: envelope() }).answer).error?.code).toBe(-32601);
  });

  it.each([
    ['no kinds of pages', { [UI]: {} }, TIED],
    ['true', { [UI]: true }, TIED],
    ['other kinds of pages alone', { [UI]: { mimeTypes: ['text/html'] } }, []],
    ['null', { [UI]: null }, []],
    ['another extension', { 'example.org/ui': { mimeTypes: [PAGE] } }, []],
  ])('may declare %s', async (_, extensions, tied) => {
    program = Program.spawn({});
    await greet({ extensions });
    expect(withBoard(await listed())).toEqual(tied);
  });

  it('learns which resource there is not', async () => {
    program = Program.spawn({});
    await greet(APPS);
    const unknown = { uri: 'ui://hss/other' };
    expect((await program.exchange('resources/read', unknown).answer).error?.code).toBe(-32002);
    const modern = { ...unknown, _meta: envelope(APPS) };
    expect((await program.exchange('resources/read', modern).answer).error?.code).toBe(-32602);
  });
});

describe('every other client', () => {
  const METHODS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list', 'resources/read'];

  it('sees no difference on the wire', async () => {
    const linesWith = async (capabilities: object, _meta?: object) => {
      program = Program.spawn({});
      if (!_meta) await greet(capabilities);
      for (const method of [...METHODS, ...(_meta ? ['server/discover'] : [])]) {
        await program.exchange(method, { ...(method === 'resources/read' && { uri: URI }), ...(_meta && { _meta }) })
          .answer;
      }
      const { lines } = program;
      await program.end();
      return lines;
    };
    const plain = await linesWith({});
    expect(plain.join('\n')).not.toMatch(/_meta|ui:\/\/|mcp-app|"resources":\{\}|extensions/);
    expect(plain.at(-1)).toContain('-32601');
    expect(plain.join('\n')).toContain('{"resources":[]}');
    // What a client declares beside changes nothing either.
    expect(await linesWith({ sampling: {}, roots: { listChanged: true }, extensions: {} })).toEqual(plain);
    const modern = await linesWith({}, envelope());
    expect(modern.join('\n')).not.toMatch(/"ui"|ui:\/\/|mcp-app|"resources":\{\}|extensions/);
  });
});

describe('the page', () => {
  const read = async (env: Record<string, string> = {}) => {
    program = Program.spawn(env);
    await greet(APPS);
    return pageOf();
  };

  it('is one small file that loads nothing and runs no text', async () => {
    const page = await read();
    expect(Buffer.byteLength(page)).toBeLessThan(60 * 1024);
    expect(page).not.toMatch(
      /https?:|\bsrc=|\bhref=|@import|url\(|\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write/,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; connect-src 'none'; base-uri 'none'; form-action 'none'$/,
    );
  });

  it('can start a scan only where the scan tool is offered', async () => {
    expect(await read()).toContain('data-scan="yes"');
    await program.end();
    expect(await read({ HSS_READ_ONLY: 'true' })).toContain('data-scan="no"');
  });

  it('has every word in both languages, with the same things to fill in', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const [name, [english, chinese]] of Object.entries(WORDS)) {
      expect(places(chinese), name).toEqual(places(english));
      expect(english, name).not.toMatch(/\p{Script=Han}/u);
      if (!['CVSS'].includes(english)) expect(chinese, name).toMatch(/\p{Script=Han}|\{|CVE/u);
    }
  });
});
