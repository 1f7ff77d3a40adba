import { LARGEST_PAGE } from '../hss/every-row.js';
import type { Question } from './question.js';
import { hostSteps, imageHostSteps, nodeSteps } from './read-hosts.js';
import type { Store } from './store.js';
import { AHEAD, type Work } from './work.js';

/** Hosts cost a request each, and so does an image: what is fewer is asked for. Few images need no list of hosts. */
const FEW_IMAGES = 5;

/** What a question about hosts still needs. */
export function hostWork(store: Store, work: Work, { nodes, imagesOfHosts, hostsOfImages = [] }: Question): void {
  const { hosts } = store;
  const nodesLeft = () => work.add(nodeSteps(store, AHEAD), hosts.nodePages.left);
  if (nodes || imagesOfHosts === 'all') nodesLeft();
  if (imagesOfHosts) joinWork(store, work, imagesOfHosts === 'all' ? allNodes(store) : imagesOfHosts);
  const unknown = hostsOfImages.filter((image) => !hostsKnown(store, image));
  if (unknown.length <= FEW_IMAGES) {
    work.add(imageHostSteps(store, unknown));
  } else if (hosts.nodePages.complete) {
    const open = allNodes(store).filter((host) => !hosts.joined(host));
    if (unknown.length <= open.length) work.add(imageHostSteps(store, unknown.slice(0, AHEAD)), unknown.length);
    else joinWork(store, work, open);
  } else nodesLeft();
}

/** Whether all hosts of an image are known: its rows named them all, or hosts or the image were asked. */
export function hostsKnown(store: Store, image: number): boolean {
  const { hostIds, row } = store.images.at(image);
  if (row.host_num !== undefined && hostIds.length >= row.host_num) return true;
  return store.hosts.complete || store.hosts.wasImageAsked(image);
}

function allNodes(store: Store): string[] {
  return store.hosts.nodes.flatMap(({ host_id }) => host_id ?? []);
}

function joinWork(store: Store, work: Work, hostIds: readonly string[]): void {
  const open = hostIds.filter((host) => !store.hosts.joined(host));
  const left = open.reduce(
    (sum, host) => sum + Math.max(1, Math.ceil((store.hosts.pagesOf(host).total ?? 1) / LARGEST_PAGE)),
    0,
  );
  work.add(
    open.slice(0, AHEAD).flatMap((host) => hostSteps(store, host)),
    left,
  );
}
