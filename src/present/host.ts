import { type HostState, scannable } from '../images/host-state.js';
import { words } from '../words/words.js';
import type { Column } from './table.js';

/** A host that holds an image, with its protection where that was read. */
export interface ShownHost extends HostState {
  readonly host_name?: string | undefined;
  readonly host_id?: string | undefined;
  readonly private_ip?: string | undefined;
  readonly public_ip?: string | undefined;
  readonly version?: string | undefined;
  readonly degradation_reason?: string | undefined;
}

/** A host as one of many; of its server and its protection only what keeps it from scanning, beside `protect_status`. */
export const HOST_COLUMNS: readonly Column<ShownHost>[] = [
  { name: 'host_name', value: ({ host_name }) => host_name },
  { name: 'host_id', value: ({ host_id }) => host_id },
  { name: 'agent_status', value: ({ agent_status }) => agent_status },
  { name: 'protect_status', value: ({ protect_status }) => protect_status },
  { name: 'host_status', value: ({ host_status }) => (host_status === 'ACTIVE' ? undefined : host_status) },
  { name: 'protect_interrupt', value: ({ protect_interrupt }) => protect_interrupt || undefined },
  { name: 'protect_degradation', value: ({ protect_degradation }) => protect_degradation || undefined },
  {
    name: 'degradation_reason',
    value: ({ protect_degradation, degradation_reason }) => (protect_degradation ? degradation_reason : undefined),
  },
  { name: 'private_ip', value: ({ private_ip }) => private_ip },
  { name: 'public_ip', value: ({ public_ip }) => public_ip },
  { name: 'version', value: ({ version }) => version },
];

/** How many of the hosts cannot scan, and what they need; nothing where all can. */
export function hostNotes(hosts: readonly ShownHost[]): string[] {
  const count = (state: ReturnType<typeof scannable>) => hosts.filter((host) => scannable(host) === state).length;
  const [no, perhaps] = [count('no'), count('perhaps')];
  const { image } = words();
  return [
    ...(no > 0 ? [image.cannot_scan(no, hosts.length)] : []),
    ...(perhaps > 0 ? [image.may_not_scan(perhaps, hosts.length)] : []),
  ];
}
