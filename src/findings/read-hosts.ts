import { everyRow, LARGEST_PAGE } from '../hss/every-row.js';
import type { Step } from './step.js';
import type { Store } from './store.js';

/** ListContainerNodes to its end. */
export function nodeSteps(store: Store, most: number): Step[] {
  return store.hosts.nodePages.missing(most).map((offset) => ({
    key: `nodes ${offset}`,
    operation: 'ListContainerNodes',
    async read(hss, scope) {
      const { data_list, total_num } = await hss.listContainerNodes({ offset, limit: LARGEST_PAGE }, scope);
      for (const node of data_list) store.hosts.addNode(node);
      store.hosts.nodePages.done(offset, data_list.length, total_num);
      store.version += 1;
    },
  }));
}

/** ListImageLocal of one host: which images it holds. */
export function hostSteps(store: Store, host_id: string): Step[] {
  const pages = store.hosts.pagesOf(host_id);
  return pages.missing(2).map((offset) => ({
    key: `images of host ${host_id} ${offset}`,
    operation: 'ListImageLocal',
    async read(hss, scope) {
      const { data_list, total_num } = await hss.listImageLocal({ host_id, offset, limit: LARGEST_PAGE }, scope);
      const { host_name, agent_id } = store.hosts.node(host_id) ?? {};
      for (const row of data_list) store.images.addHost(store.images.seen(row), { host_id, host_name, agent_id });
      pages.done(offset, data_list.length, total_num);
      store.version += 1;
    },
  }));
}

/** ListLocalImageHosts of single images. */
export function imageHostSteps(store: Store, images: readonly number[]): Step[] {
  return images.map((number) => ({
    key: `hosts of image ${number}`,
    operation: 'ListLocalImageHosts',
    async read(hss, scope) {
      const image = store.images.at(number);
      const { image_digest, image_name, image_version } = image.row;
      const selector = image_digest ? { image_digest } : { image_name, image_version };
      const rows = await everyRow((paging) => hss.listLocalImageHosts({ ...selector, ...paging }, scope));
      for (const row of rows) store.images.addHost(image, row);
      store.hosts.imageAsked(number);
      store.version += 1;
    },
    giveUp() {
      store.hosts.imageAsked(number);
    },
  }));
}
