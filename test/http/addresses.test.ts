import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HttpTransport } from '../../src/http/transport.js';
import { SlowAddress } from '../support/slow-address.js';

// A host of two addresses: the first one is reached, but after more than a second; nobody is at the second one.

type Lookup = (host: string, options: object, done: (error: null, addresses: dns.LookupAddress[]) => void) => void;

let slow: SlowAddress;
let transport: HttpTransport;
afterEach(async () => {
  vi.restoreAllMocks();
  await transport.close();
  await slow.close();
});

async function ask(addresses: readonly string[], wakeAfterMs: number) {
  slow = await SlowAddress.start();
  const lookup: Lookup = (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
  transport = new HttpTransport({ timeoutMs: 15_000 });
  setTimeout(() => slow.wake(), wakeAfterMs);
  const limits = { signal: new AbortController().signal, deadline: performance.now() + 15_000 };
  const origin = `http://two-addresses.example:${slow.port}`;
  return transport.exchange({ origin, method: 'GET', target: '/', headers: {} }, limits);
}

describe('a host with several addresses', () => {
  it('is reached at the first one, which is slow, although the second one is dead', async () => {
    const begun = performance.now();
    expect(await ask(['127.0.0.1', '127.0.0.2'], 500)).toMatchObject({ status: 200 });
    // It was slow indeed: Node itself would have given the first address up after 250 ms.
    expect(performance.now() - begun).toBeGreaterThan(600);
  });

  it('is reached at the second one as soon as the first one refuses', async () => {
    expect(await ask(['127.0.0.2', '127.0.0.1'], 0)).toMatchObject({ status: 200 });
  });
});
