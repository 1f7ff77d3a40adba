/** What HSS tells of a host that holds images: its agent (ListLocalImageHosts, ListContainerNodes) and its protection. */
export interface HostState {
  readonly agent_status?: string | undefined;
  readonly host_status?: string | undefined;
  readonly protect_status?: string | undefined;
  readonly protect_interrupt?: boolean | undefined;
  readonly protect_degradation?: boolean | undefined;
}

/**
 * Whether HSS can scan the images of a host now: `no` where the agent, the protection or the server is off, `perhaps`
 * where the protection is interrupted or degraded, `unknown` where a fact is missing that could speak against it.
 */
export type Scannable = 'yes' | 'no' | 'perhaps' | 'unknown';

/** As {@link Scannable} tells. */
export function scannable(host: HostState): Scannable {
  const { agent_status, host_status = 'ACTIVE', protect_status, protect_interrupt, protect_degradation } = host;
  const isOff = (state: string | undefined, right: string) => state !== undefined && state !== '' && state !== right;
  if (isOff(agent_status, 'online') || isOff(protect_status, 'opened') || isOff(host_status, 'ACTIVE')) return 'no';
  if (protect_interrupt || protect_degradation) return 'perhaps';
  return agent_status && protect_status ? 'yes' : 'unknown';
}

const ORDER: readonly Scannable[] = ['no', 'perhaps', 'unknown', 'yes'];

/** Hosts that cannot scan first, else in their order. */
export function byScannable(one: HostState, other: HostState): number {
  return ORDER.indexOf(scannable(one)) - ORDER.indexOf(scannable(other));
}
