import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type ParseError, parse as parseJsonc, visit } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { REGION_ENDPOINT_PREFIX, SETTINGS } from '../../src/config/settings.js';
import { CATALOGUE } from '../../src/tools/catalogue.js';
import { VERSION } from '../../src/version.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const README = read('README.md');
const PACKAGE = JSON.parse(read('package.json')) as Record<string, unknown>;
const EXAMPLE = JSON.parse(read('mcp.json.example')) as {
  mcpServers: Record<string, { command: string; args: string[]; env: Record<string, string> }>;
};
const KNOWN = new Set<string>(Object.values(SETTINGS).flatMap((setting) => [...setting.names]));

/** The rows of the table under a heading, as cells. */
function table(heading: string): string[][] {
  const section = README.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A server as clients write it down. */
interface Server {
  readonly command: string | readonly string[];
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly environment?: Record<string, string>;
  /** Codex: variables that it passes on. */
  readonly env_vars?: readonly string[];
  /** In milliseconds where a documented block has it. */
  readonly timeout?: number;
}

/** Where clients keep their servers. */
const SERVER_LISTS = ['mcpServers', 'servers', 'context_servers', 'mcp', 'mcp_servers'];

/** The forms of configurations. A client that takes JSON takes no comments. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = { json: JSON.parse, jsonc, toml: parseToml };

function jsonc(text: string): unknown {
  const errors: ParseError[] = [];
  const parsed = parseJsonc(text, errors, { allowTrailingComma: false });
  if (errors.length > 0) throw new SyntaxError(JSON.stringify(errors));
  return parsed;
}

/** The keys that an object of a text of JSON gives twice: a parser takes the last one and says nothing. */
function doubledKeys(text: string): string[] {
  const open: Set<string>[] = [];
  const found: string[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      if (open.at(-1)?.has(name)) found.push(name);
      open.at(-1)?.add(name);
    },
  });
  return found;
}

/** The fenced blocks of a document. */
function fences(text: string): { readonly language: string; readonly body: string }[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({ language, body }));
}

/** The lines of all shell blocks. */
const commandsOf = (text: string) =>
  fences(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ body }) => body.trim().split('\n'));

/** What people read of a document, without blocks, code and addresses. */
const proseOf = (text: string) =>
  text
    .replace(/^```.*?^```$/gms, '')
    .replace(/`[^`\n]*`/g, 'x')
    .replace(/\]\([^)\s]*\)/g, ']');

function expectServer([command, program]: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  expect(command).toBe('node');
  expect(program).toMatch(/^(\/|C:\\).*dist.index\.js$/);
  for (const name of Object.keys(env)) expect(KNOWN.has(name), name).toBe(true);
}

/** The names of variables in a cell. */
const variables = (cell: string) => [...cell.matchAll(/`([A-Za-z_<>]+)`/g)].map((match) => match[1] ?? '');

describe('README.md', () => {
  it('gives each setting with its names, secrets marked, and none that does not exist', () => {
    const rows = table('Settings');
    const documented = rows.map(([name = '', aliases = '']) => [...variables(name), ...variables(aliases)]);
    for (const { names, ...setting } of Object.values(SETTINGS)) {
      const index = documented.findIndex((row) => row[0] === names[0]);
      expect(
        documented[index]?.filter((name) => KNOWN.has(name)),
        names[0],
      ).toEqual([...names]);
      expect(rows[index]?.[0]?.includes('(secret)')).toBe('secret' in setting);
    }
    for (const name of documented.flat())
      expect(KNOWN.has(name) || name.startsWith(REGION_ENDPOINT_PREFIX), name).toBe(true);
  });

  it('gives the default of each setting that has one', () => {
    const fallbacks = new Map(table('Settings').map(([name = '', , without = '']) => [variables(name)[0], without]));
    for (const { names, fallback } of Object.values(SETTINGS)) {
      if (/^(\d+|true|false|ask|info)$/.test(fallback)) expect(fallbacks.get(names[0])).toBe(`\`${fallback}\``);
    }
  });

  it('lists the tools, in the order of the catalogue', () => {
    expect(table('Tools').map(([name = '']) => variables(name)[0])).toEqual(CATALOGUE.map((tool) => tool.name));
  });

  it('opens with the two commands', () => {
    for (const command of ['npm ci && npm run demo', 'npm ci && npm test']) {
      expect(README.indexOf(command)).toBeGreaterThan(0);
      expect(README.indexOf(command)).toBeLessThan(README.indexOf('## Connect an assistant'));
    }
  });

  it('gives commands that start the same program', () => {
    const commands = commandsOf(README).join('\n');
    const [, added = ''] = /^claude mcp add huaweicloud-hss (.*)$/m.exec(commands) ?? [];
    const [, name = '', rest = ''] = /^--env (\w+)=\S+ -- (.*)$/.exec(added) ?? [];
    expectServer(rest.split(' '), { [name]: '' });
    const [, json = '{}'] = /^code --add-mcp '(.*)'$/m.exec(commands) ?? [];
    const { command, args = [], env } = JSON.parse(json) as Server;
    expectServer([command, args].flat(2), env);
  });
});

