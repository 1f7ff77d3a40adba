import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { callTool } from '../../src/mcp/call-tool.js';
import type { LimitOptions } from '../../src/sandbox/limits.js';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { Workspace } from '../../src/workspace/workspace.js';
import { byImage, byVulnerability, findings } from '../support/estate-truth.js';
import { EXAMPLE } from '../support/example.js';
import { Program, settingsFor } from '../support/program.js';
import { Conversation, type Row, rowsOf } from './task.js';

// The program under the limit that HSS documents: five requests a minute for an API and a user. Seconds stand for the
// minute; the refusals name them, as those of the gateway name its own.

const REGION = 'cn-north-4';
const WINDOW_MS = 2_000;
const LIMITS: readonly LimitOptions[] = [
  { kind: 'documented', windowMs: WINDOW_MS },
  { kind: 'documented', windowMs: WINDOW_MS, window: 'sliding' },
  { kind: 'documented', windowMs: WINDOW_MS, retryAfter: true },
  { kind: 'gateway' },
  { kind: 'none' },
];
/** Requests of one operation that are under way at most: so many a first refusal can come too late for. */
const AT_ONCE = 8;
const [AGENT, WEBSHELL] = EXAMPLE.image_info_list;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sandboxWith(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await Sandbox.start(options);
  closing.push(() => sandbox.close());
  return sandbox;
}

async function programBefore(sandbox: Sandbox): Promise<Program> {
  const program = await Program.start(settingsFor(sandbox));
  closing.push(() => program.end());
  return program;
}

interface Incomplete {
  readonly read: number;
  readonly ready_in: number;
}
const incompleteOf = (told: Row) => told.incomplete as Incomplete | undefined;

/** Asks until the answer is whole, each time after as long as the one before said. */
async function whole(ask: () => Promise<Row>): Promise<Row> {
  let told = await ask();
  for (let wait = incompleteOf(told); wait; wait = incompleteOf(told)) {
    await sleep(wait.ready_in * 1000);
    told = await ask();
  }
  return told;
}

/** Refusals by operation; a window that was full when the limit was known already has none. */
function refusals(sandbox: Sandbox): Map<string, number[]> {
  const refused = new Map<string, number[]>();
  for (const { operation, refused: count } of sandbox.limitWindows(REGION)) {
    if (count > 0) refused.set(operation, [...(refused.get(operation) ?? []), count]);
  }
  return refused;
}

describe.each(LIMITS)('the conversation of the demo, with limits %j', (limits) => {
  it('ends right and without an error', async () => {
    const sandbox = await sandboxWith({ limits, scanMs: 400 });
    const talk = new Conversation(await programBefore(sandbox), { calls: 12, characters: 20_000 });
    const listed = await talk.call('list_local_images', {});
    expect(listed).not.toHaveProperty('incomplete');
    expect(listed.total_num).toBe(sandbox.estate(REGION).images.length);

    const { accepted, submitted_at } = await talk.call('batch_scan_local_image', EXAMPLE);
    expect(accepted).toBe(true);
    const following = { images: EXAMPLE.image_info_list, submitted_at, wait_seconds: 20 };
    let status = await talk.call('get_local_image_scan_status', following);
    while (status.call_again) status = await talk.call('get_local_image_scan_status', following);
    expect(status).toMatchObject({ finished: 2, running: 0, failed: 0, not_found: 0 });

    const image_id = WEBSHELL?.image_id;
    const found = await whole(() => talk.call('list_local_image_vulnerabilities', { image_id, limit: 100 }));
    const estate = sandbox.estate(REGION);
    const truth = [...byImage(findings(estate))].find(([image]) => image.image_id === image_id)?.[1] ?? [];
    const rows = rowsOf(found, 'vulnerabilities');
    expect(rows.map(({ vul_id }) => vul_id).sort()).toEqual([...byVulnerability(truth).keys()].sort());
    expect(rows).not.toHaveLength(0);
    const order = ['Critical', 'High', 'Medium', 'Low'];
    const ranks = rows.map(({ severity_level }) => order.indexOf(String(severity_level)));
    expect(ranks).toEqual([...ranks].sort());

    const [worst] = rows;
    const { vul_id, type } = worst ?? {};
    const details = await whole(() => talk.call('get_vulnerability_details', { vul_id, type }));
    expect(details.vulnerability).toMatchObject({ vul_id });
    const affected = [...byImage(findings(estate))].filter(([, own]) =>
      own.some(({ vulnerability }) => vulnerability.vul_id === vul_id),
    );
    expect(rowsOf(details, 'images')).toHaveLength(affected.length);

    // One request more than the limit tells that there is one; after that none is refused.
    for (const counts of refusals(sandbox).values()) expect(counts).toEqual([1]);
  });
});

