import { plural } from './plural.js';

/** What the list of images says. */
export const images = {
  match: (count: number) => `${plural(count, 'local image')} match.`,
  with_open: (count: number, vulnerability: string) => `${plural(count, 'local image')} with ${vulnerability} open.`,
  both_ids: 'vul_id and cve_id are both given.',
  one_id: 'Give one of them: a vul_id stands for its CVEs.',
  others: 'Others that the filters let in:',
  standings:
    'Counted among the images that the other filters match. absent: not found when the image was last scanned. handled: ' +
    'ignored or on a white list, not fixed. not_scanned: never scanned, so unknown.',
  nothing_selected: 'Nothing was selected yet: not all that can match was read.',
  selected: (id: string, count: number) => `Pass selection_id ${id} (${plural(count, 'image')}) to another tool.`,
  too_many: (count: number, most: number) => `${count} images match; a selection holds at most ${most}.`,
  narrow: 'Narrow the filters, or leave out select.',
  beyond: (offset: number, total: number) => `offset ${offset} is beyond the last of ${total} rows.`,
  none_match: 'No image matches. Filters are case-sensitive; try fewer of them, or another region.',
  list_again: 'Change the filters or the enterprise project and list again.',
  scan: 'To scan, call batch_scan_local_image with image_info_list: image_id, image_digest, image_name and image_version of rows, unchanged.',
  safe: 'severity_level Security: safe as far as scanned.',
  more_may_match: (count: number) =>
    `${plural(count, 'further image')} may match host_name, too: each lies on several hosts, of which HSS names one.`,
  /** @param part a part of the name that HSS may match; absent where there is none. */
  unmatched: (field: string, part: string | undefined) =>
    `HSS may match no ${field} with the characters of this one.${part === undefined ? '' : ` Try a part of it: ${field} "${part}".`}`,
  matched_here: 'HSS does not match such a name itself, so rows are read and matched here',
  give_more: 'a longer last part of the name finds fewer',
};
