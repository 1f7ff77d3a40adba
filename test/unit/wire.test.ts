import { describe, expect, it } from 'vitest';
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
