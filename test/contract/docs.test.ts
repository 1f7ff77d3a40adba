import { existsSync, readFileSync } from 'node:fs';
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
}

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

  it('holds strict JSON only, each block an absolute path and settings that exist', () => {
    const blocks = [...README.matchAll(/```json\n(.*?)```/gs)].map(
      (match) => JSON.parse(match[1] ?? '') as Record<string, Record<string, Server>>,
    );
    expect(blocks.length).toBeGreaterThan(5);
    const servers = blocks.flatMap((block) =>
      ['mcpServers', 'servers', 'context_servers', 'mcp'].flatMap((name) => Object.values(block[name] ?? {})),
    );
    // All but the block that shows nothing but variables.
    expect(servers).toHaveLength(blocks.length - 1);
    for (const { command, args = [], env, environment } of servers)
      expectServer([command, args].flat(2), env ?? environment);
  });

  it('gives commands that start the same program', () => {
    const commands = [...README.matchAll(/```sh\n(.*?)```/gs)].map((match) => match[1] ?? '');
    const [, added = ''] = /^claude mcp add huaweicloud-hss (.*)$/m.exec(commands.join('\n')) ?? [];
    const [, name = '', rest = ''] = /^--env (\w+)=\S+ -- (.*)$/.exec(added) ?? [];
    expectServer(rest.split(' '), { [name]: '' });
    const [, json = '{}'] = /^code --add-mcp '(.*)'$/m.exec(commands.join('\n')) ?? [];
    const { command, args = [], env } = JSON.parse(json) as Server;
    expectServer([command, args].flat(2), env);
    const [, toml = ''] = /```toml\n(.*?)```/s.exec(README) ?? [];
    const text = (key: string) => new RegExp(`^${key} = (.*)$`, 'm').exec(toml)?.[1] ?? '';
    expectServer([JSON.parse(text('command')), ...(JSON.parse(text('args')) as string[])], {
      HSS_REGION: '',
      ...Object.fromEntries((JSON.parse(text('env_vars')) as string[]).map((variable) => [variable, ''])),
    });
  });
});

describe('docs/README.zh-CN.md', () => {
  const chinese = read('docs/README.zh-CN.md');
  const shape = (text: string) =>
    text
      .split('\n')
      .filter((line) => /^(#+ |\||- |>)/.test(line))
      .map((line) => line[0]);
  const rowNames = (text: string) =>
    text
      .split('\n')
      .flatMap((line) => (line.startsWith('| `') ? [variables(line.split('|').slice(1, 3).join('|'))] : []));

  it('has the sections, tables and snippets of README.md, row by row', () => {
    expect(shape(chinese)).toEqual(shape(README));
    expect(rowNames(chinese)).toEqual(rowNames(README));
    const snippets = (text: string) => [...text.matchAll(/```(json|toml|sh)\n(.*?)```/gs)].map((match) => match[2]);
    expect(snippets(chinese)).toEqual(snippets(README));
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
