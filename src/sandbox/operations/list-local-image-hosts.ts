import { type Operation, pageOf } from '../operation.js';
import { imageSelector } from './image-selector.js';

/** ListLocalImageHosts: the hosts on which an image lies. */
export const listLocalImageHosts: Operation = {
  name: 'ListLocalImageHosts',
  method: 'GET',
  path: 'image/local/hosts',
  regionRequired: true,
  carryOut({ query, visible }) {
    const isWanted = imageSelector(query);
    const [hostName, agentId] = [query.text('host_name'), query.text('agent_id')];
    const hosts = new Set(visible.filter(({ image }) => isWanted(image)).flatMap(({ image }) => image.hosts));
    const rows = [...hosts]
      .filter((host) => hostName === undefined || host.host_name.includes(hostName))
      .filter((host) => agentId === undefined || host.agent_id === agentId)
      .map((host) => ({
        agent_id: host.agent_id,
        agent_status: host.agent_status,
        host_name: host.host_name,
        host_id: host.host_id,
        version: 'hss.version.container.enterprise',
        private_ip: host.private_ip,
        public_ip: host.public_ip,
        docker_name: 'docker',
        docker_type: 'docker',
      }));
    return pageOf(rows, query);
  },
};
