import { type Operation, pageOf } from '../operation.js';
import { imageSelector } from './image-selector.js';

/** ListLocalImageContainers: the containers that run from an image. */
export const listLocalImageContainers: Operation = {
  name: 'ListLocalImageContainers',
  method: 'GET',
  path: 'image/local/containers',
  regionRequired: true,
  carryOut({ query, visible }) {
    const isWanted = imageSelector(query);
    const [containerId, agentId] = [query.text('container_id'), query.text('agent_id')];
    const rows = visible
      .filter(({ image }) => isWanted(image))
      .flatMap(({ image }) => image.containers)
      .filter((container) => containerId === undefined || container.container_id === containerId)
      .filter((container) => agentId === undefined || container.host.agent_id === agentId)
      .map(({ host, ...container }) => ({
        agent_id: host.agent_id,
        ...container,
        host_id: host.host_id,
        host_name: host.host_name,
        private_ip: host.private_ip,
        public_ip: host.public_ip,
        entry_point: '/entrypoint.sh',
      }));
    return pageOf(rows, query);
  },
};
