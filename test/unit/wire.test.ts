import { describe, expect, it } from 'vitest';
import { envelope } from '../support/modern-schema.js';
import { Wire } from '../support/wire.js';

// The checker behind every stdio test has to refuse what a strict client would refuse.

const asked = (method: string, params: object = {}, id: number | string = 1) => {
  const wire = new Wire();
  wire.sent(line({ id, method, params }));
  return wire;
};
const line = (message: object) => Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = [{ type: 'text', text: 'x' }];
const call = { name: 'list_local_images', arguments: {} };
const modern = (method: string, params: object = {}, capabilities: object = {}) =>
  asked(method, { ...params, _meta: envelope(capabilities) });
const _meta = { 'io.modelcontextprotocol/serverInfo': { name: 'x', version: '0' } };
const list = { resultType: 'complete', prompts: [], ttlMs: 0, cacheScope: 'private', _meta };
const consent = {
  method: 'elicitation/create',
  params: { message: 'x', requestedSchema: { type: 'object', properties: {} } },
};
const question = { resultType: 'input_required', inputRequests: { consent }, requestState: 'x', _meta };
const elicitation = { elicitation: {} };

describe('the watch over stdout takes', () => {
  it('an answer, in pieces of any size', () => {
    const wire = asked('ping');
    const bytes = line({ id: 1, result: {} });
    expect(wire.received(bytes.subarray(0, 5))).toEqual([]);
    expect(wire.received(bytes.subarray(5))).toHaveLength(1);
    expect(wire.unanswered).toEqual([]);
    wire.ended();
  });

  it('no answer, or a late one, for what was cancelled', () => {
    const wire = asked('tools/call', call);
    wire.sent(line({ method: 'notifications/cancelled', params: { requestId: 1 } }));
    expect(wire.unanswered).toEqual([]);
    wire.received(line({ id: 1, result: { content: text, isError: true } }));
  });
});

describe('the watch over stdout knows the era of a request, and', () => {
  it('takes what belongs to it', () => {
    modern('prompts/list').received(line({ id: 1, result: list }));
    modern('tools/call', call, elicitation).received(line({ id: 1, result: question }));
    const unsupported = { code: -32022, message: 'x', data: { supported: ['2026-07-28'], requested: '1' } };
    modern('ping').received(line({ id: 1, error: unsupported }));
    asked('initialize').received(line({ id: 1, error: { code: -32602, message: 'x' } }));
  });

  it('takes the answers to an id that was used twice, in any order', () => {
    const wire = modern('prompts/list');
    wire.sent(line({ id: 1, method: 'ping' }));
    wire.received(line({ id: 1, result: {} }));
    wire.received(line({ id: 1, result: list }));
    expect(wire.unanswered).toEqual([]);
  });

  it.each<[string, Wire, object]>([
    ['a modern result in a session', asked('prompts/list'), { result: list }],
    ['a result of a session', modern('prompts/list'), { result: { prompts: [] } }],
    ['a list without hints', modern('prompts/list'), { result: { resultType: 'complete', prompts: [], _meta } }],
    ['a result that does not name the server', modern('prompts/list'), { result: { ...list, _meta: {} } }],
    ['a type of result that there is not', modern('prompts/list'), { result: { ...list, resultType: 'done' } }],
    ['an answer to ping', modern('ping'), { result: { resultType: 'complete', _meta } }],
    ['a question that was not declared', modern('tools/call', call), { result: question }],
    ['a question of a list', modern('prompts/list', {}, elicitation), { result: question }],
    [
      'a question without state',
      modern('tools/call', call, elicitation),
      { result: { ...question, requestState: undefined } },
    ],
    [
      'half an elicitation',
      modern('tools/call', call, elicitation),
      { result: { ...question, inputRequests: { consent: { method: 'elicitation/create' } } } },
    ],
    ['-32022 without what is supported', modern('ping'), { error: { code: -32022, message: 'x' } }],
  ])('refuses %s', (_, wire, answer) => {
    expect(() => wire.received(line({ id: 1, ...answer }))).toThrow();
  });

  it('refuses a request of the program where there is no session', () => {
    const wire = modern('tools/call', call, elicitation);
    expect(() => wire.received(line({ id: 7, ...consent }))).toThrow(/without a session/);
  });
});

describe('the watch over stdout refuses', () => {
  it.each<[string, Wire, Buffer]>([
    ['what is no UTF-8', asked('ping'), Buffer.from([0x22, 0xc3, 0x22, 0x0a])],
    ['a line that is no JSON', asked('ping'), Buffer.from('starting...\n')],
    ['JSON that is no message', asked('ping'), Buffer.from('{"id":1}\n')],
    ['an empty line', asked('ping'), Buffer.from('\n')],
    ['an answer that nobody asked for', asked('ping'), line({ id: 2, result: {} })],
    ['an id of another type', asked('ping'), line({ id: '1', result: {} })],
    ['a result of another method', asked('initialize'), line({ id: 1, result: { tools: [] } })],
    ['a ping that says something', asked('ping'), line({ id: 1, result: { pong: true } })],
    ['a result without content', asked('tools/call', call), line({ id: 1, result: { structuredContent: {} } })],
    ['a success without structured content', asked('tools/call', call), line({ id: 1, result: { content: text } })],
    [
      'structured content that is not as advertised',
      asked('tools/call', call),
      line({ id: 1, result: { content: text, structuredContent: { images: 'none' } } }),
    ],
    [
      'an error with structured content',
      asked('tools/call', call),
      line({ id: 1, result: { content: text, isError: true, structuredContent: {} } }),
    ],
    [
      'progress that nobody asked for',
      asked('tools/call', call),
      line({ method: 'notifications/progress', params: { progressToken: 7, progress: 1 } }),
    ],
    ['a notification that was not declared', asked('ping'), line({ method: 'notifications/tools/list_changed' })],
  ])('%s', (_, wire, bytes) => {
    expect(() => wire.received(bytes)).toThrow();
  });

  it('a second answer, progress that does not grow, and half a line at the end', () => {
    const wire = asked('ping');
    wire.received(line({ id: 1, result: {} }));
    expect(() => wire.received(line({ id: 1, result: {} }))).toThrow(/nobody asked for/);

    const progress = (value: number) =>
      line({ method: 'notifications/progress', params: { progressToken: 7, progress: value } });
    const waiting = asked('tools/call', { ...call, _meta: { progressToken: 7 } });
    waiting.received(progress(1));
    expect(() => waiting.received(progress(1))).toThrow(/progress 1 after 1/);

    wire.received(Buffer.from('{"jsonrpc"'));
    expect(() => wire.ended()).toThrow(/within a line/);
  });
});
