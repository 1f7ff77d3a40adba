import { list } from '../operation.js';
import type { Container } from '../seed/images.js';
import { selectedImages } from './image-selector.js';

/** ListLocalImageContainers. */
export const listLocalImageContainers = list<Container>({
  name: 'ListLocalImageContainers',
  path: 'image/local/containers',
  regionRequired: true,
  select({ query, view }) {
    const containerId = query.text('container_id');
    const agentId = query.text('agent_id');
    const containers = selectedImages(query, view).flatMap(({ image }) => image.containers);
    return containers.filter(
      (container) =>
        (containerId === undefined || container.container_id === containerId) &&
        (agentId === undefined || container.host.agent_id === agentId),
    );
  },
  row,
});

function row({ host, ...container }: Container): object {
  const { agent_id, host_id, host_name, private_ip, public_ip } = host;
  return { ...container, agent_id, host_id, host_name, private_ip, public_ip };
}
