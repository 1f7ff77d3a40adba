import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { peakMiB, residentMiB } from '../support/meter.js';
import { Program, settingsFor } from '../support/program.js';

// An answer of almost 8 MiB, the largest that is read, made to take as much memory as can be: beyond the bounds of what
// is parsed, and just within them.

/** More memory than at rest that the worst answer may take, in MiB. */
const MOST_MIB = 200;
const BYTES = 8 * 1024 * 1024 - 1024;

const pageOf = (rows: string) => `{"total_num":1,"data_list":[${rows}]}`;
const repeated = (piece: string, count: number) => `${`${piece},`.repeat(Math.floor(count) - 1)}${piece}`;
/** As many pieces as fit, with a comma between them. */
const full = (piece: string) => repeated(piece, (BYTES - 100) / (piece.length + 1));

/** Rows with lists of `piece`, that count as `values` each, as many as are let through. */
function within(values: number, piece: (index: number) => string): string {
  const rows = 100;
  const entries = Math.floor(245_000 / values / rows);
  const list = (row: number) => Array.from({ length: entries }, (_, index) => piece(row * entries + index)).join(',');
  return pageOf(Array.from({ length: rows }, (_, row) => `{"cve_list":[${list(row)}]}`).join(','));
}

const ANSWERS: readonly (readonly [what: string, body: () => string])[] = [
  ['2.8 million empty rows', () => pageOf(full('{}'))],
  ['the CVEs of every row, as many as documented', () => pageOf(full('{"cve_id":"CVE-2024-12345","cvss":9.8}'))],
  ['empty lists, as many as are let through', () => within(2, () => '[]')],
  ['lists in lists, as many as are let through', () => within(51, () => `${'['.repeat(50)}${']'.repeat(50)}`)],
  ['objects in objects, the same', () => within(51, () => `${'{"":'.repeat(50)}0${'}'.repeat(50)}`)],
  ['CVEs, as many as are let through', () => within(3, (index) => `{"cve_id":"CVE-${index}","cvss":9.8}`)],
  ['objects that all differ, the same', () => within(2, (index) => `{"${index.toString(36)}":0}`)],
  [
    'one object of names that all differ, the same',
    () => pageOf(`{${Array.from({ length: 245_000 }, (_, index) => `"${index.toString(36)}":0`).join(',')}}`),
  ],
  ['one long text of any script', () => pageOf(`{"image_name":"${'名'.repeat(BYTES / 3 - 100)}"}`)],
  ['a long text in every row', () => pageOf(repeated(`{"image_name":"${'n'.repeat(41_000)}"}`, 200))],
  ['no JSON at all', () => '<p>,'.repeat(BYTES / 4)],
];

let sandbox: Sandbox;
let program: Program;
beforeEach(async () => {
  sandbox = await Sandbox.start();
});
afterEach(async () => {
  await program.end();
  await sandbox.close();
});

it.each(ANSWERS)(
  `an answer of %s takes less than ${MOST_MIB} MiB, of HSS, as an error, and of IAM`,
  { timeout: 60_000 },
  async (_, body) => {
    const settings: Record<string, string> = { ...settingsFor(sandbox), HSS_MAX_RETRIES: '0' };
    delete settings.HSS_PROJECT_ID;
    program = await Program.start(settings);
    const answer = (operation: string, status: number, content: string) =>
      sandbox.inject({ kind: 'respond', operation, status, body: content, times: 1 });

    // At rest all is loaded and connected.
    answer('KeystoneListAuthProjects', 400, '{}');
    expect((await program.call('list_local_images')).isError).toBe(true);
    const pid = program.child.pid ?? 0;
    const rest = residentMiB(pid);

    answer('KeystoneListAuthProjects', 200, body());
    expect((await program.call('list_local_images')).isError).toBe(true);
    for (const status of [200, 400]) {
      answer('ListImageLocal', status, body());
      expect((await program.call('list_local_images')).text).not.toBe('');
    }
    const peak = peakMiB(pid);
    if (peak !== undefined) expect(peak - rest).toBeLessThan(MOST_MIB);
    // And the program lives on.
    expect((await program.call('list_local_images')).isError).toBeFalsy();
  },
);
