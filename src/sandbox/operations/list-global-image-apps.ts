import { type ImageState, softwareOf } from '../estate.js';
import { list } from '../operation.js';
import type { Software } from '../seed/images.js';
import { scanTime } from './scan-time.js';
import { pathOf } from './software-path.js';
import { textMatch } from './text-match.js';

interface Installed {
  readonly state: ImageState;
  readonly software: Software;
}

/**
 * ListGlobalImageApps: a row for each package of each image. Local images belong to no registry, so `image_type` and
 * `namespace` of a row are empty; how HSS fills them is not documented. All embedded software is compliant.
 */
export const listGlobalImageApps = list<Installed>({
  name: 'ListGlobalImageApps',
  path: 'image/apps',
  regionRequired: false,
  select({ query, view, choices }) {
    // What is meant without a type is not documented; here it is every type, and there are local images only.
    const imageType = query.oneOf('image_type', ['local', 'registry', 'cicd']) ?? 'local';
    const matches = textMatch(query.text('app_name', { max: 32 }), choices);
    const compliant = query.boolean('is_compliant') ?? true;
    if (imageType !== 'local' || !compliant) return [];
    return view.states.flatMap((state) =>
      softwareOf(state)
        .filter(({ app_name }) => matches(app_name))
        .map((software) => ({ state, software })),
    );
  },
  row({ state, software }, { view, choices }) {
    const { image } = state;
    return {
      app_name: software.app_name,
      app_type: software.app_type,
      app_version: software.app_version,
      app_path: pathOf(software),
      layer_digest: image.image_digest,
      vul_num: view.estate.findingsIn(software).length,
      is_compliant: true,
      latest_scan_time: scanTime(state.latest_scan_time, choices),
      image_type: '',
      namespace: '',
      image_name: image.image_name,
      image_version: image.image_version,
      image_id: image.image_id,
    };
  },
});
