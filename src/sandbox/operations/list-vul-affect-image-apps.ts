import { findingsOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';
import { IMAGE_TYPES } from './vocabulary.js';

/** ListVulAffectImageApps: the packages of one image in which one vulnerability lies. */
export const listVulAffectImageApps: Operation = {
  name: 'ListVulAffectImageApps',
  method: 'GET',
  path: 'image/vulnerability/{image_id}/apps',
  regionRequired: false,
  carryOut({ query, path, visible }) {
    const handled = query.boolean('is_handled', true);
    const local = query.oneOf('image_type', IMAGE_TYPES, { required: true }) === 'local';
    const vulId = query.text('vul_id', { required: true });
    const rows = visible
      .filter(({ image }) => local && image.image_id === path.image_id)
      .flatMap(findingsOf)
      .filter((finding) => finding.vulnerability.vul_id === vulId && finding.handled === handled)
      .map(({ software, vulnerability }) => ({
        app_name: software.app_name,
        paths: [
          {
            status: handled ? 'vul_status_ignored' : 'vul_status_unfix',
            app_version: software.app_version,
            app_path: software.app_type === 'jar' ? `/app/lib/${software.app_name}-${software.app_version}.jar` : '',
          },
        ],
        rule: `version before ${vulnerability.fixedIn}`,
      }));
    return pageOf(rows, query);
  },
};
