import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { VERSION } from '../../src/version.js';
import { runCommand } from '../support/command.js';
import { Program, settingsFor } from '../support/program.js';
import { sharedProgram } from '../support/worlds.js';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

/** A program in the middle of a call that HSS never answers. */
async function inTheMiddleOfACall(): Promise<{ program: Program; id: number; answer: Promise<unknown> }> {
  sandbox = await Sandbox.start();
  sandbox.inject({ kind: 'hang', carryOut: false, times: Number.POSITIVE_INFINITY });
  const program = await Program.start(settingsFor(sandbox));
  const { id, answer } = program.exchange('tools/call', { name: 'list_local_images', arguments: {} });
  while (sandbox.requests.length === 0) await sleep(10);
  return { program, id, answer };
}

describe('the end', () => {
  it('comes with exit 0 within a second when stdin ends', async () => {
    const program = await Program.start({});
    const { code, ms } = await program.end();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(1000);
  });

  it('comes within a second in the middle of a call, too', async () => {
    const { program } = await inTheMiddleOfACall();
    const { code, ms } = await program.end({ abandoned: 1 });
    expect(code).toBe(0);
    expect(ms).toBeLessThan(1000);
  });

  it('lets a short call answer that was asked just before', async () => {
    const program = await Program.start({}, { args: ['--sandbox'] });
    // The first call of all loads what calls need, which takes longer than the grace on a machine that is busy.
    await program.call('list_local_images');
    const { answer } = program.exchange('tools/call', { name: 'list_local_images', arguments: {} });
    await program.end();
    expect((await answer).result).toBeDefined();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'comes with exit 0 on %s, in the middle of a call',
    async (signal) => {
      const { program } = await inTheMiddleOfACall();
      program.child.kill(signal);
      expect(await program.exited()).toBe(0);
    },
  );

  it('comes with exit 0 when stdout is closed', async () => {
    const program = await Program.start({});
    program.child.stdout?.destroy();
    program.send({ jsonrpc: '2.0', id: 99, method: 'ping' });
    expect(await program.exited()).toBe(0);
  });
});

describe('cancelling', () => {
  it('ends the HTTP request under way, and no answer is sent', async () => {
    const { program, id } = await inTheMiddleOfACall();
    program.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, reason: 'test' } });
    await program.request('ping');
    await sleep(200);
    expect(program.lines.some((line) => JSON.parse(line).id === id)).toBe(false);
    expect(sandbox?.requests).toHaveLength(1);
    await program.end();
  });
});

describe('lines that are no messages', () => {
  const sharing = sharedProgram({});
  it.each([
    'not json\n',
    '{"jsonrpc":"1.0"}\n',
    '[]\n',
    '\n',
    '\u0000\u0001\n',
    '{"jsonrpc":"2.0","id":{},"method":"ping"}\n',
  ])('%j is not fatal', async (line) => {
    sharing().send(line);
    expect(await sharing().request('ping')).toEqual({});
  });

  it('a line beyond 10 MiB is dropped up to its newline, and reported', async () => {
    const program = await Program.start({});
    const chunk = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 12; index += 1) program.send(chunk);
    program.send('\n');
    expect(await program.request('ping')).toEqual({});
    expect(program.stderr).toContain('beyond 10 MiB');
    await program.end();
  });

  it('a call of 5 MB is answered', async () => {
    const program = await Program.start({}, { args: ['--sandbox'] });
    const { isError } = await program.call('list_local_images', { image_name: 'x'.repeat(5_000_000) });
    expect(isError).toBe(true);
    await program.end();
  });
});

describe('the command line', () => {
  it('prints its version and its help', async () => {
    expect(await runCommand({}, '--version')).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
    expect(await runCommand({}, '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--sandbox') });
  });

  it('refuses what it does not know, with help', async () => {
    expect(await runCommand({}, '--sandbx')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    });
  });

  it.each([
    { args: ['--sandbox', '--limits', 'some'], why: '--limits must be one of documented, gateway, none.' },
    { args: ['--sandbox', '--images', 'many'], why: '--images must be a whole number from 1 to 100000' },
    { args: ['--images', '5'], why: '--images and --limits go with --sandbox.' },
  ])('refuses $args', async ({ args, why }) => {
    expect(await runCommand({}, ...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(why) });
  });

  it('grows the embedded estate and limits its requests', async () => {
    const program = await Program.start({}, { args: ['--sandbox', '--images', '300', '--limits', 'documented'] });
    const { structured } = await program.call('list_local_images', { enterprise_project_id: 'all_granted_eps' });
    expect(structured).toMatchObject({ total_num: 300, sandbox: true });
    await program.end();
  });
});
