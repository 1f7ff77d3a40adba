import type { LimitKind } from './limits.js';

/** What the command line can say about the embedded HSS. */
export interface SandboxFlags {
  readonly limits: LimitKind;
  /** Images of a large estate in place of the examples; absent for the examples. */
  readonly images?: number;
}

const LIMITS: readonly LimitKind[] = ['documented', 'gateway', 'none'];

/** Images that an estate may have at most: they are kept in memory. */
const MOST_IMAGES = 100_000;

/** Reads `--limits` and `--images`. @throws {RangeError} that names the flag and shows what is right. */
export function readSandboxFlags(given: { readonly limits?: string; readonly images?: string }): SandboxFlags {
  const limits = LIMITS.find((kind) => kind === (given.limits ?? 'none'));
  if (limits === undefined) throw new RangeError(`--limits must be one of ${LIMITS.join(', ')}.`);
  if (given.images === undefined) return { limits };
  const images = /^\d+$/.test(given.images) ? Number(given.images) : 0;
  if (images < 1 || images > MOST_IMAGES) {
    throw new RangeError(`--images must be a whole number from 1 to ${MOST_IMAGES}, such as 2400.`);
  }
  return { limits, images };
}
