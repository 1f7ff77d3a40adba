import { openFindingsOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';

/** ListLocalImageAppInfo: the software of one image, and how many vulnerabilities lie in each package. */
export const listLocalImageAppInfo: Operation = {
  name: 'ListLocalImageAppInfo',
  method: 'GET',
  path: 'image/local/apps',
  regionRequired: false,
  carryOut({ query, visible }) {
    const imageId = query.text('image_id', { required: true });
    const name = query.text('app_name');
    const rows = visible
      .filter(({ image, latest_scan_time }) => image.image_id === imageId && latest_scan_time > 0)
      .flatMap((state) =>
        state.image.software
          .filter((software) => name === undefined || software.app_name.includes(name))
          .map((software) => ({
            app_name: software.app_name,
            app_type: software.app_type,
            app_version: software.app_version,
            vul_num: openFindingsOf(state).filter((finding) => finding.software === software).length,
          })),
      );
    return pageOf(rows, query);
  },
};
