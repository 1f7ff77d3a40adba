import { findingsOf, type ImageState, softwareOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';

/** ListLocalImageAppInfo. */
export const listLocalImageAppInfo: Operation = {
  name: 'ListLocalImageAppInfo',
  method: 'GET',
  path: 'image/local/apps',
  regionRequired: false,
  carryOut({ query, visible }) {
    const imageId = query.text('image_id', { required: true });
    const appName = query.text('app_name') ?? '';
    const rows = visible
      .filter(({ image }) => image.image_id === imageId)
      .flatMap(rowsOf)
      .filter(({ app_name }) => app_name.includes(appName));
    return pageOf(rows, query);
  },
};

function rowsOf(state: ImageState) {
  const findings = findingsOf(state);
  return softwareOf(state).map((software) => ({
    app_name: software.app_name,
    app_type: software.app_type,
    app_version: software.app_version,
    vul_num: findings.filter((finding) => finding.software === software).length,
  }));
}
