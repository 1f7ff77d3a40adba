import { plural } from './plural.js';

/** What the list of vulnerabilities says. */
export const vulnerabilities = {
  /** @param where one of the three that follow. */
  summary: (count: number, handleStatus: string, isWhole: boolean, where: string) =>
    `${plural(count, 'vulnerability', 'vulnerabilities')} (${handleStatus})${isWhole ? '' : ' read so far'} in ${where}, worst first.`,
  one_image: (id: string) => `image ${id}`,
  images: (count: number) => plural(count, 'local image'),
  all_images: 'all local images',
  change_filters: 'Change the filters, or look at the scan states with list_local_images.',
  details: 'For affected packages and how to fix one, call get_vulnerability_details with vul_id and type of a row.',
  scanned_at: (time: string) => `The image was scanned at ${time}.`,
  never_scanned: 'The image was never scanned: nothing is known about it.',
  some_never_scanned: (count: number, all: number) =>
    `${count} of the ${all} images were never scanned: nothing is known of them.`,
  none_match:
    'None matches. That is no proof of safety: only scanned images count, and a local scan covers vulnerabilities and software only.',
  no_image: (id: string) => `No image has image_id ${id}.`,
  give_image_id:
    'Give image_id as the list of images has it, and the same enterprise_project_id (all_granted_eps for all).',
};