describe.each([
  ['README.md', ['json', 'toml']],
  ['docs/README.zh-CN.md', ['json', 'jsonc', 'toml']],
  ['docs/hosts.md', ['json', 'jsonc']],
  ['docs/permissions.md', ['json']],
])('the configurations of %s', (document, languages) => {
  const blocks = fences(read(document)).filter(({ language }) => language in PARSERS);

  it('are read in the form of their client, and give no key twice', () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(languages));
    for (const { language, body } of blocks) {
      expect(() => PARSERS[language]?.(body), body).not.toThrow();
      if (language !== 'toml') expect(doubledKeys(body), body).toEqual([]);
    }
  });

  it('start this program by an absolute path, with settings that exist, or are no server at all', () => {
    for (const { language, body } of blocks) {
      const parsed = PARSERS[language]?.(body) as Record<string, Record<string, Server>>;
      const servers = SERVER_LISTS.flatMap((name) => Object.values(parsed[name] ?? {}));
      const shows = Object.keys(parsed).filter((name) => ['env', 'Statement'].includes(name));
      expect(servers.length + shows.length, body).toBe(1);
      for (const server of servers) {
        const { command, args = [], env = {}, environment = {}, env_vars = [] } = server;
        const given = { ...env, ...environment, ...Object.fromEntries(env_vars.map((name) => [name, ''])) };
        expectServer([command, args].flat(2), given);
        expect(given).toHaveProperty('HSS_REGION');
        // Clients end a call after a minute, and a status waits for most of one.
        if (server.timeout !== undefined) expect(server.timeout).toBeGreaterThanOrEqual(60_000);
      }
    }
  });

  it('begin with the embedded HSS when the hint is followed, with one list of arguments', () => {
    const text = read(document);
    expect(text).not.toMatch(/`"args":/);
    for (const [list = ''] of text.matchAll(/(?<=`)\[[^`]*"--sandbox"\](?=`)/g)) {
      const hinted = JSON.parse(list) as string[];
      expectServer(['node', ...hinted]);
      const followed = blocks
        .filter(({ language, body }) => language === 'json' && body.includes('"args": ['))
        .map(({ body }) => body.replace(/(?<="args": )\["\/[^\]]*\]/, list));
      expect(followed.length).toBeGreaterThan(2);
      for (const body of followed.filter((text) => text.includes('--sandbox'))) {
        expect(doubledKeys(body)).toEqual([]);
        const [server] = SERVER_LISTS.flatMap((name) =>
          Object.values((JSON.parse(body) as Record<string, Record<string, Server>>)[name] ?? {}),
        );
        expect(server?.args).toEqual(hinted);
      }
    }
  });
});

describe('docs/hosts.md', () => {
  const hosts = read('docs/hosts.md');
  const further = hosts.split('\n## Further clients\n')[1] ?? '';
  const rows = further
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll('|', '').trim()));

  it('says of each further client what it takes, whether it asks, and what that was checked against', () => {
    expect(rows.map(([client]) => client)).toEqual(
      expect.arrayContaining(
        'CodeArts Agent, IDE;CodeArts Agent, command line;TRAE;Cherry Studio;Lingma;Qoder;Qwen Code;Kimi CLI;JetBrains AI Assistant;JetBrains Junie'.split(
          ';',
        ),
      ),
    );
    for (const row of rows) {
      expect(row).toHaveLength(5);
      expect(
        row.every((cell) => cell !== ''),
        row.join(),
      ).toBe(true);
    }
  });

  it('gives a block to each that takes one of its own, and a place to each that takes the common one', () => {
    const common = further.split('Where it goes:')[1]?.split('\n\n')[0] ?? '';
    for (const [client = '', takes = ''] of rows) {
      if (takes.startsWith('a block of its own')) expect(further).toContain(`\n### ${client}\n`);
      if (takes.includes('the common block')) expect(common).toContain(client.replace(/^JetBrains (?=Junie)/, ''));
    }
  });
});

