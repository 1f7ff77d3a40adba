import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { EXAMPLE } from '../support/example.js';
import { envelope } from '../support/modern-schema.js';
import { Program, settingsFor } from '../support/program.js';

// Asking the person in revision 2026-07-28: the question is a result, the answer comes with the call repeated.

let sandbox: Sandbox;
let program: Program;
beforeEach(async () => {
  sandbox = await Sandbox.start({ scanMs: 200 });
  program = Program.spawn(settingsFor(sandbox));
});
afterEach(async () => {
  await program?.end();
  await sandbox.close();
});

const ASKS = envelope({ elicitation: { form: {} } });
const ALL = { operate_all: true, scan_status: 'unscan' };
const ACCEPT = { consent: { action: 'accept', content: {} } };

interface Result {
  readonly resultType: string;
  readonly isError?: boolean;
  readonly content?: readonly { readonly text: string }[];
  readonly structuredContent?: { readonly accepted: boolean; readonly warnings: readonly string[] };
  readonly inputRequests?: { readonly consent: { readonly method: string; readonly params: { message: string } } };
  readonly requestState?: string;
}

const call = async (more: object = {}, args: object = ALL, name = 'batch_scan_local_image') =>
  (await program.request('tools/call', { name, arguments: args, _meta: ASKS, ...more })) as unknown as Result;
const ask = async (args: object = ALL) => {
  const { requestState } = await call({}, args);
  if (requestState === undefined) throw new Error('nobody was asked');
  return requestState;
};
const scans = () => sandbox.count('BatchScanLocalImage');
const textOf = ({ content }: Result) => content?.map(({ text }) => text).join('\n') ?? '';
const expectRefused = (result: Result, why: RegExp) => {
  expect(result).toMatchObject({ resultType: 'complete', isError: true });
  expect(textOf(result)).toMatch(why);
  expect(textOf(result)).toContain('No scan request was sent');
};

describe('a scan without an explicit list, of a client that can ask', () => {
  it('ends with the question, and goes on with the answer', async () => {
    const asked = await call();
    expect(asked).toMatchObject({
      resultType: 'input_required',
      inputRequests: {
        consent: {
          method: 'elicitation/create',
          params: { mode: 'form', message: expect.stringContaining('Images: 4 images') },
        },
      },
    });
    expect(scans()).toBe(0);
    const done = await call({ requestState: asked.requestState, inputResponses: ACCEPT });
    expect(done).toMatchObject({ resultType: 'complete', structuredContent: { accepted: true, warnings: [] } });
    expect(scans()).toBe(1);
  });

  it.each([
    ['decline', /The person declined/],
    ['cancel', /The person cancelled/],
  ])('sends nothing after %s, and the answer counts once', async (action, why) => {
    const requestState = await ask();
    expectRefused(await call({ requestState, inputResponses: { consent: { action } } }), why);
    expectRefused(await call({ requestState, inputResponses: ACCEPT }), /used already/);
    expect(scans()).toBe(0);
  });

  it.each([
    ['no answers', {}],
    ['another answer', { inputResponses: { other: { action: 'accept' } } }],
    ['an action that there is not', { inputResponses: { consent: { action: 'yes' } } }],
    ['no action', { inputResponses: { consent: {} } }],
    ['answers that are a list', { inputResponses: [{ action: 'accept' }] }],
  ])('asks again when %s came back', async (_, more) => {
    const requestState = await ask();
    const again = await call({ requestState, ...more });
    expect(again.resultType).toBe('input_required');
    expect(scans()).toBe(0);
    expect(await call({ requestState: again.requestState, inputResponses: ACCEPT })).toMatchObject({
      structuredContent: { accepted: true },
    });
  });

  it('asks the first time although an answer came, which nobody gave', async () => {
    expect((await call({ inputResponses: ACCEPT })).resultType).toBe('input_required');
    expect(scans()).toBe(0);
  });

  it('asks again when what would be scanned has changed since', async () => {
    const requestState = await ask();
    const unscanned = async () => {
      const { structuredContent } = await call({}, { scan_status: 'unscan' }, 'list_local_images');
      return (structuredContent as unknown as { images: Record<string, unknown>[] }).images;
    };
    const [{ image_id, image_name } = {}] = await unscanned();
    await call({}, { image_info_list: [{ image_id, image_name }] });
    await vi.waitUntil(async () => (await unscanned()).length === 4, { timeout: 10_000, interval: 200 });
    const again = await call({ requestState, inputResponses: ACCEPT });
    expect(again.inputRequests?.consent.params.message).toMatch(/^This has changed since you were asked.*3 images/s);
    expect(scans()).toBe(1);
    expect(await call({ requestState: again.requestState, inputResponses: ACCEPT })).not.toHaveProperty('isError');
    expect(scans()).toBe(2);
  });

  it('takes the same arguments in another spelling', async () => {
    const requestState = await ask();
    const args = { scan_status: 'unscan', image_info_list: [], operate_all: 'true', _note: 'x' };
    expect(await call({ requestState, inputResponses: ACCEPT }, args)).toMatchObject({
      structuredContent: { accepted: true },
    });
  });

  it('scans once for one answer, also for two calls at once', async () => {
    const requestState = await ask();
    const twins = await Promise.all([1, 2].map(() => call({ requestState, inputResponses: ACCEPT })));
    // The other is refused, or asked anew where the first has changed what would be scanned.
    expect(twins.filter(({ structuredContent }) => structuredContent?.accepted)).toHaveLength(1);
    expectRefused(await call({ requestState, inputResponses: ACCEPT }), /used already/);
    expect(scans()).toBe(1);
  });

  it('lets two questions be answered in any order', async () => {
    // A scan of all changes which images were never scanned, but not how many there are.
    const [all, some] = [await ask({ operate_all: true }), await ask()];
    for (const [requestState, args] of [
      [some, ALL],
      [all, { operate_all: true }],
    ] as const)
      expect(await call({ requestState, inputResponses: ACCEPT }, args)).toHaveProperty(
        'structuredContent.accepted',
        true,
      );
    expect(scans()).toBe(2);
  });
});

