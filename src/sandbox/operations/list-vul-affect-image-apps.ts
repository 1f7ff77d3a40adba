import { type Finding, findingsOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';
import type { Software } from '../seed/images.js';
import { IMAGE_TYPES, stateOf } from './vulnerability-terms.js';

/** ListVulAffectImageApps. */
export const listVulAffectImageApps: Operation = {
  name: 'ListVulAffectImageApps',
  method: 'GET',
  path: 'image/vulnerability/{image_id}/apps',
  regionRequired: false,
  carryOut({ query, path, visible }) {
    const handled = query.boolean('is_handled', true);
    const vulId = query.text('vul_id', { required: true });
    const imageType = query.oneOf('image_type', IMAGE_TYPES, { required: true });
    const rows = visible
      .filter(({ image }) => imageType === 'local' && image.image_id === path.image_id)
      .flatMap((state) => findingsOf(state, handled))
      .filter(({ vulnerability }) => vulnerability.vul_id === vulId)
      .map((finding) => row(finding, handled));
    return pageOf(rows, query);
  },
};

function row({ vulnerability, software }: Finding, handled: boolean | undefined): object {
  const { app_name, app_version } = software;
  const path = { status: stateOf(handled), app_version, app_path: pathOf(software) };
  return { app_name, paths: [path], rule: vulnerability.rule };
}

/** HSS gives a path for applications only: a system package is found in the package database. */
function pathOf({ app_name, app_version, app_type }: Software): string {
  switch (app_type) {
    case 'jar':
      return `/app/lib/${app_name}-${app_version}.jar`;
    case 'bin':
      return `/usr/local/bin/${app_name}`;
    default:
      return '';
  }
}
