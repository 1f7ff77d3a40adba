import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { REPORT_OPTIONS, readReportFlags } from './command/report-flags.js';
import { VERSION } from './version.js';

// stdout carries protocol messages only; what any library prints goes to stderr.
globalThis.console = new Console(process.stderr, process.stderr);

const HELP = `huaweicloud-hss-mcp ${VERSION}: MCP server for Huawei Cloud HSS local image scanning

Usage: huaweicloud-hss-mcp [--sandbox [--images N] [--limits KIND]]
       huaweicloud-hss-mcp doctor [--json]
       huaweicloud-hss-mcp report [--format F] [--output FILE] [filters] [--fail-on SEVERITY]

Serves MCP on stdin and stdout. Settings come from environment variables; the README lists them.
doctor checks settings, credentials, clock, endpoint, TLS, proxy, project and permission.
report reads images and findings and writes one report; a pipeline tells by its exit status what was found.

  --sandbox   use an embedded HSS with invented images; no account, no network
  --images    let the embedded HSS have N invented images, at most 100000
  --limits    let the embedded HSS limit requests: documented, gateway or none
  --json      let doctor print JSON

  report:
  --format F                  markdown (default), html, csv, sarif, cyclonedx, json, or hss: the ZIP that HSS makes
                              itself, which leaves a task there and takes only --image-name and --has-container
  --output FILE               where to write it; - is stdout. Default: a new file in HSS_REPORT_DIR
  --severity-level S          findings of at least Critical, High, Medium or Low (default)
  --image-name TEXT           only images whose name contains this
  --host-name TEXT            only images on hosts whose name contains this
  --has-container true|false  only images with or without containers
  --region ID                 region instead of the setting
  --enterprise-project-id ID  enterprise project instead of the setting; all_granted_eps for all
  --title TEXT                title of the report
  --baseline NAME             an earlier JSON report in HSS_REPORT_DIR: tells what is new and gone since
  --lang en|zh                language of markdown and html instead of HSS_LANG
  --fail-on Critical|High     exit with 3 when there is an open finding of at least this severity
  --scan                      first scan the images that the filters match, and wait for the end of their scans;
                              asks on a terminal, and elsewhere wants the next flag
  --confirm-image-count N     with --scan: scan exactly so many images without being asked; another number is refused
  Exit status: 0 written; 1 failed; 2 bad usage; 3 see --fail-on; 4 written, but not everything could be read

  --version   print the version
  --help      print this text
`;

const OPTIONS = {
  sandbox: { type: 'boolean', default: false },
  images: { type: 'string' },
  limits: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...REPORT_OPTIONS,
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

function readFlags(given: Parameters<typeof readReportFlags>[0]) {
  try {
    return readReportFlags(given);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { values, positionals } = readArgs();
const [command, ...others] = positionals;
if (others.length > 0 || (command !== undefined && command !== 'doctor' && command !== 'report'))
  refuse(`Unknown command: ${positionals.join(' ')}`);
const misplaced = Object.keys(REPORT_OPTIONS).find((name) => name in values);
if (misplaced !== undefined && command !== 'report') refuse(`--${misplaced} goes with report.`);
if (values.help) process.stdout.write(HELP);
else if (values.version) process.stdout.write(`${VERSION}\n`);
else if (command === 'doctor') {
  if (values.sandbox) refuse('doctor checks the settings of an account; --sandbox needs none.');
  const { doctor } = await import('./doctor/doctor.js');
  process.exitCode = await doctor({ json: values.json });
} else if (command === 'report') {
  if (values.json) refuse('--json goes with doctor.');
  const flags = readFlags(values);
  const { report } = await import('./command/report.js');
  process.exitCode = await report(flags, await readSandbox(values));
} else {
  if (values.json) refuse('--json goes with doctor.');
  const { serve } = await import('./mcp/serve.js');
  await serve({ sandbox: await readSandbox(values) });
}
