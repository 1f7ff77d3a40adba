import { words } from '../words/words.js';
import type { HssOperationName } from './operations.js';

/** What an IAM user needs under roles and policies to call an operation. */
interface NeededAction {
  /** As a custom policy of IAM names it. */
  readonly action: string;
  /** Whether a page of HSS says so. What is inferred is never told as known. */
  readonly known: boolean;
}

/** Reads of images, for which HSS documents one action; that its lists of findings need the same is inferred. */
const READ_IMAGES = 'hss:images:list';

const NEEDED: Readonly<Partial<Record<HssOperationName, NeededAction>>> = {
  ListImageLocal: { action: READ_IMAGES, known: true },
  ListContainerNodes: { action: 'hss:containers:list', known: true },
  // No page names it: exports and handlings of images have this one.
  BatchScanLocalImage: { action: 'hss:images:set', known: false },
};

/** The action that an operation needs, for people: with the word that says when nobody has confirmed it. */
export function neededAction(operation: HssOperationName): string {
  const { action, known } = NEEDED[operation] ?? { action: READ_IMAGES, known: false };
  return known ? action : words().permissions.inferred(action);
}

/** What follows the advice of a refusal for a missing permission. */
export function permissionAdvice(operation: HssOperationName): string {
  const { permissions } = words();
  const action = neededAction(operation);
  return operation === 'BatchScanLocalImage' ? permissions.to_scan(action) : permissions.to_call(operation, action);
}
