import { describe, expect, it } from 'vitest';
import { run } from './run.js';

// An address for examples: if the guard were gone, the test would wait in vain and reach nobody.
const OUTSIDE = 'http://192.0.2.1/';
const REFUSED = 'no connection to 192.0.2.1';

describe('outside this machine', () => {
  it('no client gets that runs in a test', async () => {
    await expect(fetch(OUTSIDE)).rejects.toMatchObject({ cause: { message: expect.stringContaining(REFUSED) } });
  });

  it('no client gets that is a program of its own', async () => {
    const { code, stderr } = await run(['-e', `fetch('${OUTSIDE}')`]);
    expect(code).toBe(1);
    expect(stderr).toContain(REFUSED);
  });
});
