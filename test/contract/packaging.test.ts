import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config/settings.js';
import { TOOL_LIST } from '../../src/mcp/tool-list.js';
import { VERSION } from '../../src/version.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const SECRETS = Object.values(SETTINGS).flatMap((setting) => ('secret' in setting ? [setting.names[0]] : []));

describe('the manifest of the MCP bundle', () => {
  const script =
    "import { manifest, program } from './packaging/manifest.mjs'; process.stdout.write(JSON.stringify(manifest(await program())));";
  const manifest = JSON.parse(run('--input-type=module', '-e', script)) as {
    manifest_version: string;
    version: string;
    tools: { name: string }[];
    server: { entry_point: string; mcp_config: { env: Record<string, string> } };
    user_config: Record<string, { title: string; sensitive?: boolean; required: boolean; default?: unknown }>;
  };

  it('has the version, the tools and the entry of the program', () => {
    expect(manifest).toMatchObject({
      manifest_version: '0.3',
      version: VERSION,
      server: { entry_point: 'dist/index.js' },
    });
    expect(manifest.tools.map((tool) => tool.name)).toEqual(TOOL_LIST.map((tool) => tool.name));
  });

  it('asks for settings that exist, marks the secret ones, and is read only unless changed', () => {
    const asked = Object.entries(manifest.user_config);
    for (const [name, { title, sensitive }] of asked) {
      expect(manifest.server.mcp_config.env[title]).toBe(`\${user_config.${name}}`);
      expect(sensitive === true, title).toBe(SECRETS.includes(title));
    }
    expect(asked.filter(([, setting]) => setting.required).map(([, setting]) => setting.title)).toEqual([
      'CLOUD_SDK_AK',
      'CLOUD_SDK_SK',
      'HSS_REGION',
    ]);
    expect(manifest.user_config.read_only).toMatchObject({ title: 'HSS_READ_ONLY', default: true });
  });
});

describe('the plugin for Claude Code', () => {
  const script =
    "import { marketplace, pluginManifest, program } from './packaging/manifest.mjs'; process.stdout.write(JSON.stringify({ plugin: pluginManifest(await program()), market: marketplace() }));";
  const { plugin, market } = JSON.parse(run('--input-type=module', '-e', script)) as {
    plugin: {
      name: string;
      version: string;
      userConfig: Record<string, { title: string; sensitive?: boolean }>;
      mcpServers: Record<string, { command: string; args: string[]; env: Record<string, string> }>;
    };
    market: { plugins: { name: string; source: string }[] };
  };
  const skill = readFileSync(join(ROOT, 'packaging/plugin/skills/scan-images/SKILL.md'), 'utf8');

  it('starts the program of its own folder, with the settings that it asks for, the secret ones marked', () => {
    expect(plugin).toMatchObject({ name: 'huaweicloud-hss', version: VERSION });
    const { command, args, env } = plugin.mcpServers.hss ?? { command: '', args: [], env: {} };
    expect([command, ...args]).toEqual(['node', '${CLAUDE_PLUGIN_ROOT}/dist/index.js']);
    for (const [name, { title, sensitive }] of Object.entries(plugin.userConfig)) {
      expect(env[title]).toBe(`\${user_config.${name}}`);
      expect(sensitive === true, title).toBe(SECRETS.includes(title));
    }
    expect(Object.keys(env)).toHaveLength(Object.keys(plugin.userConfig).length);
    expect(plugin.userConfig.read_only).toMatchObject({ title: 'HSS_READ_ONLY', default: true });
  });

  it('stands in a marketplace of its own', () => {
    expect(market.plugins).toMatchObject([{ name: plugin.name, source: `./${plugin.name}` }]);
  });

  it('has a skill in English and Chinese that names every tool, and none that does not exist', () => {
    const [, head = ''] = /^---\n(.*?)\n---\n/s.exec(skill) ?? [];
    expect(head).toMatch(/^name: scan-images$/m);
    const description = /^description: (.*)$/m.exec(head)?.[1] ?? '';
    expect(description).toMatch(/vulnerabilities.*镜像/);
    expect(description.length).toBeLessThanOrEqual(1024);
    const names = TOOL_LIST.map((tool) => tool.name);
    for (const name of names) expect(skill).toContain(`\`${name}\``);
    for (const [, named = ''] of skill.matchAll(
      /`([a-z]+(?:_[a-z]+)+_(?:image|images|details|status|fixes|vulnerabilities|report))`/g,
    ))
      expect(names, named).toContain(named);
  });
});

describe('server.json', () => {
  it('is made for an owner, with every setting of the program', () => {
    const server = JSON.parse(run('packaging/server-json.mjs', 'example-owner')) as {
      name: string;
      version: string;
      description: string;
      packages: { identifier: string; version: string; environmentVariables: { name: string; isSecret: boolean }[] }[];
    };
    expect(server).toMatchObject({ name: 'io.github.example-owner/huaweicloud-hss-mcp', version: VERSION });
    expect(server.description.length).toBeLessThanOrEqual(100);
    const [npm] = server.packages;
    expect(npm).toMatchObject({ identifier: '@example-owner/huaweicloud-hss-mcp', version: VERSION });
    expect(npm?.environmentVariables.map((variable) => variable.name)).toEqual(
      Object.values(SETTINGS).map((setting) => setting.names[0]),
    );
    expect(npm?.environmentVariables.filter((variable) => variable.isSecret).map((variable) => variable.name)).toEqual(
      SECRETS,
    );
  });

  it('needs an owner', () => {
    expect(() => run('packaging/server-json.mjs')).toThrow(/Give the GitHub account/);
  });
});

describe('npm run links', () => {
  it('prints links with the absolute path of this clone, settings that exist, and no key', () => {
    const out = run('scripts/links.mjs');
    const code = JSON.parse(decodeURIComponent(/vscode:mcp\/install\?(\S+)/.exec(out)?.[1] ?? '')) as Record<
      string,
      unknown
    >;
    const cursor = JSON.parse(
      Buffer.from(decodeURIComponent(/config=(\S+)/.exec(out)?.[1] ?? ''), 'base64').toString(),
    ) as Record<string, unknown>;
    for (const { command, args, env } of [code, cursor] as {
      command: string;
      args: string[];
      env: Record<string, string>;
    }[]) {
      expect(command).toBe('node');
      expect(args[0]).toMatch(/^(\/|[A-Z]:\\).*index\.js$/);
      expect(Object.keys(env)).toEqual(['CLOUD_SDK_AK', 'CLOUD_SDK_SK', 'HSS_REGION']);
      for (const value of Object.values(env)) expect(value).toMatch(/^\$\{(input|env):/);
    }
    expect(out).not.toMatch(/npx/);
  });
});
