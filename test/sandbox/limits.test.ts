import { afterEach, describe, expect, it } from 'vitest';
import type { LimitOptions } from '../../src/sandbox/limits.js';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { type Answer, codeOf, send, unsigned } from './call.js';
import { REGION, Region } from './region.js';

const LIST = 'image/local-repositories';
const NODES = 'container/nodes';

let region: Region;
afterEach(() => region.close());

const start = async (limits: SandboxOptions['limits']) => {
  region = await Region.start({ ...(limits !== undefined && { limits }) });
};
const statuses = async (count: number, path = LIST) => {
  const answers: number[] = [];
  for (let request = 0; request < count; request += 1) answers.push((await region.get(path)).status);
  return answers;
};
const refused = async (): Promise<Answer> => {
  for (;;) {
    const answer = await region.get(LIST);
    if (answer.status !== 200) return answer;
  }
};

describe('the limits of requests', () => {
  it('are none by default', async () => {
    await start(undefined);
    expect(new Set(await statuses(30))).toEqual(new Set([200]));
    expect(region.sandbox.limitWindows(REGION)).toEqual([]);
  });

  it('as documented: five a minute for an API and a user', async () => {
    await start('documented');
    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await statuses(1, NODES)).toEqual([200]);
    region.clock.ms += 59_999;
    expect(await statuses(1)).toEqual([429]);
    region.clock.ms += 1;
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(region.sandbox.limitWindows(REGION).filter(({ user }) => user !== 'all')).toMatchObject([
      { operation: 'ListImageLocal', limit: 5, accepted: 5, refused: 3 },
      { operation: 'ListContainerNodes', accepted: 1, refused: 0 },
      { operation: 'ListImageLocal', accepted: 5, refused: 1 },
    ]);
  });

  it('are those of each user', async () => {
    await start('documented');
    await refused();
    const headers = { 'X-Auth-Token': region.sandbox.credentials.authToken };
    expect((await send(unsigned(region.origin, { path: region.path(LIST), headers }))).status).toBe(200);
  });

  it('as documented: so many a minute for an API in all', async () => {
    await start({ kind: 'documented', limit: 3, limitOfAll: 2 });
    expect(await statuses(3)).toEqual([200, 200, 429]);
    expect((await refused()).text).toContain('policy api over ratelimit,limit:2,time:1 minute');
  });

  it.each<{ limits: LimitOptions | 'documented' | 'gateway'; text: string }>([
    { limits: 'documented', text: 'policy user over ratelimit,limit:5,time:1 minute' },
    {
      limits: { kind: 'documented', limit: 2, windowMs: 3000 },
      text: 'policy user over ratelimit,limit:2,time:3 second',
    },
    { limits: { kind: 'gateway', limit: 4 }, text: 'policy api over ratelimit,limit:4,time:1 second' },
    { limits: 'gateway', text: 'policy api over ratelimit,limit:200,time:1 second' },
    { limits: { kind: 'documented', numbers: false }, text: 'over ratelimit' },
  ])('are said: $text', async ({ limits, text }) => {
    await start(limits);
    const answer = await refused();
    expect(codeOf(answer)).toBe('429 APIGW.0308');
    expect(answer.body).toMatchObject({ error_msg: `The throttling threshold has been reached: ${text}` });
  });

  it('may count the time before each request', async () => {
    await start({ kind: 'documented', limit: 2, window: 'sliding' });
    expect(await statuses(1)).toEqual([200]);
    region.clock.ms += 50_000;
    expect(await statuses(2)).toEqual([200, 429]);
    region.clock.ms += 10_000;
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('may say when to come back', async () => {
    await start({ kind: 'documented', limit: 1, retryAfter: true });
    await statuses(1);
    region.clock.ms += 20_500;
    expect((await refused()).headers['retry-after']).toBe('40');
  });

  it('stand behind the authentication and before everything else', async () => {
    await start({ kind: 'documented', limit: 1 });
    expect((await region.get(LIST, { limit: 1 })).status).toBe(400);
    expect((await region.get(LIST, { limit: 1 })).status).toBe(429);
    expect(codeOf(await send(unsigned(region.origin, { path: region.path(LIST) })))).toBe('401 APIGW.0301');
    expect(region.sandbox.carriedOut('ListImageLocal')).toBe(0);
  });
});

describe('the latency', () => {
  it('delays the answers of HSS', async () => {
    region = await Region.start({ latencyMs: 60 });
    const begun = performance.now();
    await region.get(LIST);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
  });
});
