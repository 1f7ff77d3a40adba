import type { CallLimits } from '../call/limits.js';
import type { Severity } from '../hss/models.js';
import type { HssOperationName } from '../hss/operations.js';
import type { FindingsView } from './findings-index.js';
import type { Fits } from './image-table.js';
import { vulnerabilitiesAmong } from './of-images.js';
import { atLeast } from './vulnerability-table.js';

/** So long a call waits at most for what its answer can do without, in ms; nothing when requests are held back. */
const BESIDE_MS = 6_000;
/** So many requests are looked ahead to tell whether they are held back. */
const REQUESTS = 8;

/** The limits of a call while it reads what its answer can do without, by requests of `operation` above all. */
export function beside(
  index: FindingsView,
  caller: CallLimits,
  operation: HssOperationName = 'ListGeneralImageVuls',
): CallLimits {
  const wait = index.isFree(operation, REQUESTS) ? BESIDE_MS : 0;
  return { ...caller, deadline: Math.min(caller.deadline, performance.now() + wait) };
}

/** Handled findings (image times vulnerability) of at least a severity in the images that fit; undefined: not read. */
export async function handledFindings(
  index: FindingsView,
  depth: Severity,
  fits: Fits,
  caller: CallLimits,
): Promise<number | undefined> {
  const { complete } = await index.ask({ depth, handled: true }, beside(index, caller));
  if (!complete) return undefined;
  const touched = await vulnerabilitiesAmong(index.store, 'handled', fits);
  return touched.reduce(
    (sum, { vulnerability, images }) => sum + (atLeast(vulnerability.severity, depth) ? images : 0),
    0,
  );
}