describe('a state that does not count', () => {
  it.each([
    ['other arguments', {}, { operate_all: true }],
    ['arguments that need no consent', {}, EXAMPLE],
    ['an altered state', { requestState: `${'A'.repeat(118)}` }, ALL],
    ['a state that is empty', { requestState: '' }, ALL],
    ['a state that is no text', { requestState: { accepted: true } }, ALL],
  ])('with %s sends nothing, and is not used up', async (_, more, args) => {
    const requestState = await ask();
    expectRefused(await call({ requestState, inputResponses: ACCEPT, ...more }, args), /altered, or was not given out/);
    expect(scans()).toBe(0);
    expect(await call({ requestState, inputResponses: ACCEPT })).not.toHaveProperty('isError');
    expect(scans()).toBe(1);
  });

  it('of another tool or another process reads nothing', async () => {
    const requestState = await ask();
    const before = sandbox.requests.length;
    const read = await call({ requestState, inputResponses: ACCEPT }, {}, 'list_local_images');
    expect(read.isError).toBe(true);
    await program.end();
    program = Program.spawn(settingsFor(sandbox));
    expectRefused(await call({ requestState, inputResponses: ACCEPT }), /not given out by this server/);
    expect(sandbox.requests.length).toBe(before);
  });
});

describe('a client that does not declare that it can ask', () => {
  it.each([
    ['nothing', {}],
    ['the URL mode alone', { elicitation: { url: {} } }],
  ])('%s: the number is told first, and has to be given back, as in a session', async (_, capabilities) => {
    const first = await call({ _meta: envelope(capabilities) });
    expect(first.structuredContent?.accepted).toBe(false);
    expect(textOf(first)).toContain('confirm_image_count: 4');
    expect(scans()).toBe(0);
    const second = await call({ _meta: envelope(capabilities) }, { ...ALL, confirm_image_count: 4 });
    expect(second.structuredContent?.accepted).toBe(true);
  });

  it('is not asked because an earlier request or a session declared it', async () => {
    await ask();
    await program.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
      clientInfo: { name: 'test', version: '0' },
    });
    expect(await call({ _meta: envelope() })).toHaveProperty('structuredContent');
  });

  it('gets the answer taken that it brings, and no scan without one', async () => {
    const [one, two] = [await ask(), await ask()];
    const silent = { _meta: envelope() };
    expectRefused(await call({ ...silent, requestState: one }), /did not answer/);
    const declined = { requestState: one, inputResponses: { consent: { action: 'decline' } } };
    expectRefused(await call({ ...silent, ...declined }), /declined/);
    expect(scans()).toBe(0);
    expect(await call({ ...silent, requestState: two, inputResponses: ACCEPT })).not.toHaveProperty('isError');
  });
});