describe('docs/README.zh-CN.md', () => {
  const chinese = read('docs/README.zh-CN.md');
  const settings = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => variables(line.split('|').slice(1, 3).join('|')))
      .filter(([name = '']) => KNOWN.has(name))
      .sort();
  const tools = (text: string) => CATALOGUE.map(({ name }) => text.includes(`\n| \`${name}\` |`) && name);
  const codes = (text: string) =>
    [...new Set(text.match(/`(APIGW|HSS)\.\d{4}`|`\d{8}`|HTTP \d{3}|`[a-z]+(_[a-z]+)+`/g))].sort();

  it('has the settings, the tools and the codes of README.md', () => {
    expect(settings(README).length).toBeGreaterThan(20);
    expect(settings(chinese)).toEqual(settings(README));
    expect(tools(chinese)).toEqual(tools(README));
    expect(codes(chinese)).toEqual(codes(README));
  });

  it('has the commands of README.md, and none that stands in no English page', () => {
    const commands = commandsOf(chinese);
    expect(commands).toEqual(expect.arrayContaining(commandsOf(README)));
    const english = ['README.md', 'docs/hosts.md', 'docs/permissions.md'].flatMap((name) => commandsOf(read(name)));
    expect(english).toEqual(expect.arrayContaining(commands));
  });

  it('calls things what the console calls them', () => {
    for (const term of [
      '企业主机安全',
      '终端节点',
      '访问密钥ID（AK）',
      '修复建议',
      '基线检查',
      '风险程度',
      '容器版',
      '企业项目',
    ])
      expect(chinese).toContain(term);
  });

  it('links to places that are there', () => {
    const headings = [...chinese.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
    for (const [, anchor] of chinese.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});

describe('Chinese text', () => {
  const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' })
    // Elsewhere Chinese stands in patterns and comments; what the embedded HSS says is the vendor's.
    .filter((name) => name.endsWith('.ts') && /^(words\/zh|board|mcp)\//.test(name))
    .map((name) => `src/${name}`);
  const documents = ['docs/README.zh-CN.md', 'packaging/plugin/skills/scan-images/SKILL.md', ...sources];

  it('has no half-width punctuation beside a Chinese character', () => {
    const bad = documents.flatMap((name) =>
      proseOf(read(name))
        .split('\n')
        .flatMap((line) => line.match(/.{0,9}(\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}).{0,9}/gu) ?? [])
        .map((found) => `${name}: ${found}`),
    );
    expect(bad).toEqual([]);
  });
});

describe('mcp.json.example', () => {
  const server = EXAMPLE.mcpServers['huaweicloud-hss'];

  it('names settings that exist, and starts a clone with node', () => {
    expect(server).toMatchObject({ command: 'node', args: [expect.stringMatching(/^\/absolute\/.*dist\/index\.js$/)] });
    for (const name of Object.keys(server?.env ?? {})) expect(KNOWN.has(name), name).toBe(true);
  });

  it('is reported as not filled in, by name, when it is used as it is', () => {
    const use = () => readConfig({ env: server?.env ?? {} }).connection();
    expect(use).toThrow(/CLOUD_SDK_AK, CLOUD_SDK_SK still hold placeholders/);
    expect(use).toThrow(/HSS_REGION still holds a placeholder/);
  });

  it('works when it is filled in', () => {
    const env = { ...server?.env, CLOUD_SDK_AK: 'EXAMPLEAK', CLOUD_SDK_SK: 'EXAMPLESK', HSS_REGION: 'cn-north-4' };
    expect(readConfig({ env }).connection()).toMatchObject({ region: 'cn-north-4' });
  });
});

describe('the package', () => {
  it('has one version and one program', () => {
    expect(PACKAGE).toMatchObject({
      version: VERSION,
      bin: { 'huaweicloud-hss-mcp': 'dist/index.js' },
      license: 'Apache-2.0',
    });
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION}`);
    expect(read('LICENSE')).toContain('Apache License');
    for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'mcp.json.example'])
      expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true);
  });

  it('lets no text lead a client to a package of this name in a registry', () => {
    for (const file of ['README.md', 'mcp.json.example', 'package.json', 'CHANGELOG.md'])
      expect(read(file)).not.toMatch(/npx|npm (i|install) (-g )?huaweicloud-hss-mcp|npm exec/);
  });
});
