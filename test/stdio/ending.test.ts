import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { PROGRAM } from '../support/command.js';
import { Gate } from '../support/gate.js';
import { Program, settingsFor } from '../support/program.js';

// The program is started by other programs, which end in every way there is. It must not outlive them, must leave
// nothing open at HSS, and must not cut a line: the watch over stdout sees to that.

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Time in which whatever is to end has ended, in ms. */
const SOON = { timeout: 2_000, interval: 20 };

/** In the place of HSS: takes every request and never answers. */
let hss: Gate;
let settings: Record<string, string>;
beforeEach(async () => {
  hss = await Gate.open(9);
  await hss.set({ kind: 'silent' });
  settings = {
    CLOUD_SDK_AK: 'EXAMPLEAK',
    CLOUD_SDK_SK: 'EXAMPLESK',
    HSS_REGION: 'cn-north-4',
    HSS_PROJECT_ID: '0123456789abcdef0123456789abcdef',
    HSS_ENDPOINT: `http://127.0.0.1:${hss.port}`,
  };
});
afterEach(() => hss.close());

const call = (image_name: string) => ({ name: 'list_local_images', arguments: { image_name } });

/** As many requests of one operation are let go before it is known whether their limit is enforced. */
const AT_ONCE = 6;

/** A program in the middle of `count` calls. */
async function inTheMiddleOf(count: number): Promise<Program> {
  const program = await Program.start(settings);
  for (let index = 0; index < count; index += 1) program.exchange('tools/call', call(`image-${index}`));
  await vi.waitFor(() => expect(hss.caught).toBe(Math.min(count, AT_ONCE)), SOON);
  return program;
}

/** Whether a process runs. One that has ended and that nobody has asked about (a zombie) does not. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat')) return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts the program whose path it is given, writes it the lines that it is given, and says its process id. */
const PARENT = `
  const [, path, lines] = process.argv;
  const child = require('node:child_process').spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(lines);
  process.stdout.write(String(child.pid));
`;

describe('the end of the parent', () => {
  it('by SIGKILL in the middle of a call is the end of the program and of its connection', async () => {
    const clientInfo = { name: 'test', version: '0' };
    const lines = [
      { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: call('image') },
    ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...settings };
    const parent = spawn(process.execPath, ['-e', PARENT, PROGRAM, lines.join('')], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said);
    await vi.waitFor(() => expect(hss.caught).toBe(1), SOON);
    expect(isRunning(pid)).toBe(true);
    expect(hss.connections).toBe(1);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), SOON);
    await vi.waitFor(() => expect(hss.connections).toBe(0), SOON);
  });
});

describe('the end by a signal', () => {
  it.each(SIGNALS)('%s at rest comes with exit 0 and whole lines', async (signal) => {
    const program = await Program.start(settings);
    program.child.kill(signal);
    expect(await program.exited()).toBe(0);
  });

  it.each(SIGNALS)('%s again and again in the middle of a call is like one', async (signal) => {
    const program = await inTheMiddleOf(1);
    program.child.kill(signal);
    const again = setInterval(() => program.child.kill(signal), 1);
    expect(await program.exited()).toBe(0);
    clearInterval(again);
    expect(program.lines).toHaveLength(1);
    await vi.waitFor(() => expect(hss.connections).toBe(0), SOON);
  });

  it('does not touch a second program beside it', async () => {
    const sandbox = await Sandbox.start();
    sandbox.inject({ kind: 'hang', carryOut: false, holding: 'first' });
    sandbox.inject({ kind: 'delay', ms: 500, holding: 'second' });
    const first = await Program.start(settingsFor(sandbox));
    const second = await Program.start(settingsFor(sandbox));
    first.exchange('tools/call', call('first'));
    const { answer } = second.exchange('tools/call', call('second'));
    await vi.waitFor(() => expect(sandbox.requests).toHaveLength(2), SOON);
    first.child.kill('SIGTERM');
    expect(await first.exited()).toBe(0);
    expect((await answer).result).toMatchObject({ structuredContent: { total_num: 0 } });
    expect(await second.end()).toMatchObject({ code: 0 });
    await sandbox.close();
  });
});

describe('the end of stdin', () => {
  it('with many calls that hang comes with exit 0 within a second, and with no answer to them', async () => {
    const program = await inTheMiddleOf(50);
    const { code, ms } = await program.end({ abandoned: 50 });
    expect(code).toBe(0);
    expect(ms).toBeLessThan(1000);
    expect(program.lines).toHaveLength(1);
    await vi.waitFor(() => expect(hss.connections).toBe(0), SOON);
  });

  it('with many short calls lets all of them answer', async () => {
    const program = await Program.start({}, { args: ['--sandbox'] });
    await program.call('list_local_images');
    const calls = Array.from({ length: 20 }, (_, index) => program.exchange('tools/call', call(`image-${index}`)));
    expect(await program.end()).toMatchObject({ code: 0 });
    for (const { answer } of calls) expect((await answer).result).toBeDefined();
  });
});

describe('the end of stdout', () => {
  it('in the middle of a call comes with exit 0 when the answer cannot be written', async () => {
    const sandbox = await Sandbox.start();
    sandbox.inject({ kind: 'delay', ms: 200 });
    const program = await Program.start(settingsFor(sandbox));
    program.exchange('tools/call', call('image'));
    await vi.waitFor(() => expect(sandbox.requests).toHaveLength(1), SOON);
    program.child.stdout?.destroy();
    expect(await program.exited()).toBe(0);
    await sandbox.close();
  });
});

describe('many answers in one turn', () => {
  it('are no reason for Node to warn of a leak', async () => {
    const program = await Program.start({});
    await Promise.all(Array.from({ length: 30 }, () => program.request('tools/list')));
    await program.end();
    expect(program.stderr).not.toContain('Warning');
  });
});
