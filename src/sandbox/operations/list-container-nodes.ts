import { hostsOf } from '../estate.js';
import { list } from '../operation.js';
import type { Host } from '../seed/images.js';
import { textMatch } from './text-match.js';

const AGENT_STATES = ['installed', 'not_installed', 'online', 'offline', 'install_failed', 'installing'] as const;

/**
 * ListContainerNodes: the hosts of the images that the call may see. A host belongs to the projects of its images,
 * one without images to all.
 */
export const listContainerNodes = list<Host>({
  name: 'ListContainerNodes',
  path: 'container/nodes',
  regionRequired: false,
  select({ query, view, choices }) {
    const named = textMatch(query.text('host_name', { max: 128 }), choices);
    const agentStatus = query.oneOf('agent_status', AGENT_STATES);
    const protectStatus = query.oneOf('protect_status', ['closed', 'opened']);
    const tag = query.oneOf('container_tags', ['cce', 'self', 'other']);
    const hosts = [...hostsOf(view.states.map(({ image }) => image)), ...view.estate.idleHosts];
    return hosts.filter(
      (host) =>
        named(host.host_name) &&
        (agentStatus === undefined || hasAgent(host, agentStatus)) &&
        (protectStatus === undefined || protectionOf(host) === protectStatus) &&
        (tag === undefined || tagOf(host) === tag),
    );
  },
  row: (host) => ({
    agent_id: host.agent_id,
    host_id: host.host_id,
    host_name: host.host_name,
    private_ip: host.private_ip,
    public_ip: host.public_ip,
    resource_id: '',
    host_status: 'ACTIVE',
    agent_status: host.agent_status,
    protect_status: protectionOf(host),
    container_tags: tagOf(host),
    protect_interrupt: protectionOf(host) === 'opened' && host.agent_status !== 'online',
    protect_degradation: host.degradation_reason !== undefined,
    degradation_reason: host.degradation_reason ?? '',
    group_name: '',
    policy_group_id: '',
    policy_group_name: '',
    enterprise_project_name: 'default',
    detect_result: 'undetected',
    asset: 0,
    vulnerability: 0,
    intrusion: 0,
  }),
});

/** Rows know three states of an agent; of the others, `installed` is taken for both that have one. */
function hasAgent({ agent_status }: Host, wanted: (typeof AGENT_STATES)[number]): boolean {
  return wanted === 'installed' ? agent_status !== 'not_installed' : agent_status === wanted;
}

function protectionOf(host: Host): 'opened' | 'closed' {
  return (host.protected ?? host.agent_status === 'online') ? 'opened' : 'closed';
}

function tagOf({ container_tags = 'self' }: Host): string {
  return container_tags;
}
