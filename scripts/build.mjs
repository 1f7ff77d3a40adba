import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { boardPage } from './board-page.mjs';

// Bundles the program with the packages that it uses, so that a user installs one package and Node reads few files.
// What the first answer does not need (the tools, HTTP, the embedded HSS, doctor) stands in files of its own that are
// loaded on first use.

const OUT = 'dist';

// What every start needs stands in one file: to read many costs more than their bytes.
const CORE =
  /node_modules[\\/](zod|@modelcontextprotocol)|src[\\/](config|text[\\/](?!dates)|log|failure|version|words[\\/](at-start|language)|words[\\/](en|zh)[\\/](help|places|protocol|settings|settings_help|usage)\.ts|mcp[\\/](serve|instructions|stdio)|command[\\/]report-options|workspace[\\/]workspace)|tool-list/;

rmSync(OUT, { recursive: true, force: true });

/** Puts `code` in the place of the module whose import ends with `path`. */
function replace(path, code) {
  const id = `\0replaced:${path}`;
  return {
    name: `replace ${path}`,
    resolveId: (source) => (source.endsWith(path) ? id : null),
    load: (wanted) => (wanted === id ? code : null),
  };
}

/** What src imports from undici, put together as its index does it. */
const UNDICI = `
  import api from 'undici/lib/api/index.js';
  import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
  Object.assign(Dispatcher.prototype, api);
  export { default as Agent } from 'undici/lib/dispatcher/agent.js';
  export { default as Pool } from 'undici/lib/dispatcher/pool.js';
  export { default as ProxyAgent } from 'undici/lib/dispatcher/proxy-agent.js';
`;

async function bundle(input, plugins, output, external) {
  const build = await rolldown({ input, plugins, platform: 'node', ...(external && { external }) });
  const result = await build.write({ dir: OUT, format: 'esm', ...output });
  await build.close();
  return result.output;
}

/** The finished tools/list, made by the code that would make it at every start. */
async function toolList() {
  await bundle({ 'tool-list': 'src/mcp/tool-list.ts' }, []);
  const { TOOL_LIST } = await import(pathToFileURL(join(process.cwd(), OUT, 'tool-list.js')).href);
  rmSync(OUT, { recursive: true, force: true });
  return TOOL_LIST;
}

/** The licences of all packages that went into the bundle, as their authors wrote them. */
function licences(chunks) {
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const folders = new Set(
    modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
}

const chunks = await bundle(
  { index: 'src/index.ts' },
  [
    // The SDK builds a JSON-schema validator at start; this server never has it validate anything.
    replace('/ajv-provider.js', 'export class AjvJsonSchemaValidator {}'),
    // Of undici nothing is needed but dispatchers. Its index brings fetch, WebSocket and cookies, and the last of them make
    // Node load its own copy of undici.
    replace('undici', UNDICI),
    // As text that is parsed: V8 reads JSON faster than the same as code.
    replace(
      '/tool-list.js',
      `export const TOOL_LIST = JSON.parse(${JSON.stringify(JSON.stringify(await toolList()))});`,
    ),
  ],
  {
    minify: true,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups: [{ name: 'core', test: CORE }] },
  },
);
const separator = `\n${'-'.repeat(80)}\n\n`;
writeFileSync(join(OUT, 'THIRD-PARTY-LICENSES.txt'), licences(chunks).join(separator));

writeFileSync(join(OUT, 'board.html'), await boardPage());

// The demo is a client, runs in a clone only, and takes its packages from there.
await bundle({ demo: 'src/demo.ts' }, [], {}, /^@modelcontextprotocol\//);
