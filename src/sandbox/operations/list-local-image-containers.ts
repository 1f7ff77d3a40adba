import { type Operation, pageOf } from '../operation.js';
import type { Container } from '../seed/images.js';
import { selectedImages } from './image-selector.js';

/** ListLocalImageContainers. */
export const listLocalImageContainers: Operation = {
  name: 'ListLocalImageContainers',
  method: 'GET',
  path: 'image/local/containers',
  regionRequired: true,
  carryOut({ query, visible }) {
    const containerId = query.text('container_id');
    const agentId = query.text('agent_id');
    const containers = selectedImages(query, visible).flatMap(({ image }) => image.containers);
    const found = containers.filter(
      (container) =>
        (containerId === undefined || container.container_id === containerId) &&
        (agentId === undefined || container.host.agent_id === agentId),
    );
    return pageOf(found.map(row), query);
  },
};

function row({ host, ...container }: Container): object {
  const { agent_id, host_id, host_name, private_ip, public_ip } = host;
  return { ...container, agent_id, host_id, host_name, private_ip, public_ip };
}
