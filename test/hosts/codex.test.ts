import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished, installed, start } from './host.js';
import { testHost } from './suite.js';

const TRIPLES: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};
const kind = `${process.platform}-${process.arch}`;
const installation = installed('codex', `@openai/codex-${kind}/vendor/${TRIPLES[kind]}/bin/codex`);

interface Line {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly thread?: { readonly id: string } };
  readonly params?: Readonly<Record<string, unknown>>;
}

testHost({
  name: 'Codex',
  installed: installation,
  opensWith: 'initialize',
  versions: ['2025-06-18'],
  part: 'structure',
  // The responses API has no mark for that.
  marksErrors: false,
  asks: true,

  run(place, model) {
    const { command, args } = place.server;
    const config = `
model = "gpt-5"
model_provider = "scripted"
approval_policy = "on-request"
sandbox_mode = "read-only"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.scripted]
name = "scripted"
base_url = "${model.url}/v1"
env_key = "SCRIPTED_KEY"
wire_api = "responses"

[mcp_servers.hss]
command = ${JSON.stringify(command)}
args = ${JSON.stringify(args)}
default_tools_approval_mode = "approve"
`;
    const folder = join(place.home, '.codex');
    mkdirSync(folder);
    writeFileSync(join(folder, 'config.toml'), config);
    const child = start(place, installation.program, ['app-server'], {
      CODEX_HOME: folder,
      SCRIPTED_KEY: 'EXAMPLEKEY',
    });
    const say = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);
    createInterface({ input: child.stdout }).on('line', (text) => {
      const { id, method, result, params } = JSON.parse(text) as Line;
      if (id === 1 && !method) {
        say({ method: 'initialized' });
        say({ id: 2, method: 'thread/start', params: { cwd: place.work } });
      }
      if (id === 2 && !method) {
        const input = [{ type: 'text', text: 'Scan the images.', text_elements: [] }];
        say({ id: 3, method: 'turn/start', params: { threadId: result?.thread?.id, input } });
      }
      if (method === 'mcpServer/elicitation/request')
        say({ id, result: { action: 'accept', content: {}, _meta: null } });
      if (method === 'turn/completed') child.stdin.end();
      void params;
    });
    say({ id: 1, method: 'initialize', params: { clientInfo: { name: 'test', title: 'test', version: '0' } } });
    return finished(child);
  },
});
