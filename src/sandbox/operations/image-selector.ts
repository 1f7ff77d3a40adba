import type { Parameters } from '../parameters.js';
import type { SeedImage } from '../seed/images.js';

/** The image selector that ListLocalImageHosts and ListLocalImageContainers share. */
export function imageSelector(query: Parameters): (image: SeedImage) => boolean {
  const fields = ['image_digest', 'image_name', 'image_version'] as const;
  const wanted = fields.map((field) => [field, query.text(field)] as const);
  return (image) => wanted.every(([field, value]) => value === undefined || image[field] === value);
}
