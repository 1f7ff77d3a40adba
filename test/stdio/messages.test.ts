import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Program } from '../support/program.js';
import { sharedProgram } from '../support/worlds.js';

// What clients really send that the protocol does not know. The watch over stdout holds that each request gets one answer.

interface Answer {
  readonly id: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

const SOON = { timeout: 20_000 };

/** Sends a line as it is, and resolves with the answer to `id`. */
async function ask(program: Program, line: string, id = 'x'): Promise<Answer> {
  const before = program.lines.length;
  program.send(`${line}\n`);
  return vi.waitUntil(
    () =>
      program.lines
        .slice(before)
        .map((text) => JSON.parse(text) as Answer)
        .find((answer) => answer.id === id),
    SOON,
  );
}

const request = (method: string, members: string) => `{"jsonrpc":"2.0","id":"x","method":"${method}"${members}}`;
const INITIALIZE = (version: string) =>
  `{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"${version}","capabilities":{},"clientInfo":{"name":"t","version":"0"}}}`;

it('a byte-order mark before the first message', async () => {
  const program = Program.spawn({});
  const { result } = await ask(program, `\ufeff${INITIALIZE('2025-11-25')}`, 'i');
  expect(result).toMatchObject({ protocolVersion: '2025-11-25' });
  await program.end();
});

describe('null means absent', () => {
  const program = sharedProgram({}, { args: ['--sandbox'] });
  it.each([
    ['ping', ',"params":null'],
    ['tools/list', ',"params":null'],
    ['tools/list', ',"params":{"cursor":null}'],
    ['tools/list', ',"params":{"cursor":""}'],
    ['tools/list', ',"params":{"_meta":null}'],
    ['tools/list', ',"params":{"_meta":{"progressToken":null}}'],
    ['prompts/list', ',"params":{"cursor":null}'],
    ['resources/list', ',"params":{"cursor":null}'],
    ['resources/templates/list', ''],
    ['tools/call', ',"params":{"name":"list_local_images","arguments":null}'],
    ['tools/call', ',"params":{"name":"list_local_images","task":{"ttl":1000}}'],
    ['tools/call', ',"params":{"name":"list_local_images","task":null},"extra":1'],
    ['initialize', ',"params":{"protocolVersion":"2025-06-18","capabilities":null,"clientInfo":null}'],
    [
      'initialize',
      ',"params":{"protocolVersion":"2025-06-18","capabilities":{"elicitation":null},"clientInfo":{"name":"t","version":null}}',
    ],
    ['initialize', ',"params":{"protocolVersion":"2025-06-18","capabilities":{"elicitation":true},"clientInfo":{}}'],
  ])('in %s%s', async (method, members) => {
    const { result, error } = await ask(program(), request(method, members));
    expect(error).toBeUndefined();
    expect(result).toBeDefined();
    expect(result).not.toHaveProperty('isError');
  });
});

describe('what cannot be read but has an id', () => {
  const program = sharedProgram({});
  it.each([
    ['{"jsonrpc":"1.0","id":"x","method":"ping"}', -32600],
    ['{"id":"x","method":"ping"}', -32600],
    ['{"jsonrpc":"2.0","id":"x"}', -32600],
    ['{"jsonrpc":"2.0","id":"x","method":7}', -32600],
    ['{"jsonrpc":"2.0","id":"x","method":null}', -32600],
    [request('tools/list', ',"params":"all"'), -32602],
    [request('tools/list', ',"params":[1]'), -32602],
    [request('tools/list', ',"params":7'), -32602],
    [request('tools/list', ',"params":{"_meta":"x"}'), -32602],
    [request('tools/list', ',"params":{"_meta":{"progressToken":{}}}'), -32602],
    [request('tools/list', ',"params":{"cursor":"x"}'), -32602],
    [request('initialize', ',"params":{}'), -32602],
    [request('initialize', ''), -32602],
    [request('tools/call', ',"params":{"name":null}'), -32602],
    [request('server/discover', ''), -32601],
    [request('toString', ''), -32601],
  ])('%s gets %i with it', async (line, code) => {
    const { error } = await ask(program(), line);
    expect(error?.code).toBe(code);
    expect(error?.message.length).toBeLessThan(200);
    expect(await program().request('ping')).toEqual({});
  });

  it('is passed over when it has none', async () => {
    for (const line of [
      '{"jsonrpc":"2.0","method":"ping","params":7}',
      '{"id":null,"method":"ping"}',
      '7',
      'null',
      '""',
    ])
      program().send(`${line}\n`);
    const before = program().lines.length;
    await program().request('ping');
    expect(program().lines.length).toBe(before + 1);
  });
});

describe('a batch', () => {
  let program: Program;
  afterEach(() => program.end());
  const batch =
    '[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","id":"b","method":"tools/list"},{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":"c","method":7},7]';

  it('of 2025-03-26 is answered, each request by itself', async () => {
    program = Program.spawn({});
    await ask(program, INITIALIZE('2025-03-26'), 'i');
    const [c, b, a] = [
      ask(program, batch, 'c'),
      vi.waitUntil(() => answerTo('b'), SOON),
      vi.waitUntil(() => answerTo('a'), SOON),
    ];
    expect((await a).result).toEqual({});
    expect((await b).result).toHaveProperty('tools');
    expect((await c).error?.code).toBe(-32600);
  });

  it.each(['2025-06-18', '2025-11-25'])('in a session of %s is refused, each request by itself', async (version) => {
    program = Program.spawn({});
    await ask(program, INITIALIZE(version), 'i');
    await ask(program, batch, 'c');
    for (const id of ['a', 'b', 'c']) expect(answerTo(id)?.error?.code).toBe(-32600);
  });

  const answerTo = (id: string) => program.lines.map((text) => JSON.parse(text) as Answer).find((one) => one.id === id);
});

describe('a client that reads no log', () => {
  it('gets its answers all the same', async () => {
    const program = await Program.start({ HSS_LOG_LEVEL: 'debug' }, { args: ['--sandbox'] });
    program.child.stderr?.destroy();
    await sleep(50);
    for (let times = 0; times < 3; times += 1) {
      const { structured } = await program.call('batch_scan_local_image', {
        image_info_list: [{ image_name: 'nginx' }],
      });
      expect(structured).toMatchObject({ accepted: true });
    }
    await program.end();
  });
});

describe('an unclear yes or no of a tool that acts', () => {
  const list = { image_info_list: [{ image_name: 'nginx' }] };
  const program = sharedProgram({}, { args: ['--sandbox'] });
  const allowing = sharedProgram({ HSS_SCAN_ALL: 'allow' }, { args: ['--sandbox'] });
  it.each([
    [{ dry_run: '' }, /dry_run must be true or false/],
    [{ dry_run: '  ' }, /dry_run must be/],
    [{ dry_run: 'yes' }, /dry_run must be/],
    [{ dry_run: 1 }, /dry_run must be/],
    [{ dry_run: 0 }, /dry_run must be/],
    [{ dry_run: [] }, /dry_run must be/],
    [{ dry_run: {} }, /dry_run must be/],
    [{ operate_all: '' }, /operate_all must be true or false/],
    [{ _dry_run: true }, /_dry_run is not a field; did you mean dry_run\?/],
    [{ __dry_run: true }, /did you mean dry_run\?/],
    [{ _operate_all: true }, /did you mean operate_all\?/],
    [{ _dryRun: true }, /did you mean dry_run\?/],
    [{ '_DRY-RUN': true }, /did you mean dry_run\?/],
    [{ _dry_run_: true }, /did you mean dry_run\?/],
    [{ image_info_list: [{ image_name: 'nginx', _dry_run: true }] }, /did you mean dry_run\?/],
    [{ dryRun: true }, /did you mean dry_run\?/],
    [{ 'dry-run': true }, /did you mean dry_run\?/],
    [{ DRY_RUN: true }, /did you mean dry_run\?/],
  ])('%j is refused', async (flag, message) => {
    const { isError, text } = await allowing().call('batch_scan_local_image', { ...list, ...flag });
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(allowing().stderr).not.toContain('scan request');
  });

  it.each([{ dry_run: null }, { dry_run: false }, { dry_run: 'FALSE' }, { _note: 'x' }, { _meta: {} }])(
    '%j is clear, and scans',
    async (flag) => {
      const { structured } = await program().call('batch_scan_local_image', { ...list, ...flag });
      expect(structured).toMatchObject({ accepted: true });
    },
  );

  it.each([{ dry_run: true }, { dry_run: 'true' }, { dry_run: ' True ' }])(
    '%j is clear, and scans nothing',
    async (flag) => {
      const { structured } = await program().call('batch_scan_local_image', { ...list, ...flag });
      expect(structured).toMatchObject({ accepted: false, dry_run: true });
    },
  );
});
