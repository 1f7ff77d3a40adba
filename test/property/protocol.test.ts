import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostileText, hostileValue } from '../support/hostile.js';
import { residentMiB } from '../support/meter.js';
import { Program } from '../support/program.js';

// Lines that no client should send. The watch over stdout checks that every request that is one gets its one answer,
// and that nothing else comes out; here it is checked that the program lives on, and how large it gets.

const METHODS = ['ping', 'tools/list', 'tools/call', 'prompts/list', 'prompts/get', 'initialize', 'server/discover'];
/** Any id but those that the test's own requests count with. */
const id = fc
  .oneof(fc.integer(), hostileText, fc.double({ noNaN: true, noDefaultInfinity: true }), hostileValue)
  .filter((value) => !(typeof value === 'number' && value >= 1 && value <= 1e6));
const method = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...METHODS) }, { weight: 1, arbitrary: hostileText });
/** What a client of 2026-07-28 declares in each request, whole, in part or wrong. */
const envelope = fc.record(
  {
    'io.modelcontextprotocol/protocolVersion': fc.oneof(
      { weight: 6, arbitrary: fc.constant('2026-07-28') },
      { weight: 1, arbitrary: hostileText },
      { weight: 1, arbitrary: hostileValue },
    ),
    'io.modelcontextprotocol/clientCapabilities': fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom({}, { elicitation: {} }) },
      { weight: 1, arbitrary: fc.record({ elicitation: hostileValue }) },
      { weight: 1, arbitrary: hostileValue },
    ),
    'io.modelcontextprotocol/clientInfo': hostileValue,
    progressToken: hostileValue,
  },
  { requiredKeys: ['io.modelcontextprotocol/protocolVersion', 'io.modelcontextprotocol/clientCapabilities'] },
);
const call = fc.record(
  {
    name: fc.oneof(fc.constantFrom('list_local_images', 'batch_scan_local_image', '__proto__'), hostileValue),
    arguments: hostileValue,
    _meta: fc.oneof(envelope, fc.record({ progressToken: hostileValue }), hostileValue),
    requestState: hostileValue,
    inputResponses: hostileValue,
    cursor: hostileValue,
  },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant('2.0') }, { weight: 1, arbitrary: hostileValue }),
    id,
    method: fc.oneof({ weight: 9, arbitrary: method }, { weight: 1, arbitrary: hostileValue }),
    params: fc.oneof({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: hostileValue }),
    result: hostileValue,
    error: hostileValue,
  },
  { requiredKeys: [] },
);
const notification = fc.record({
  jsonrpc: fc.constant('2.0'),
  method: fc.constantFrom('notifications/cancelled', 'notifications/progress', 'notifications/initialized', 'x/y'),
  params: fc.record(
    { requestId: hostileValue, progressToken: hostileValue, progress: hostileValue },
    { requiredKeys: [] },
  ),
});
const answer = fc.record({ jsonrpc: fc.constant('2.0'), id, result: hostileValue });
const json = fc.oneof(message, notification, answer, fc.array(message, { maxLength: 3 }), hostileValue).map(toJson);
const line = fc.oneof(
  { weight: 6, arbitrary: json },
  // Half of a line, two on one, bytes that are no text.
  { weight: 1, arbitrary: json.map((text) => text.slice(0, Math.floor(text.length / 2))) },
  { weight: 1, arbitrary: fc.tuple(json, json).map(([one, other]) => one + other) },
  { weight: 1, arbitrary: hostileText.map((text) => text.replaceAll('\n', ' ')) },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a))) },
);

