import { describe, expect, it } from 'vitest';
import type { AccessKey, Credentials } from '../../src/config/identity.js';
import type { AskedCall } from '../../src/mcp/ask.js';
import { askByResult } from '../../src/mcp/ask-by-result.js';
import { InputRequired } from '../../src/mcp/input-required.js';
import { RequestStates, STATE_LASTS_MS } from '../../src/mcp/request-state.js';
import { Secret } from '../../src/text/secret.js';

const secret = (value: string) => new Secret(value);
const KEY: AccessKey = { kind: 'access-key', ak: secret('AK0123456789'), sk: secret('SK0123456789') };
const CALL: AskedCall = { tool: 'batch_scan_local_image', input: { operate_all: true }, credentials: KEY };
const ACCEPT = { inputResponses: { consent: { action: 'accept' } } };
const question = async () => '12 images?';

let now = Date.UTC(2026, 10, 25);
const states = new RequestStates(() => now);

/** The state of a question that was asked. */
async function asked(call = CALL, text = question): Promise<string> {
  const error = await askByResult(states, true, {}, call)(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputRequired)) throw error;
  return error.result.requestState;
}

describe('an answer that comes back with its state', () => {
  it('counts for the same call', async () => {
    const requestState = await asked();
    expect(await askByResult(states, true, { requestState, ...ACCEPT }, CALL)(question)).toBe('accept');
  });

  it('counts for the images that it was given for, and not for as many others', async () => {
    const error = await askByResult(states, true, {}, CALL)(question, 'one and two').catch((thrown: unknown) => thrown);
    const { requestState } = (error as InputRequired).result;
    const again = askByResult(states, true, { requestState, ...ACCEPT }, CALL);
    await expect(again(question, 'one and three')).rejects.toBeInstanceOf(InputRequired);
    expect(await again(question, 'one and two')).toBe('accept');
  });

  it.each([
    ['another tool', { ...CALL, tool: 'other' }],
    ['other arguments', { ...CALL, input: { operate_all: true, region: 'cn-north-1' } }],
    ['another key', { ...CALL, credentials: { ...KEY, ak: secret('AK9876543210') } }],
    ['a token', { ...CALL, credentials: { kind: 'token', token: secret('AK0123456789') } as const }],
    ['the agency of an ECS', { ...CALL, credentials: { kind: 'ecs' } as const }],
  ])('is refused for %s before anything is read, and stays good', async (_, other) => {
    const requestState = await asked();
    const params = { requestState, ...ACCEPT };
    expect(() => askByResult(states, true, params, other)).toThrow(/was not taken/);
    expect(await askByResult(states, true, params, CALL)(question)).toBe('accept');
  });

  it.each<[string, Credentials, Credentials]>([
    ['an access key with a new token', KEY, { ...KEY, sk: secret('SK-new-value'), securityToken: secret('ST-value') }],
    [
      'an IAM user with a new password',
      { kind: 'iam-user', user: 'u', domain: 'd', password: secret('password-1') },
      { kind: 'iam-user', user: 'u', domain: 'd', password: secret('password-2') },
    ],
  ])('counts for %s', async (_, before, after) => {
    const requestState = await asked({ ...CALL, credentials: before });
    const call = { ...CALL, credentials: after };
    expect(await askByResult(states, true, { requestState, ...ACCEPT }, call)(question)).toBe('accept');
  });

  it('is asked for anew when the question has changed; a no stays a no', async () => {
    const requestState = await asked();
    const changed = async () => '13 images?';
    const again = askByResult(states, true, { requestState, ...ACCEPT }, CALL)(changed);
    await expect(again).rejects.toMatchObject({
      result: { inputRequests: { consent: { params: { message: expect.stringMatching(/changed.*\n13 images\?$/) } } } },
    });
    const declined = { requestState, inputResponses: { consent: { action: 'decline' } } };
    expect(await askByResult(states, true, declined, CALL)(changed)).toBe('decline');
  });

  it('counts once of many at once, whoever has counted its images first', async () => {
    const requestState = await asked();
    const calls = Array.from({ length: 20 }, (_, index) =>
      askByResult(
        states,
        true,
        { requestState, ...ACCEPT },
        CALL,
      )(async () => {
        for (let turn = 0; turn < (index * 7) % 5; turn += 1) await Promise.resolve();
        return question();
      }),
    );
    const settled = await Promise.allSettled(calls);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not used up by a question that could not be made', async () => {
    const requestState = await asked();
    const params = { requestState, ...ACCEPT };
    const failing = askByResult(states, true, params, CALL)(() => Promise.reject(new Error('HSS is away')));
    await expect(failing).rejects.toThrow('HSS is away');
    expect(await askByResult(states, true, params, CALL)(question)).toBe('accept');
  });

  it('is refused after ten minutes', async () => {
    const requestState = await asked();
    now += STATE_LASTS_MS;
    expect(() => askByResult(states, true, { requestState, ...ACCEPT }, CALL)).toThrow(/ten minutes/);
  });
});
