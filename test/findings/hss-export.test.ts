import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { Failure } from '../../src/failure.js';
import { HssExports } from '../../src/findings/hss-export.js';
import type { ExportSelection } from '../../src/hss/exports.js';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { type Connected, connect } from '../../src/workspace/connect.js';
import { Listener } from '../support/listener.js';
import { settingsFor } from '../support/program.js';

/** The pauses between looks at a task, ten times as fast. */
const TENTHS_MS = [200, 500, 1_000];

let sandbox: Sandbox;
let connected: Connected;
let elsewhere: Listener | undefined;
afterEach(async () => {
  await connected.close();
  await sandbox.close();
  await elsewhere?.close();
  elsewhere = undefined;
});

async function start(options: SandboxOptions = {}): Promise<HssExports> {
  sandbox = await Sandbox.start({ exportMs: 0, ...options });
  const config = readConfig({ env: settingsFor(sandbox) });
  connected = connect(config.connection(), config, () => {});
  return new HssExports(connected.hss, TENTHS_MS);
}

const OPERATIONS = ['BatchExportLocalVulTask', 'ListQueryExportTask', 'ListDownloadExportedFile'] as const;
const counts = () => OPERATIONS.map((operation) => sandbox.count(operation));

/** A call that has `seconds` beyond what it keeps for the file, ten times as fast as its pauses. */
const get = (exports: HssExports, seconds = 30, selection: ExportSelection = {}, signal?: AbortSignal) =>
  exports.get(
    selection,
    {
      region: 'cn-north-4',
      enterpriseProjectId: 'all_granted_eps',
      signal: signal ?? new AbortController().signal,
      deadline: performance.now() + 12_000 + (seconds * 1_000) / 10,
    },
    () => {},
  );

describe('an export by HSS', () => {
  it('takes three requests, and comes as it is', async () => {
    const exports = await start();
    const found = await get(exports);
    expect(found).toMatchObject({ kind: 'file', rows: expect.any(Number) });
    if (found.kind !== 'file') throw new Error('no file');
    expect(Buffer.concat(found.pieces).subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004', 'latin1'));
    expect(counts()).toEqual([1, 1, 1]);
    // What was handed over is through: asking again is about the present.
    await get(exports);
    expect(counts()).toEqual([2, 2, 2]);
  }, 20_000);

  it('is gone on with, with the same task, where a call had no time to wait', async () => {
    const exports = await start();
    expect(await get(exports, 0.5)).toMatchObject({ kind: 'running', readyIn: 10, rows: expect.any(Number) });
    expect(counts()).toEqual([1, 0, 0]);
    // Whoever asks again has waited already.
    expect(await get(exports, 0.5)).toMatchObject({ kind: 'file' });
    expect(counts()).toEqual([1, 1, 1]);
  }, 20_000);

  it('is another one for other images', async () => {
    const exports = await start();
    await get(exports, 0.5);
    await get(exports, 0.5, { image_name: 'nginx' });
    expect(counts()[0]).toBe(2);
  });

  it('is made once at a time for calls at the same time', async () => {
    const exports = await start({ exportTask: 'never_ends' });
    const both = await Promise.all([get(exports, 0.5), get(exports, 0.5)]);
    expect(both.map(({ kind }) => kind)).toEqual(['running', 'running']);
    expect(counts()[0]).toBe(1);
  });

  it('that fails is said to have failed, and asking again makes another', async () => {
    const exports = await start({ exportTask: 'fails' });
    for (const _ of [1, 2]) {
      const failure = await get(exports).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Failure);
      expect(failure).toMatchObject({ details: { source: 'passing', retry: true, effect: 'not_sent' } });
      expect(String(failure)).toContain('ended with failure');
    }
    expect(counts()).toEqual([2, 2, 0]);
  }, 20_000);

  it('at five requests a minute answers with what it has, and goes on later', async () => {
    const exports = await start({ exportTask: 'never_ends', limits: { kind: 'documented', limit: 1 } });
    const found = await get(exports, 9);
    expect(found).toMatchObject({ kind: 'running', readyIn: expect.any(Number) });
    expect(sandbox.carriedOut('BatchExportLocalVulTask')).toBe(1);
  }, 30_000);

  it('forgets a task that HSS does not know any more', async () => {
    const exports = await start();
    await get(exports, 0.5);
    sandbox.inject({
      kind: 'respond',
      status: 400,
      body: JSON.stringify({ error_code: 'HSS.0011', error_msg: 'gone' }),
      operation: 'ListQueryExportTask',
    });
    await expect(get(exports)).rejects.toMatchObject({ details: { code: 'HSS.0011' } });
    expect(await get(exports)).toMatchObject({ kind: 'file' });
    expect(counts()[0]).toBe(2);
  }, 20_000);

  it('whose start was cut off says that one more task may be there, and nothing of scans', async () => {
    const exports = await start();
    sandbox.inject({ kind: 'reset-after', operation: 'BatchExportLocalVulTask' });
    await expect(get(exports)).rejects.toMatchObject({
      details: { effect: 'not_sent', retry: true, next: expect.stringContaining('left there unused') },
    });
    // It was not repeated by itself.
    expect(counts()[0]).toBe(1);
  });
});

