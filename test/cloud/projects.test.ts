import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { Failure } from '../../src/failure.js';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { type Connected, connect } from '../../src/workspace/connect.js';
import { settingsFor } from '../support/program.js';

const REGION = 'cn-north-4';
let sandbox: Sandbox;
let connected: Connected;
async function start(refused: NonNullable<SandboxOptions['refused']> = {}): Promise<void> {
  sandbox = await Sandbox.start({ refused });
  const { HSS_PROJECT_ID: _id, ...env } = settingsFor(sandbox);
  const config = readConfig({ env });
  connected = connect(config.connection(), { ...config, maxRetries: 0 }, () => {});
}
beforeEach(() => start());
afterEach(async () => {
  await connected.close();
  await sandbox.close();
});

async function lookUp(region = REGION): Promise<string> {
  try {
    const limits = { signal: AbortSignal.timeout(20_000), deadline: performance.now() + 20_000 };
    return await connected.hss.projectId(region, limits);
  } catch (error) {
    if (error instanceof Failure) return `${error.message} ${error.details.next}`;
    throw error;
  }
}

async function restart(...refused: string[]): Promise<void> {
  await connected.close();
  await sandbox.close();
  await start(Object.fromEntries(refused.map((name) => [name, 'HSS.0013'])));
}

const asked = () => [sandbox.count('KeystoneListAuthProjects'), sandbox.count('KeystoneListProjects')];
const answer = (status: number, body: object) =>
  sandbox.inject({
    kind: 'respond',
    operation: 'KeystoneListAuthProjects',
    status,
    body: JSON.stringify(body),
    times: 1,
  });

describe('the project of a region', () => {
  it('is looked up among the projects of the caller, which needs no permission', async () => {
    await restart('KeystoneListProjects');
    expect(await lookUp()).toBe(sandbox.projectId(REGION));
    expect(asked()).toEqual([1, 0]);
    expect(sandbox.requests.map(({ target }) => target)).toEqual(['/v3/auth/projects']);
  });

  it('is looked up among all where the caller may not ask for the own ones, or nobody can', async () => {
    await restart('KeystoneListAuthProjects');
    expect(await lookUp()).toBe(sandbox.projectId(REGION));
    expect(asked()).toEqual([1, 1]);
    await restart();
    answer(404, { error_code: 'APIGW.0101', error_msg: 'no such API' });
    expect(await lookUp()).toBe(sandbox.projectId(REGION));
    expect(asked()).toEqual([1, 1]);
  });

  it('is looked up among all where the own ones do not tell it', async () => {
    answer(200, { projects: [{ id: 'a'.repeat(32), name: 'cn-north-4_team' }] });
    expect(await lookUp()).toBe(sandbox.projectId(REGION));
    expect(asked()).toEqual([1, 1]);
  });

  it('is missing, and no permission is blamed, where the own ones were listed', async () => {
    await restart('KeystoneListProjects');
    answer(200, { projects: [{ id: 'a'.repeat(32), name: 'cn-north-4_team' }] });
    expect(await lookUp()).toMatch(/^IAM lists no project named cn-north-4 .*Set HSS_PROJECT_ID/);
    expect(asked()).toEqual([1, 1]);
  });

  it('cannot be had where neither may be asked, and the way out is named', async () => {
    await restart('KeystoneListAuthProjects', 'KeystoneListProjects');
    expect(await lookUp()).toMatch(/IAM answered KeystoneListProjects with HTTP 403.*With HSS_PROJECT_ID set/);
  });

  it('is not asked for once more after a wrong signature: five lock the key', async () => {
    answer(401, { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information' });
    expect(await lookUp()).toContain('APIGW.0301');
    expect(asked()).toEqual([1, 0]);
  });

  it('is not taken from two of the name', async () => {
    const twin = { name: REGION };
    answer(200, {
      projects: [
        { ...twin, id: 'a'.repeat(32) },
        { ...twin, id: 'b'.repeat(32) },
      ],
    });
    expect(await lookUp()).toMatch(/^IAM lists several projects named cn-north-4/);
    expect(asked()).toEqual([1, 0]);
  });
});
