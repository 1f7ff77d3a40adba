import type { Fault } from '../../src/sandbox/faults.js';
import { HOME_IMAGES } from '../../src/sandbox/seed/images.js';

/** What the test tells or asks the HSS in the other process. */
export type HssOrder =
  | { readonly kind: 'settings' }
  | { readonly kind: 'inject'; readonly fault: Fault }
  /** Answered when a request that holds `mark` has come. */
  | { readonly kind: 'arrival'; readonly mark: string }
  | { readonly kind: 'counts'; readonly operation: string };

/** Images that are seen without an enterprise project and can be told apart by name. */
const [held, ...others] = HOME_IMAGES.filter(
  ({ enterprise_project_id, image_name }) => enterprise_project_id === '0' && image_name !== '--',
);
if (!held) throw new RangeError('the embedded HSS has no images');

/** The image whose scan never ends, so that whoever waits for it waits until it is cancelled. */
export const HELD_IMAGE = held;
export const IMAGES = others;
