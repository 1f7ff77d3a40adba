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

/** Thrown for a flag whose value is not right, with what would be. */
export class WrongFlag extends RangeError {
  constructor(
    readonly flag: string,
    readonly right: { readonly values: readonly string[] } | { readonly most: number; readonly example: number },
  ) {
    super(`${flag} must be ${JSON.stringify(right)}`);
  }
}

/** Reads `--limits` and `--images`. @throws {WrongFlag} for what they cannot be. */
export function readSandboxFlags(given: { readonly limits?: string; readonly images?: string }): SandboxFlags {
  const limits = LIMITS.find((kind) => kind === (given.limits ?? 'none'));
  if (limits === undefined) throw new WrongFlag('--limits', { values: LIMITS });
  if (given.images === undefined) return { limits };
  const images = /^\d+$/.test(given.images) ? Number(given.images) : 0;
  if (images < 1 || images > MOST_IMAGES) {
    throw new WrongFlag('--images', { most: MOST_IMAGES, example: 2400 });
  }
  return { limits, images };
}
