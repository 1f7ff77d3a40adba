import { list } from '../operation.js';
import type { Container } from '../seed/images.js';
import { selectedImages } from './image-selector.js';

/** ListVulAffectImageContainers: the containers of an image on one agent, whatever vulnerabilities it has. */
export const listVulAffectImageContainers = list<Container>({
  name: 'ListVulAffectImageContainers',
  path: 'image/vulnerability/{image_id}/containers',
  regionRequired: false,
  select({ query, path, view }) {
    for (const name of ['image_digest', 'image_name', 'image_version']) query.text(name, { required: true });
    const agentId = query.text('agent_id', { required: true });
    return selectedImages(query, view)
      .filter(({ image }) => image.image_id === path.image_id)
      .flatMap(({ image }) => image.containers)
      .filter(({ host }) => host.agent_id === agentId);
  },
  row: ({ container_name, container_id, pod_name, pod_id, host }) => ({
    container_name,
    container_id,
    cluster_name: '',
    cluster_id: '',
    host_name: host.host_name,
    public_ip: host.public_ip,
    private_ip: host.private_ip,
    pod_name,
    pod_id,
    namespace: '',
  }),
});
