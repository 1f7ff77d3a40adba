import { plural } from './plural.js';

/** What the counts of images in groups say. */
export const summary = {
  groups: (images: number, groups: number, by: string) =>
    `${plural(images, 'local image')} match, in ${plural(groups, 'group')} by ${by}.`,
  left_out: (counts: readonly string[]) =>
    `Left out, because not read: ${counts.join(', ')}. That does not mean 0; the same call later has more.`,
  none_match: 'No image matches. Filters are case-sensitive.',
  none: 'none: no open vulnerability as far as scanned.',
  never_scanned: 'never_scanned: images that HSS never looked into; nothing is known of their findings.',
  see_failed: 'To see the images of a reason, call list_local_images with scan_status failed.',
  see_vulnerability:
    'For the fix and the images of one, call get_vulnerability_details; for upgrades, plan_local_image_fixes.',
  see_images: 'To see the images of a group, call list_local_images; for what to fix first, plan_local_image_fixes.',
};
