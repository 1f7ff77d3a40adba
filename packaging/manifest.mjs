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
  return { SETTINGS: (await load('settings')).SETTINGS, TOOL_LIST: (await load('list')).TOOL_LIST };
}

/** The settings that a person is asked for when installing; all others keep what holds without them. */
const ASKED = ['accessKey', 'secretKey', 'securityToken', 'region', 'projectId', 'enterpriseProjectId', 'readOnly'];
const REQUIRED = ['accessKey', 'secretKey', 'region'];

/** The manifest (version 0.3) of an MCP bundle: a client shows its settings as a form and keeps the secrets safe. */
export function manifest({ SETTINGS, TOOL_LIST }) {
  const asked = ASKED.map((key) => [key, SETTINGS[key]]);
  const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
        env: Object.fromEntries(asked.map(([key, { names }]) => [names[0], `\${user_config.${snake(key)}}`])),
      },
    },
    tools: TOOL_LIST.map(({ name, title }) => ({ name, description: title })),
    compatibility: { platforms: ['darwin', 'linux', 'win32'], runtimes: { node: PACKAGE.engines.node } },
    user_config: Object.fromEntries(
      asked.map(([key, { names, help, secret }]) => [
        snake(key),
        key === 'readOnly'
          ? { type: 'boolean', title: names[0], description: help, default: true, required: false }
          : {
              type: 'string',
              title: names[0],
              description: help,
              sensitive: secret === true,
              required: REQUIRED.includes(key),
            },
      ]),
    ),
  };
}
