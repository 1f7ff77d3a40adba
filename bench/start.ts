import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, print } from './support/figures.js';
import { StdioClient } from './support/stdio-client.js';

// From spawn to the answers of initialize and tools/list, and resident memory after it, beside a bare responder (the
// floor: Node itself) and public servers, in interleaved rounds.
const ROUNDS = 25;

const FLOOR = `
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (id === undefined) return;
  const result = method === 'initialize' ? { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: {} } : { tools: [] };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
});`;

/** Public servers, installed on demand into a temporary folder. */
const PUBLIC = ['@modelcontextprotocol/server-filesystem', '@modelcontextprotocol/server-everything'];

function install(): string {
  const folder = join(tmpdir(), 'huaweicloud-hss-mcp-bench');
  if (!existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['i', '--no-audit', '--no-fund', '--ignore-scripts', ...PUBLIC], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return folder;
}

const installed = install();
const entry = (name: string) => join(installed, 'node_modules', name, 'dist', 'index.js');
const servers: Record<string, string[]> = {
  'bare responder (floor)': ['-e', FLOOR],
  'huaweicloud-hss-mcp': [join(process.cwd(), 'dist', 'index.js')],
  'server-filesystem': [entry('@modelcontextprotocol/server-filesystem'), tmpdir()],
  'server-everything': [entry('@modelcontextprotocol/server-everything')],
};

interface Samples {
  readonly initialize: number[];
  readonly list: number[];
  readonly memory: number[];
}
const samples = new Map<string, Samples>(
  Object.keys(servers).map((name) => [name, { initialize: [], list: [], memory: [] }]),
);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, args] of Object.entries(servers)) {
    const begun = performance.now();
    const client = StdioClient.spawn(args);
    await client.initialize();
    samples.get(name)?.initialize.push(performance.now() - begun);
    await client.request('tools/list');
    samples.get(name)?.list.push(performance.now() - begun);
    samples.get(name)?.memory.push(client.residentMiB());
    client.kill();
  }
}

const floor = samples.get('bare responder (floor)');
print(
  `Start, medians of ${ROUNDS} rounds`,
  ['server', 'initialize, ms', 'tools/list, ms', 'relative', 'memory, MiB', 'relative'],
  [...samples].map(([name, { initialize, list, memory }]) => [
    name,
    median(initialize),
    median(list),
    median(list) / median(floor?.list ?? []),
    median(memory),
    median(memory) / median(floor?.memory ?? []),
  ]),
);