/** JSON of a value of any depth. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
  }
}

let program: Program;
beforeAll(async () => {
  program = await Program.start({ HSS_SCAN_ALL: 'deny' }, { args: ['--sandbox'] });
});
afterAll(async () => {
  await program.end();
});

describe('lines that no client should send', () => {
  it('are answered once or passed over', { timeout: 60_000 }, async () => {
    let lines = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (batch) => {
        for (const one of batch) program.send(Buffer.concat([Buffer.from(one as string), Buffer.from('\n')]));
        lines += batch.length;
        expect(await program.request('ping')).toEqual({});
      }),
      { numRuns: 200 },
    );
    expect(lines).toBeGreaterThan(1_000);
    expect(program.stderr).not.toContain('failed unexpectedly');
  });

  it('may come in pieces of any size', async () => {
    const text = `${JSON.stringify({ jsonrpc: '2.0', id: 'ü', method: 'ping', params: { text: '🐳'.repeat(50) } })}\n`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), async (sizes) => {
        const answered = program.lines.length;
        let bytes = Buffer.from(text);
        for (const size of sizes) {
          if (bytes.length === 0) break;
          program.send(bytes.subarray(0, size));
          bytes = bytes.subarray(size);
        }
        program.send(bytes);
        await program.request('ping');
        expect(program.lines.length).toBe(answered + 2);
      }),
      { numRuns: 50 },
    );
  });
});

describe('nesting deeper than any stack', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const call = (name: string, rest: string) => `"method":"tools/call","params":{"name":${name},"arguments":{${rest}}}`;
  it.each([
    ['an argument', call('"list_local_images"', `"image_name":${deep}`)],
    ['an argument that is no field', call('"list_local_images"', `"x":${deep}`)],
    ['a list of images', call('"batch_scan_local_image"', `"image_info_list":[{"image_name":${deep}}]`)],
    ['the name of a tool', call(deep, '')],
    ['the name of a prompt', `"method":"prompts/get","params":{"name":${deep}}`],
    ['an argument of a prompt', `"method":"prompts/get","params":{"name":"what_is_at_risk","arguments":{"x":${deep}}}`],
    ['a cursor', `"method":"tools/list","params":{"cursor":${deep}}`],
    ['a parameter of ping', `"method":"ping","params":{"x":${deep}}`],
  ])('in %s is no defect', async (where, body) => {
    const name = `deep ${where}`;
    program.send(`{"jsonrpc":"2.0","id":${JSON.stringify(name)},${body}}\n`);
    const answer = await vi.waitUntil(() =>
      program.lines.map((line) => JSON.parse(line)).find((message) => message.id === name),
    );
    expect(answer.error?.code).not.toBe(-32603);
  });
});

describe('too much at once', () => {
  it('thousands of concurrent requests, ids twice, and cancels of what is not there', { timeout: 60_000 }, async () => {
    const calls = Array.from({ length: 3_000 }, (_, index) => {
      if (index % 3 === 0) {
        const params = { requestId: `no-${index}`, reason: 'x' };
        program.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
      }
      // The same id for two requests is against the protocol; each gets its answer all the same.
      if (index % 100 === 0)
        for (let twin = 0; twin < 2; twin += 1) program.send({ jsonrpc: '2.0', id: 'twin', method: 'ping' });
      return program.call('get_local_image_scan_status', { images: [{ image_name: `image-${index}` }] });
    });
    const results = await Promise.all(calls);
    for (const [index, { structured }] of results.entries()) {
      expect(structured.images_not_found).toEqual([{ image_name: `image-${index}` }]);
    }
  });

  it('lines of 10 MB, of one word and of many', { timeout: 60_000 }, async () => {
    const before = residentMiB(program.child.pid ?? 0);
    const big = 9_900_000;
    const values = [
      'x'.repeat(big),
      Array.from({ length: big / 5 }, () => 'abc').join(' '),
      '\u{1f433}'.repeat(big / 4),
    ];
    for (let round = 0; round < 4; round += 1) {
      for (const value of values) {
        const { isError } = await program.call('list_local_images', { image_name: value });
        expect(isError).toBe(true);
        program.send(`${value}\n`);
        program.send(`${value}${value}\n`);
        expect(await program.request('ping')).toEqual({});
      }
    }
    // A line is held a few times while it is read; what remains is small and does not grow with their number.
    const grown = residentMiB(program.child.pid ?? 0) - before;
    expect(grown).toBeLessThan(200);
  });
});
