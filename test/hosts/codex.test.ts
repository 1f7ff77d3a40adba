import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished, HOSTS, start } from './host.js';
import { testHost } from './suite.js';

interface Line {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly status?: unknown };
  readonly result?: { readonly thread?: { readonly id: string } };
}

testHost({
  name: 'Codex',
  installed: HOSTS.codex,
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
startup_timeout_sec = 60
`;
    const folder = join(place.home, '.codex');
    mkdirSync(folder);
    writeFileSync(join(folder, 'config.toml'), config);
    const child = start(place, HOSTS.codex.program, ['app-server'], {
      CODEX_HOME: folder,
      SCRIPTED_KEY: 'EXAMPLEKEY',
    });
    const say = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);
    let thread: string | undefined;
    let isReady = false;
    let hasBegun = false;
    createInterface({ input: child.stdout }).on('line', (text) => {
      const { id, method, result, params } = JSON.parse(text) as Line;
      if (id === 1 && !method) {
        say({ method: 'initialized' });
        say({ id: 2, method: 'thread/start', params: { cwd: place.work } });
      }
      if (id === 2 && !method) thread = result?.thread?.id;
      if (method === 'mcpServer/startupStatus/updated' && params?.status === 'ready') isReady = true;
      // A turn that begins before the server is ready goes to the model without its tools, and is not what is tested.
      if (thread && isReady && !hasBegun) {
        hasBegun = true;
        const input = [{ type: 'text', text: 'Scan the images.', text_elements: [] }];
        say({ id: 3, method: 'turn/start', params: { threadId: thread, input } });
      }
      if (method === 'mcpServer/elicitation/request')
        say({ id, result: { action: 'accept', content: {}, _meta: null } });
      if (method === 'turn/completed') child.stdin.end();
    });
    say({ id: 1, method: 'initialize', params: { clientInfo: { name: 'test', title: 'test', version: '0' } } });
    return finished(child);
  },
});
