import type { ImageState } from '../estate.js';
import type { Parameters } from '../parameters.js';
import type { View } from '../view.js';

/**
 * The images of `view` that the digest, name and version of a query select. The pages call them plain values and
 * not search texts, so they match exactly and each for itself.
 */
export function selectedImages(query: Parameters, view: View): ImageState[] {
  const digest = query.text('image_digest');
  const name = query.text('image_name');
  const version = query.text('image_version');
  return view.states.filter(
    ({ image }) =>
      (digest === undefined || image.image_digest === digest) &&
      (name === undefined || image.image_name === name) &&
      (version === undefined || image.image_version === version),
  );
}
