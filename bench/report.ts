import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPORT_FORMATS } from '../src/report/formats.js';
import { Sandbox, type SandboxOptions } from '../src/sandbox/sandbox.js';
import { print } from './support/figures.js';
import { connected, requestsOf } from './support/sandbox-client.js';

// What a report costs from a cold start to the file: time, requests to HSS, calls, memory; at 60 ms a request. A large
// estate, and the documented limit with its window shortened to a tenth.
const TENTH_OF_A_MINUTE_MS = 6_000;
const MOST_CALLS = 60;

const folder = mkdtempSync(join(tmpdir(), 'reports-'));

/** Asks for a report until it is written. */
async function written(options: SandboxOptions, args: object): Promise<readonly (string | number)[]> {
  const sandbox = await Sandbox.start({ latencyMs: 60, ...options });
  const client = await connected(sandbox, { HSS_REPORT_DIR: folder });
  const begun = performance.now();
  let calls = 0;
  let told: Readonly<Record<string, unknown>> = {};
  while (calls < MOST_CALLS && told.path === undefined) {
    if (calls > 0) {
      const { ready_in = 1 } = (told.incomplete ?? {}) as { ready_in?: number };
      await new Promise((resolve) => setTimeout(resolve, Math.min(ready_in * 1000, TENTH_OF_A_MINUTE_MS)));
    }
    calls += 1;
    const all = { enterprise_project_id: 'all_granted_eps', ...args };
    told = (await client.call('export_local_image_report', all)).structuredContent ?? {};
  }
  const seconds = (performance.now() - begun) / 1000;
  const requests = requestsOf(sandbox);
  const size = told.path === undefined ? 'not written' : (statSync(String(told.path)).size / 1024 / 1024).toFixed(1);
  const row = [
    seconds,
    client.processorSeconds(),
    String(calls),
    String(client.notifications),
    String(requests),
    String(told.rows ?? ''),
    size,
    client.peakMiB(),
  ];
  client.kill();
  await sandbox.close();
  return row;
}

const COLUMNS = [
  's',
  'processor, s',
  'calls',
  'told how far',
  'requests',
  'findings',
  'file, MiB',
  'memory at most, MiB',
];

const formats: (readonly (string | number)[])[] = [];
for (const format of REPORT_FORMATS) {
  formats.push([format, ...(await written({ estate: { images: 2_400, seed: 7 } }, { format }))]);
}
print('A report of 2,400 images at 60 ms a request', ['format', ...COLUMNS], formats);

const large: (readonly (string | number)[])[] = [];
for (const format of ['csv', 'html'] as const) {
  large.push([format, ...(await written({ estate: { images: 100_000, seed: 7 } }, { format }))]);
}
print('A report of 100,000 images at 60 ms a request', ['format', ...COLUMNS], large);

const limits = { kind: 'documented', windowMs: TENTH_OF_A_MINUTE_MS } as const;
const limited = await written({ estate: { images: 2_400, seed: 7 }, limits }, { format: 'csv' });
print(
  `A report of 2,400 images with five requests a window for an API (a window of ${TENTH_OF_A_MINUTE_MS / 1000} s for a minute)`,
  ['format', ...COLUMNS],
  [['csv', ...limited]],
);
rmSync(folder, { recursive: true });
