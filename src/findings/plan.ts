import { HANDLE_STATUSES, type HandleStatus, VUL_TYPES, type VulType } from '../hss/models.js';
import { columnWork, depthWork } from './plan-columns.js';
import { hostWork } from './plan-hosts.js';
import { imageWork, outdatedWork } from './plan-images.js';
import type { Question } from './question.js';
import { inventorySteps, staleRowSteps } from './read-images.js';
import { lookUpSteps } from './read-lists.js';
import { packageSteps } from './read-packages.js';
import type { Wait } from './step.js';
import type { Store } from './store.js';
import { AHEAD, Work } from './work.js';

/** The work that a question still needs; none when all of it was read. Worst severities come first. */
export function workFor(store: Store, question: Question, wait: Wait): Work {
  const { version } = store;
  const work = lookOver(store, question, wait);
  // Looking over what was read can settle something (a verdict on pairs), and that can need more.
  return work.steps.length === 0 && store.version !== version ? workFor(store, question, wait) : work;
}

function lookOver(store: Store, question: Question, wait: Wait): Work {
  const work = new Work(wait);
  const { depth, vulIds = [], cveIds = [], ofImages = [], packages = [] } = question;
  const statuses = question.handled ? HANDLE_STATUSES : (['unhandled'] as const);
  const types = question.vulType ? [question.vulType] : VUL_TYPES;
  const some = vulIds.length > 0 || cveIds.length > 0;
  if (question.inventory ?? true) work.add(inventorySteps(store, AHEAD), store.inventory.left);
  work.add(staleRowSteps(store));
  if (some) for (const status of statuses) someWork(store, work, status, { vulIds, cveIds, types });
  if (ofImages.length > 0) imageWork(store, work, statuses, ofImages, question.ofImagesDepth ?? 'Low');
  if (depth) depthWork(store, work, statuses, depth);
  if (depth || some) outdatedWork(store, work, statuses);
  work.add(packageSteps(store, packages));
  hostWork(store, work, question);
  return work;
}

/** Single vulnerabilities: by id or CVE, of some kinds. */
interface Wanted {
  readonly vulIds: readonly string[];
  readonly cveIds: readonly string[];
  readonly types: readonly VulType[];
}

/** The images of single vulnerabilities. */
function someWork(store: Store, work: Work, status: HandleStatus, wanted: Wanted): void {
  const steps = lookUpSteps(store, status, wanted);
  work.add(steps);
  if (steps.length > 0) return;
  const meant = store.vulnerabilities.matching(wanted.vulIds, wanted.cveIds);
  columnWork(
    store,
    work,
    status,
    meant.filter(({ type }) => wanted.types.includes(type)),
  );
}
