import { afterEach, expect, it } from 'vitest';
import { Client } from './client.js';
import { HssProcess } from './hss-process.js';
import { type AtRest, Soak, WARM } from './soak.js';

// An hour's worth of calls in minutes, through one program. How fast they go is printed and never judged; what is
// judged is that every call gets its own answer and one only, and that the program is no larger at the end.

/** How much larger than after the first 10,000 calls the program may be at the end. */
const GROWTH = 1.2;

let client: Client | undefined;
let hss: HssProcess | undefined;
afterEach(async () => {
  client?.kill();
  await hss?.close();
  hss = undefined;
});

function print(soak: Soak, warm: AtRest, end: AtRest): void {
  const seconds = soak.ms / 1000;
  const mib = (value: number) => `${value.toFixed(1)} MiB`;
  process.stdout.write(
    [
      `${soak.calls} calls in ${seconds.toFixed(1)} s, ${Math.round(soak.calls / seconds)} a second`,
      `cancelled: ${soak.cancelled}; faults of HSS: ${soak.faults}; scans: ${soak.scans}`,
      `memory after ${WARM} calls ${mib(warm.mebibytes)}, at most ${mib(soak.mostMebibytes)}, at the end ${mib(end.mebibytes)}`,
      `open files after ${WARM} calls ${warm.files ?? 'unknown'}, at the end ${end.files ?? 'unknown'}`,
      '',
    ].join('\n'),
  );
}

/** Makes the calls and holds what is common to all soaks against the rules. */
async function run(program: Client, soak: Soak, calls: number): Promise<void> {
  await program.initialize();
  const warm = await soak.callUntil(WARM);
  const end = await soak.callUntil(calls);
  print(soak, warm, end);
  expect(soak.wrong.shown, `${soak.wrong.count} answers are not those of their calls`).toEqual([]);
  expect(program.defects.shown, `${program.defects.count} lines on stdout that nobody waits for`).toEqual([]);
  expect(program.complaints.shown, `${program.complaints.count} complaints on stderr`).toEqual([]);
  expect(end.mebibytes).toBeLessThan(warm.mebibytes * GROWTH);
  if (end.files !== undefined) expect(end.files).toBeLessThanOrEqual(warm.files ?? 0);
  expect(await program.end()).toEqual({ code: 0, halfLine: '' });
  // What came between the last answer and the end.
  expect(program.defects.shown).toEqual([]);
}

it('100,000 calls against an HSS that fails now and then, some of them cancelled', async () => {
  hss = await HssProcess.start();
  client = new Client([], await hss.tell<Record<string, string>>({ kind: 'settings' }));
  const soak = new Soak(client, hss);
  await run(client, soak, 100_000);
  // Every scan was carried out as often as its call said, neither more nor less.
  expect(await hss.tell({ kind: 'counts', operation: 'BatchScanLocalImage' })).toMatchObject({
    carriedOut: soak.scans,
  });
});

it('40,000 calls of --sandbox, which holds the embedded HSS itself', async () => {
  client = new Client(['--sandbox'], {});
  await run(client, new Soak(client), 40_000);
});
