import { findingsOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';
import { IMAGE_TYPES, SEVERITIES, VUL_STATUSES, VUL_TYPES } from './vocabulary.js';

/** ListVulAffectImages: the images in which one vulnerability was found. Times and sizes come as text, as in HSS. */
export const listVulAffectImages: Operation = {
  name: 'ListVulAffectImages',
  method: 'GET',
  path: 'vulnerability/images',
  regionRequired: false,
  carryOut({ query, visible }) {
    const handled = query.boolean('is_handled', true);
    const vulId = query.text('vul_id', { required: true });
    const type = query.oneOf('type', VUL_TYPES, { required: true });
    const local = query.oneOf('image_type', IMAGE_TYPES, { required: true }) === 'local';
    const severity = query.oneOf('repair_necessity', SEVERITIES);
    const [imageId, imageName] = [query.text('image_id'), query.text('image_name')];
    query.oneOf('status', VUL_STATUSES);
    const rows = (local ? visible : []).flatMap((state) => {
      const { image } = state;
      if (imageId !== undefined && image.image_id !== imageId) return [];
      if (imageName !== undefined && !image.image_name.includes(imageName)) return [];
      return findingsOf(state)
        .filter(({ vulnerability, ...finding }) => {
          const same = vulnerability.vul_id === vulId && vulnerability.type === type && finding.handled === handled;
          return same && (severity === undefined || vulnerability.severity === severity);
        })
        .map(({ vulnerability }) => ({
          image_id: image.image_id,
          image_name: image.image_name,
          image_version: image.image_version,
          image_digest: image.image_digest,
          vul_id: vulnerability.vul_id,
          repair_necessity: vulnerability.severity,
          container_num: image.containers.length,
          agent_id: image.hosts[0]?.agent_id ?? '',
          status: handled ? 'vul_status_ignored' : 'vul_status_unfix',
          first_scan_time: String(state.latest_scan_time),
          latest_scan_time: String(state.latest_scan_time),
          image_type: 'local_image',
          image_size: String(image.image_size),
          organization: '',
          registry_type: '',
          registry_name: '',
          is_multi_arch: 'false',
          cluster_id: '',
          cluster_name: '',
        }));
    });
    return pageOf(rows, query);
  },
};