describe('the file of an export', () => {
  const failing = async (fault: Parameters<Sandbox['inject']>[0]) => {
    const exports = await start();
    sandbox.inject({ ...fault, operation: 'ListDownloadExportedFile', times: Number.POSITIVE_INFINITY });
    const failure = await get(exports).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    return failure as Failure;
  };

  it.each([
    ['a login page', { kind: 'respond', status: 200, body: '<html>Sign in</html>' }, /not the file of the export/],
    ['nothing', { kind: 'respond', status: 200, body: '' }, /not the file of the export/],
    ['one letter', { kind: 'respond', status: 200, body: 'P' }, /not the file of the export/],
    ['another archive', { kind: 'respond', status: 200, body: Buffer.from([0x1f, 0x8b, 8, 0]) }, /not the file/],
    ['an error under a good status', { kind: 'respond', status: 200, body: '{"error_code":"HSS.1105"}' }, /HSS\.1105/],
    ['a refusal', { kind: 'respond', status: 403, body: '{"error_code":"HSS.0013"}' }, /HSS\.0013/],
    ['a ZIP of another status', { kind: 'respond', status: 500, body: 'PK\u0003\u0004' }, /HTTP 500/],
    ['the beginning of it', { kind: 'truncate' }, /ended within the answer/],
    [
      'what is encoded',
      { kind: 'respond', status: 200, headers: { 'Content-Encoding': 'gzip' }, body: 'PK\u0003\u0004' },
      /encoded as gzip/,
    ],
    [
      'more than is taken',
      { kind: 'respond', status: 200, body: Buffer.concat([Buffer.from('PK'), Buffer.alloc(64 * 1024 * 1024)]) },
      /larger than 64 MiB/,
    ],
    [
      'more text than is taken',
      { kind: 'respond', status: 200, body: Buffer.alloc(9 * 1024 * 1024, 'x') },
      /larger than 64 MiB|larger than 8388608/,
    ],
  ] as const)(
    'is not %s',
    async (_, fault, says) => {
      expect((await failing(fault)).message).toMatch(says);
    },
    30_000,
  );

  it('is taken from HSS alone: nothing goes to an address that an answer names, and nothing is signed for it', async () => {
    const came: string[] = [];
    elsewhere = new Listener(
      createServer((request, response) => {
        came.push(String(request.url));
        response.end('PK\u0003\u0004');
      }),
    );
    const origin = `http://127.0.0.1:${await elsewhere.open()}`;
    for (const status of [301, 302, 303, 307, 308]) {
      const failure = await failing({ kind: 'respond', status, headers: { Location: `${origin}/file?Signature=x` } });
      expect(failure.message).toContain('points to another address');
      expect(failure.details).toMatchObject({ retry: false, status });
      await connected.close();
      await sandbox.close();
    }
    expect(came).toEqual([]);
  }, 60_000);

  it('is the whole of a large one', async () => {
    const exports = await start({ estate: { images: 2400, seed: 7 } });
    const found = await get(exports);
    if (found.kind !== 'file') throw new Error('no file');
    expect(found.rows).toBeGreaterThan(10_000);
    const bytes = Buffer.concat(found.pieces);
    // The end of a ZIP says where its list of files lies.
    expect(bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))).toBe(bytes.length - 22);
  }, 30_000);
});
