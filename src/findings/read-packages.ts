import { everyRow } from '../hss/every-row.js';
import type { Step } from './step.js';
import type { Store } from './store.js';

/** ListVulAffectImageApps of vulnerabilities in sample images, where it was not read yet. */
export function packageSteps(
  store: Store,
  samples: readonly { readonly vulnerability: number; readonly image: number }[],
): Step[] {
  return samples.flatMap(({ vulnerability, image }): Step[] => {
    const found = store.vulnerabilities.at(vulnerability);
    const { image_id } = store.images.at(image).row;
    if (!image_id || store.packages.of(found).has(image_id)) return [];
    return [
      {
        key: `packages ${vulnerability} ${image_id}`,
        operation: 'ListVulAffectImageApps',
        async read(hss, scope) {
          const query = { vul_id: found.vul_id, is_handled: false };
          const rows = await everyRow((paging) => hss.listVulAffectImageApps(image_id, { ...query, ...paging }, scope));
          store.packages.remember(found, image_id, rows);
          store.version += 1;
        },
        giveUp() {
          store.packages.remember(found, image_id, []);
        },
      },
    ];
  });
}
