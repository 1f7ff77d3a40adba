import { everyRow, LARGEST_PAGE } from '../hss/every-row.js';
import type { Paging } from '../hss/models.js';
import { listNamedImages } from '../hss/named-images.js';
import type { Step } from './step.js';
import type { Store } from './store.js';

/** ListImageLocal to its end: every image, once. */
export function inventorySteps(store: Store, most: number): Step[] {
  return store.inventory.missing(most).map((offset) => ({
    key: `images ${offset}`,
    operation: 'ListImageLocal',
    async read(hss, scope) {
      const { data_list, total_num } = await hss.listImageLocal({ offset, limit: LARGEST_PAGE }, scope);
      for (const row of data_list) store.images.list(row);
      store.inventory.done(offset, data_list.length, total_num);
      store.version += 1;
    },
  }));
}

/** The rows of images whose scan ended, found by their names: HSS has no filter by id. */
export function staleRowSteps(store: Store): Step[] {
  return [...store.staleNames].map((image_name) => ({
    key: `rows ${image_name}`,
    operation: 'ListImageLocal',
    async read(hss, scope) {
      const { data_list, matchedHere, ...first } = await listNamedImages(
        hss,
        { image_name, offset: 0, limit: LARGEST_PAGE },
        scope,
      );
      const others = (paging: Required<Paging>) => hss.listImageLocal({ image_name, ...paging }, scope);
      const rows =
        matchedHere?.rows ??
        (await everyRow(async (paging) => (paging.offset === 0 ? { ...first, data_list } : others(paging))));
      store.images.beginPass();
      for (const row of rows) store.images.list(row);
      store.staleNames.delete(image_name);
      store.version += 1;
    },
  }));
}