describe('a scan that is followed under the documented limit', () => {
  it('shows what was seen last where there is no place for a look, and says when there is one', async () => {
    const sandbox = await sandboxWith({ limits: 'documented', scanMs: 100_000 });
    const talk = new Conversation(await programBefore(sandbox), { calls: 5, characters: 20_000 });
    const { submitted_at } = await talk.call('batch_scan_local_image', EXAMPLE);
    const following = { images: EXAMPLE.image_info_list, submitted_at };
    const running = { running: 2, finished: 0, call_again: true };
    // Two names, two requests a look.
    for (let look = 0; look < 2; look += 1) {
      const status = await talk.call('get_local_image_scan_status', following);
      expect(status).toMatchObject(running);
      expect(status).not.toHaveProperty('incomplete');
    }
    const begun = performance.now();
    const status = await talk.call('get_local_image_scan_status', { ...following, wait_seconds: 2 });
    const took = performance.now() - begun;
    const [window] = sandbox.limitWindows(REGION).filter(({ operation }) => operation === 'ListImageLocal');
    const left = ((window?.endsAt ?? 0) - Date.now()) / 1000;
    expect(status).toMatchObject({ ...running, incomplete: { read: 0, of: 2 } });
    expect(
      rowsOf(status, 'images')
        .map(({ image_id }) => image_id)
        .sort(),
    ).toEqual([AGENT?.image_id, WEBSHELL?.image_id].sort());
    const { ready_in = 0 } = incompleteOf(status) ?? {};
    expect(ready_in).toBeGreaterThanOrEqual(left - 1);
    expect(ready_in).toBeLessThan(left + 10);
    // It waits as it was asked to, so that a client that calls again at once does not go round and round.
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(6_000);
    expect(window).toMatchObject({ accepted: 5, refused: 1 });
  });
});

describe('an answer that one call has no time for, under the documented limit', () => {
  /** One call of a tool that has so much time, within this process: a call of the program has 45 s. */
  async function ask(workspace: Workspace, name: string, args: object, ms: number): Promise<Row> {
    const { isError, structuredContent, content } = await callTool(workspace, name, args, {
      limits: { signal: new AbortController().signal, deadline: performance.now() + ms },
      progress: () => {},
      asking: () => async () => 'unavailable',
    });
    expect(isError, JSON.stringify(content)).toBeFalsy();
    return structuredContent as Row;
  }

  it.each([
    ['summarize_local_images', { group_by: 'vulnerability', severity_level: 'Critical' }],
    ['plan_local_image_fixes', { severity_level: 'Critical', has_container: true }],
  ])(
    '%s says when it is whole, and has more when asked again',
    async (name, question) => {
      const sandbox = await sandboxWith({
        estate: { images: 2400, seed: 7 },
        pairs: 'refused_403',
        limits: { kind: 'documented', windowMs: 1_000 },
      });
      const workspace = new Workspace(readConfig({ env: settingsFor(sandbox) }), () => {}, false);
      closing.push(() => workspace.close());
      const args = { enterprise_project_id: 'all_granted_eps', ...question };

      const first = incompleteOf(await ask(workspace, name, args, 3_500));
      const firstAt = performance.now();
      if (!first) throw new Error('the estate is too small');
      const complete = ask(workspace, name, args, 60_000).then((told) => {
        expect(told).not.toHaveProperty('incomplete');
        return (performance.now() - firstAt) / 1000;
      });
      await sleep(first.ready_in * 1000);
      const again = incompleteOf(await ask(workspace, name, args, 2_000));
      const seconds = await complete;
      // Two windows more or less are what such small ones cannot be told by.
      expect(first.ready_in).toBeLessThanOrEqual(2 * seconds + 2);
      expect(first.ready_in).toBeGreaterThanOrEqual(seconds / 2 - 2);
      if (again) expect(again.ready_in).toBeLessThan(first.ready_in);
      for (const counts of refusals(sandbox).values()) {
        expect(counts).toHaveLength(1);
        expect(Math.max(...counts)).toBeLessThanOrEqual(AT_ONCE);
      }
    },
    90_000,
  );
});
