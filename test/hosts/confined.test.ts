import { describe, expect, it } from 'vitest';
import { CONFINED, finished, Place, start } from './host.js';

// An address for examples: if nothing kept it back, the test would wait in vain and reach nobody.
const OUTSIDE = 'http://192.0.2.1/';

const reason = CONFINED ? '' : ': SKIPPED, the system lets no program have a network of its own (unshare)';

describe.skipIf(!CONFINED)(`outside this machine${reason}`, () => {
  it('no host gets, whatever it is written in', async () => {
    const place = await Place.make();
    const { code, stderr } = await finished(start(place, process.execPath, ['-e', `fetch('${OUTSIDE}')`], {}), 20_000);
    place.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('ENETUNREACH');
  });
});
