// The last one is 127.0.0.0/8 within IPv6, as `URL` writes it.
const LOOPBACK = /^(localhost\.?|127(\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/;

/** Whether traffic to `hostname` (as in `URL.hostname`) stays on this machine: the one definition of that. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
