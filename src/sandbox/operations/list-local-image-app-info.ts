import { softwareOf } from '../estate.js';
import { list } from '../operation.js';
import type { Software } from '../seed/images.js';

/** ListLocalImageAppInfo. */
export const listLocalImageAppInfo = list<Software>({
  name: 'ListLocalImageAppInfo',
  path: 'image/local/apps',
  regionRequired: false,
  select({ query, view }) {
    const imageId = query.text('image_id', { required: true }) ?? '';
    const appName = query.text('app_name') ?? '';
    // The same image under several digests holds the same packages.
    const [state] = view.withId(imageId);
    return state ? softwareOf(state).filter(({ app_name }) => app_name.includes(appName)) : [];
  },
  row(software, { view }) {
    const { app_name, app_type, app_version } = software;
    return { app_name, app_type, app_version, vul_num: view.estate.findingsIn(software).length };
  },
});
