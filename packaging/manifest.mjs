import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

/** Name, version and description of the package. */
export const PACKAGE = read('package.json');

/** What the program itself says of its settings and tools: descriptions of it are made from this, never typed again. */
export async function program() {
  const bundle = await rolldown({
    input: { settings: 'src/config/settings.ts', list: 'src/mcp/tool-list.ts' },
    platform: 'node',
  });
  // Below node_modules no package.json says what a .js file is.
  const names = { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' };
  const { output } = await bundle.write({ dir: 'node_modules/.packaging', format: 'esm', ...names });
  await bundle.close();
  const load = (name) =>
    import(
      new URL(`../node_modules/.packaging/${output.find((file) => file.name === name).fileName}`, import.meta.url).href
    );
  const { SETTINGS, helpOf } = await load('settings');
  return { SETTINGS, helpOf, TOOL_LIST: (await load('list')).TOOL_LIST };
}

/** The settings that a person is asked for when installing; all others keep what holds without them. */
const ASKED = ['accessKey', 'secretKey', 'securityToken', 'region', 'projectId', 'enterpriseProjectId', 'readOnly'];
const REQUIRED = ['accessKey', 'secretKey', 'region'];

const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a person is asked for, as a form, and the variables that carry the answers. */
function form({ SETTINGS, helpOf }) {
  const asked = ASKED.map((key) => [key, SETTINGS[key]]);
  const env = Object.fromEntries(asked.map(([key, { names }]) => [names[0], `\${user_config.${snake(key)}}`]));
  const fields = asked.map(([key, { names, secret }]) => [
    snake(key),
    key === 'readOnly'
      ? { type: 'boolean', title: names[0], description: helpOf(key), default: true, required: false }
      : {
          type: 'string',
          title: names[0],
          description: helpOf(key),
          sensitive: secret === true,
          required: REQUIRED.includes(key),
        },
  ]);
  return { env, fields: Object.fromEntries(fields) };
}

/** The manifest (version 0.3) of an MCP bundle: a client shows its settings as a form and keeps the secrets safe. */
export function manifest(about) {
  const { TOOL_LIST } = about;
  const { env, fields } = form(about);
  return {
    manifest_version: '0.3',
    name: PACKAGE.name,
    display_name: 'Huawei Cloud HSS image scanning',
    version: PACKAGE.version,
    description: PACKAGE.description,
    author: { name: 'The huaweicloud-hss-mcp authors' },
    license: PACKAGE.license,
    keywords: PACKAGE.keywords,
    server: {
      type: 'node',
      entry_point: 'dist/index.js',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/dist/index.js'],
        env,
      },
    },
    tools: TOOL_LIST.map(({ name, title }) => ({ name, description: title })),
    compatibility: { platforms: ['darwin', 'linux', 'win32'], runtimes: { node: PACKAGE.engines.node } },
    user_config: fields,
  };
}

/** Name of the plugin for Claude Code, and of the marketplace of one that it is installed from. */
export const PLUGIN = 'huaweicloud-hss';

/** The manifest of the plugin for Claude Code, which asks with the same form and keeps what is sensitive in the keychain. */
export function pluginManifest(about) {
  const { env, fields } = form(about);
  return {
    name: PLUGIN,
    version: PACKAGE.version,
    description: PACKAGE.description,
    author: { name: 'The huaweicloud-hss-mcp authors' },
    license: PACKAGE.license,
    keywords: PACKAGE.keywords,
    userConfig: fields,
    network: { hosts: ['*.myhuaweicloud.com', '*.myhuaweicloud.eu'] },
    mcpServers: { hss: { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/dist/index.js'], env } },
  };
}

/** A marketplace that holds this plugin only: Claude Code installs from nothing else. */
export function marketplace() {
  const { description } = PACKAGE;
  return {
    name: PACKAGE.name,
    owner: { name: 'The huaweicloud-hss-mcp authors' },
    metadata: { description },
    plugins: [{ name: PLUGIN, source: `./${PLUGIN}`, description }],
  };
}
