import { plural } from './plural.js';

const images = (count: number) => plural(count, 'image');
const counted = (count: number | undefined) => (count === undefined ? 'cannot be counted' : images(count));
const left = (count: number) => (count > 0 ? ` ${images(count)} cannot be scanned and were left out.` : '');
const OUTCOMES = { accepted: 'accepted', refused: 'refused', uncertain: 'uncertain', not_sent: 'not sent' };

/** What the tool that scans says. */
export const scan = {
  sent_already: (id: string) => `${id} was sent already, so nothing was sent.`,
  scan_once_more: 'To scan its images once more, make a selection of them: dry_run: true with this selection_id.',
  to_confirm: (count: number) =>
    `Nothing was sent. This scan would be of ${images(count)}: confirm_image_count: ${count}.`,
  other_number: (given: number) => `The number given was ${given}; it has changed, or was another.`,
  /** @param selectionId absent: the same arguments are given once more. */
  confirm: (count: number, selectionId: string | undefined) =>
    'Tell the person how many images would be scanned. If they agree, call batch_scan_local_image with ' +
    `${selectionId === undefined ? 'the same arguments' : `selection_id: ${selectionId}`} and confirm_image_count: ${count}.`,
  /** @param count undefined: cannot be counted. */
  dry_run: (mode: string, count: number | undefined, notFound: number) =>
    `Dry run, nothing was started. The request would select (${mode}): ${counted(count)}` +
    `${notFound > 0 ? `; ${plural(notFound, 'entry', 'entries')} not found` : ''}.`,
  not_found: 'Not found:',
  rows_searched: (rows: number) => `Only ${rows} rows were searched; give image_name, which HSS can search by.`,
  not_counted: (why: string) => `The selection cannot be counted: ${why}`,
  change_selection: 'Change the selection; list_local_images shows what there is.',
  narrow: 'Narrow the request until it can be counted, for example by image_name.',
  scan_these: (selectionId: string) =>
    `To scan exactly these, call batch_scan_local_image with selection_id: ${selectionId}.`,
  change_filters: 'Change the filters until they can be counted.',
  pass_filters_on: 'Call batch_scan_local_image again without dry_run to pass the filters on.',
  filters_alone:
    'Filters were given without operate_all: true and without image_info_list. HSS does not document what it does then; it may ' +
    'scan nothing. Use operate_all: true with the filters to scan what matches, and dry_run: true to count it first.',
  filters_sent:
    'The filters were passed on (HSS_SCAN_FILTERS=send). HSS does not document which of them it honours for a scan: images beside those that match may be scanned.',
  images,
  all_images: 'all local images',
  matching_images: 'all local images that match the filters',
  by_filters_alone: 'by filters alone (see the warning)',
  /** @param what one of the four above. */
  accepted: (what: string, leftOut: number) =>
    `HSS accepted the request to scan ${what}. The scans are not finished: they run on the hosts from now on.${left(leftOut)}`,
  accepted_before: (id: string, count: number, leftOut: number) =>
    `This selection was sent already, so nothing was sent again: ${id}, ${images(count)}.${left(leftOut)}`,
  accepted_in_part: (accepted: number, all: number, batches: readonly string[], leftOut: number) =>
    `HSS accepted only ${accepted} of the ${all} images: ${batches.join('; ')}.${left(leftOut)}`,
  batch: (first: number, last: number, outcome: keyof typeof OUTCOMES) =>
    `entries ${first} to ${last} of image_info_list ${OUTCOMES[outcome]}`,
  time_up: 'The time of this call was up before every batch was sent.',
  not_completed: (why: string) =>
    `Entries without all four fields went as they are, because they could not be looked up: ${why}`,
  follow: (scanId: string) => `Call get_local_image_scan_status with scan_id: ${scanId} and wait_seconds up to 45.`,
  uncertain: 'What is uncertain may have started and is not sent again: its images show it in the status.',
  go_on: (selectionId: string) =>
    `To go on with what was refused or not sent, call batch_scan_local_image with selection_id: ${selectionId}.`,
  at_least: 'at least so many',
  left_out: 'Cannot be scanned:',
};
