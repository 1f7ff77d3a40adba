import { hostsOf } from '../estate.js';
import { list } from '../operation.js';
import type { Host } from '../seed/images.js';
import { selectedImages } from './image-selector.js';

/** ListLocalImageHosts. A host with several of the selected images is one row. */
export const listLocalImageHosts = list<Host>({
  name: 'ListLocalImageHosts',
  path: 'image/local/hosts',
  regionRequired: true,
  select({ query, view }) {
    const hostName = query.text('host_name');
    const agentId = query.text('agent_id');
    const hosts = hostsOf(selectedImages(query, view).map(({ image }) => image));
    return hosts.filter(
      (host) =>
        (hostName === undefined || host.host_name.includes(hostName)) &&
        (agentId === undefined || host.agent_id === agentId),
    );
  },
  row,
});

function row({ runtime, agent_id, agent_status, host_name, host_id, private_ip, public_ip }: Host): object {
  return {
    agent_id,
    agent_status,
    host_name,
    host_id,
    version: 'hss.version.container.enterprise',
    private_ip,
    public_ip,
    docker_name: runtime,
    docker_type: runtime,
  };
}
