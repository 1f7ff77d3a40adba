import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { VERSION } from './version.js';

// stdout carries protocol messages only; what any library prints goes to stderr.
globalThis.console = new Console(process.stderr, process.stderr);

const HELP = `huaweicloud-hss-mcp ${VERSION}: MCP server for Huawei Cloud HSS local image scanning

Usage: huaweicloud-hss-mcp [--sandbox [--images N] [--limits KIND]]
       huaweicloud-hss-mcp doctor [--json]

Serves MCP on stdin and stdout. Settings come from environment variables; the README lists them.
doctor checks settings, credentials, clock, endpoint, TLS, proxy, project and permission.

  --sandbox   use an embedded HSS with invented images; no account, no network
  --images    let the embedded HSS have N invented images, at most 100000
  --limits    let the embedded HSS limit requests: documented, gateway or none
  --json      let doctor print JSON
  --version   print the version
  --help      print this text
`;

const OPTIONS = {
  sandbox: { type: 'boolean', default: false },
  images: { type: 'string' },
  limits: { type: 'string' },
  json: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function refuse(why: string): never {
  process.stderr.write(`${why}\n\n${HELP}`);
  process.exit(2);
}

function readArgs() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function readSandbox(given: { sandbox: boolean; images?: string; limits?: string }) {
  if (given.sandbox) {
    const { readSandboxFlags } = await import('./sandbox/flags.js');
    try {
      return readSandboxFlags(given);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
  }
  if (given.images !== undefined || given.limits !== undefined)
    return refuse('--images and --limits go with --sandbox.');
  return false;
}

const { values, positionals } = readArgs();
const [command, ...others] = positionals;
if (others.length > 0 || (command !== undefined && command !== 'doctor'))
  refuse(`Unknown command: ${positionals.join(' ')}`);
if (values.help) process.stdout.write(HELP);
else if (values.version) process.stdout.write(`${VERSION}\n`);
else if (command === 'doctor') {
  if (values.sandbox) refuse('doctor checks the settings of an account; --sandbox needs none.');
  const { doctor } = await import('./doctor/doctor.js');
  process.exitCode = await doctor({ json: values.json });
} else {
  if (values.json) refuse('--json goes with doctor.');
  const { serve } = await import('./mcp/serve.js');
  await serve({ sandbox: await readSandbox(values) });
}
