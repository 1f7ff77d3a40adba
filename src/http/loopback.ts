const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether traffic to `hostname` (as in `URL.hostname`) stays on this machine: the one definition of that. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
