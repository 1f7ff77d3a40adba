import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OpenState, RequestStates, STATE_LASTS_MS } from '../../src/mcp/request-state.js';

const BEGUN = Date.UTC(2026, 10, 25);
let now = BEGUN;
const states = new RequestStates(() => now);
const text = fc.string({ unit: 'binary', maxLength: 40 });

/** The state as opened. @throws {Error} when it was refused. */
function opened(of: RequestStates, state: unknown, call: string): OpenState {
  const open = of.open(state, call);
  if (typeof open === 'string') throw new Error(open);
  return open;
}

describe('a requestState', () => {
  it('opens for its own call, knows its own question, and is used once', () => {
    fc.assert(
      fc.property(text, text, text, (call, question, other) => {
        const state = states.issue(call, question);
        const [one, two] = [opened(states, state, call), opened(states, state, call)];
        expect(one.asked(question)).toBe(true);
        expect(one.asked(other)).toBe(other === question);
        expect([states.use(one), states.use(two)]).toEqual([undefined, 'used']);
        expect(states.open(state, call)).toBe('used');
      }),
    );
  });

  it('is never given out twice, not even for one question', () => {
    const given = Array.from({ length: 1_000 }, () => states.issue('call', 'question'));
    expect(new Set(given).size).toBe(given.length);
  });

  it('opens for no other call, and in no other process', () => {
    const elsewhere = new RequestStates(() => now);
    fc.assert(
      fc.property(text, text, text, (call, other, question) => {
        const state = states.issue(call, question);
        if (other !== call) expect(states.open(state, other)).toBe('foreign');
        expect(elsewhere.open(state, call)).toBe('foreign');
        // Neither has used it up.
        expect(states.use(opened(states, state, call))).toBeUndefined();
      }),
    );
  });

  it('is refused with any character changed, left out or added', () => {
    const character = fc.oneof(
      fc.constantFrom(...'ABab09-_+/= \n'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.nat(), character, fc.nat(2), (place, put, removed) => {
        const state = states.issue('call', 'question');
        const at = place % (state.length + 1);
        const altered = state.slice(0, at) + put + state.slice(at + removed);
        if (altered !== state) expect(states.open(altered, 'call')).toBe('foreign');
        expect(states.use(opened(states, state, 'call'))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused with any bit of it turned', () => {
    const state = states.issue('call', 'question');
    const bytes = Buffer.from(state, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const turned = Buffer.from(bytes);
      turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(states.open(turned.toString('base64url'), 'call')).toBe('foreign');
    }
    expect(states.use(opened(states, state, 'call'))).toBeUndefined();
  });

  it('is refused when it is anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.base64String({ minLength: 100, maxLength: 140 })), (value) => {
        expect(states.open(value, 'call')).toBe('foreign');
      }),
    );
  });

  it('is good for ten minutes, also between opening and use', () => {
    fc.assert(
      fc.property(fc.nat(2 * STATE_LASTS_MS), fc.nat(2 * STATE_LASTS_MS), (first, then) => {
        now = BEGUN;
        const state = states.issue('call', 'question');
        now += first;
        const open = states.open(state, 'call');
        expect(typeof open === 'string' ? open : 'open').toBe(first < STATE_LASTS_MS ? 'open' : 'expired');
        if (typeof open === 'string') return;
        now += then;
        expect(states.use(open)).toBe(first + then < STATE_LASTS_MS ? undefined : 'expired');
      }),
    );
    now = BEGUN;
  });

  it('stays used until it expires, however many are used after it', () => {
    now = BEGUN;
    const state = states.issue('call', 'question');
    states.use(opened(states, state, 'call'));
    for (let times = 0; times < 500; times += 1) {
      now += 1_000;
      states.use(opened(states, states.issue('call', 'question'), 'call'));
      expect(states.open(state, 'call')).toBe('used');
    }
    now = BEGUN + STATE_LASTS_MS;
    states.use(opened(states, states.issue('call', 'question'), 'call'));
    expect(states.open(state, 'call')).toBe('expired');
    now = BEGUN;
  });

  it('shows neither the call nor the question', () => {
    const state = states.issue('a secret of the call', 'a secret of the question');
    for (const encoding of ['latin1', 'utf8'] as const)
      expect(Buffer.from(state, 'base64url').toString(encoding)).not.toContain('secret');
  });
});
