import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { VERSION } from './version.js';

/** The request of HSS's BatchScanLocalImage page, to the letter. */
const EXAMPLE = {
  image_info_list: [
    {
      image_name: 'swr.cn-north-7.myhuaweicloud.com/scc_hss_container/install-hss-agent',
      image_version: '1.0.10.x86_64',
      image_digest: 'sha256:05b5081012e562d14c374de2a4c74511f9e8e0adc572d3b35fb3df06de0da63b',
      image_id: 'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
    },
    {
      image_name: 'swr.cn-north-7.myhuaweicloud.com/glz/webshell-ljx',
      image_version: 'v1',
      image_digest: 'sha256:ce0b5d91b072730d0bc9518f11efd07eb7fdb9f43251e11a96cab5b1918b7044',
      image_id: 'b8722a02-162f-4e4e-8100-127605e3a07b',
    },
  ],
  operate_all: false,
};
const EVERYWHERE = { enterprise_project_id: 'all_granted_eps' };

/** Longest that the scan may take before the demo counts it as failed, in ms; the embedded scan takes seconds. */
const SCAN_LIMIT_MS = 60_000;

type Row = Record<string, unknown>;

function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

function step(title: string): void {
  say(`\n== ${title}`);
}

/** Calls a tool as a client does, and takes an error result for a failed step. */
async function call(client: Client, name: string, args: Row): Promise<{ text: string; structured: Row }> {
  say(`-> ${name} ${JSON.stringify(args)}`);
  const result = await client.callTool({ name, arguments: args });
  const [part] = result.content as { type: string; text?: string }[];
  const text = part?.text ?? '';
  if (result.isError) throw new Error(`${name} failed: ${text}`);
  return { text, structured: (result.structuredContent ?? {}) as Row };
}

const rowsOf = (structured: Row) => (structured.images ?? []) as Row[];

function table(rows: readonly Row[], columns: readonly string[]): void {
  const shorten = (text: string) => (text.length > 58 ? `...${text.slice(-55)}` : text);
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => shorten(String(row[column] ?? ''))))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  for (const line of cells)
    say(`   ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

/** Waits, as a model would, for as long as the result says to call again. */
async function follow(client: Client, submittedAt: unknown): Promise<Row[]> {
  const deadline = Date.now() + SCAN_LIMIT_MS;
  const args = { ...EVERYWHERE, images: EXAMPLE.image_info_list, submitted_at: submittedAt, wait_seconds: 20 };
  while (Date.now() < deadline) {
    const { structured } = await call(client, 'get_local_image_scan_status', args);
    say(`   ${structured.finished} finished, ${structured.running} running, ${structured.failed} failed`);
    if (structured.call_again) continue;
    if (structured.finished !== EXAMPLE.image_info_list.length) throw new Error('not every scan finished');
    return rowsOf(structured);
  }
  throw new Error(`the scan was not finished within ${SCAN_LIMIT_MS / 1000} s`);
}

async function demo(program: string): Promise<void> {
  const client = new Client({ name: 'demo', version: VERSION });
  const { HSS_REPORT_DIR } = process.env;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, '--sandbox'],
    // Nothing of the environment counts but where reports go.
    env: { ...getDefaultEnvironment(), ...(HSS_REPORT_DIR && { HSS_REPORT_DIR }) },
    stderr: 'ignore',
  });

  step('Starting the server as an MCP client does, with the embedded HSS: no account, no network');
  await client.connect(transport);
  try {
    const { tools } = await client.listTools();
    for (const tool of tools) say(`   ${tool.name}: ${tool.title}`);

    step('Which images lie on the hosts?');
    const listed = await call(client, 'list_local_images', EVERYWHERE);
    // Whatever the environment says, the demo scans invented images only.
    if (listed.structured.sandbox !== true) throw new Error('this is not the embedded HSS');
    table(rowsOf(listed.structured), ['image_name', 'image_version', 'scan_status', 'vul_num']);

    step("Scanning two of them, with the arguments of HSS's own example");
    const scan = await call(client, 'batch_scan_local_image', { ...EVERYWHERE, ...EXAMPLE });
    if (scan.structured.accepted !== true) throw new Error(`HSS did not accept the scan: ${scan.text}`);
    say(scan.text.replace(/^/gm, '   '));

    step('Waiting for the scan: HSS gives no task id, so the server watches the state of the images');
    const scanned = await follow(client, scan.structured.submitted_at);
    table(scanned, ['image_name', 'image_version', 'scan_status', 'vul_num', 'latest_scan_time']);

    step('What was found in the second image, worst first?');
    const image = scanned.find((row) => row.image_id === EXAMPLE.image_info_list[1]?.image_id);
    const found = await call(client, 'list_local_image_vulnerabilities', { ...EVERYWHERE, image_id: image?.image_id });
    const vulnerabilities = (found.structured.vulnerabilities ?? []) as Row[];
    table(vulnerabilities, ['severity_level', 'max_cvss_score', 'vul_id', 'vul_name']);
    const [worst] = vulnerabilities;
    if (!worst) throw new Error('the scan found nothing, but this image has vulnerabilities');

    step('What is the worst one, and how is it fixed?');
    const details = await call(client, 'get_vulnerability_details', {
      ...EVERYWHERE,
      vul_id: worst.vul_id,
      type: worst.type,
    });
    say(details.text.replace(/^/gm, '   '));

    step('A report of all this, for people');
    const report = await call(client, 'export_local_image_report', { ...EVERYWHERE, format: 'html' });
    const { path, images, rows } = report.structured;
    if (typeof path !== 'string') throw new Error(`the report was not written: ${report.text}`);
    say(`   ${rows} findings in ${images} images. Open it in a browser:\n   ${path}`);

    say('\nDone. The README shows how to connect an assistant, with this embedded HSS or with your account.');
  } finally {
    await client.close();
  }
}

const program = process.argv[2] ?? fileURLToPath(new URL('./index.js', import.meta.url));
await demo(program).catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
