import { type Operation, pageOf } from '../operation.js';
import type { Host } from '../seed/images.js';
import { selectedImages } from './image-selector.js';

/** ListLocalImageHosts. A host with several of the selected images is one row. */
export const listLocalImageHosts: Operation = {
  name: 'ListLocalImageHosts',
  method: 'GET',
  path: 'image/local/hosts',
  regionRequired: true,
  carryOut({ query, visible }) {
    const hostName = query.text('host_name');
    const agentId = query.text('agent_id');
    const hosts = new Set(selectedImages(query, visible).flatMap(({ image }) => image.hosts));
    const found = [...hosts].filter(
      (host) =>
        (hostName === undefined || host.host_name.includes(hostName)) &&
        (agentId === undefined || host.agent_id === agentId),
    );
    return pageOf(found.map(row), query);
  },
};

function row({ runtime, ...host }: Host): object {
  return { ...host, version: 'hss.version.container.enterprise', docker_name: runtime, docker_type: runtime };
}
