import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Prints links that install the server of this clone into VS Code and Cursor with one click, and a command for Claude
// Code. They hold the absolute path of this clone and no key: VS Code asks for the keys, Cursor reads the environment.

const program = join(process.cwd(), 'dist', 'index.js');
if (!existsSync(program)) {
  process.stderr.write('Run npm run build first: the links point at dist/index.js.\n');
  process.exit(1);
}

const NAME = 'huaweicloud-hss';
const SETTINGS = { CLOUD_SDK_AK: 'hss-ak', CLOUD_SDK_SK: 'hss-sk', HSS_REGION: 'hss-region' };
const environment = (write) =>
  Object.fromEntries(Object.entries(SETTINGS).map(([name, id]) => [name, write(name, id)]));

const code = {
  name: NAME,
  type: 'stdio',
  command: 'node',
  args: [program],
  env: environment((_, id) => `\${input:${id}}`),
  inputs: [
    { type: 'promptString', id: 'hss-ak', description: 'Huawei Cloud access key (AK)', password: true },
    { type: 'promptString', id: 'hss-sk', description: 'Huawei Cloud secret key (SK)', password: true },
    { type: 'promptString', id: 'hss-region', description: 'Region id, e.g. cn-north-4' },
  ],
};
const cursor = { command: 'node', args: [program], env: environment((name) => `\${env:${name}}`) };

process.stdout.write(`VS Code
  vscode:mcp/install?${encodeURIComponent(JSON.stringify(code))}

Cursor
  cursor://anysphere.cursor-deeplink/mcp/install?name=${NAME}&config=${encodeURIComponent(Buffer.from(JSON.stringify(cursor)).toString('base64'))}

Claude Code (a command)
  claude mcp add ${NAME} -- node ${JSON.stringify(program)}
`);
