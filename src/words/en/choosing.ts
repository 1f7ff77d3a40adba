/** Why images cannot be chosen, found or scanned as they were asked for, and what to give instead. */
export const choosing = {
  looks_like_seconds: (field: string, value: number) =>
    `${field} ${value} looks like seconds; it is counted in milliseconds.`,
  give_milliseconds: (field: string, time: string, value: number) => `For ${time} give ${field}: ${value}.`,
  after_its_end: (start: string, from: number, end: string, to: number) =>
    `${start} (${from}) is after ${end} (${to}).`,
  swap: (start: string, from: number, end: string, to: number) => `Swap them: ${start}: ${from}, ${end}: ${to}.`,
  unknown_state: (state: string) => `ListImageLocal does not know scan_status ${state}.`,
  give_failed: 'Give scan_status failed instead.',
  half_a_range: (given: string, missing: string) => `${given} is given without ${missing}; HSS ignores half a range.`,
  give_too: (field: string) => `Give ${field} too.`,
  empty_range: (start: string, end: string) => `${start} is not before ${end}; HSS ignores such a range.`,
  give_later: (end: string) => `Give an ${end} that is later.`,
  version_alone: 'image_version is given without image_name; HSS ignores it then.',
  no_image_named: 'No image is named: image_id, image_digest and image_name are all missing.',
  give_fields: 'Give the identifying fields as the list of images has them.',
  several_match: (count: number) => `${count} images match.`,
  give_ids: 'Give image_id and image_digest of one of them.',
  no_such_image: (region: string) => `No such image in region ${region}.`,
  rows_searched: (rows: number) => `Only ${rows} rows were searched.`,
  only_project_0: 'HSS looked only in enterprise project 0; try all_granted_eps.',
  give_name: 'Give image_name, which HSS can search by, and compare the other fields with the list of images.',
  /** @param images the first few, each by its fields. @param more how many there are beside them. */
  ambiguous: (entry: number, count: number, images: readonly string[], more: number) =>
    `image_info_list[${entry}] could mean ${count} images, so nothing was sent: ${images.join('; ')}${more > 0 ? ` and ${more} more` : ''}.`,
  give_ids_or_all: 'Give image_id and image_digest of the one that is meant, or an entry for each of them.',
  names_none: (entry: string) =>
    `${entry} identifies no image: image_id, image_digest and image_name are all missing or blank.`,
  give_four_fields: 'Give the four fields as list_local_images returned them.',
  selection_and_more: 'selection_id is given together with another selection: these contradict each other.',
  selection_alone: 'Leave out image_info_list, operate_all and the filters: a selection stands for itself.',
  all_and_list: 'operate_all is true and image_info_list is given: these contradict each other.',
  all_or_list: 'Leave out operate_all to scan the list, or leave out image_info_list to scan all.',
  nothing_selected: 'Nothing is selected: image_info_list is empty and operate_all is not true.',
  select_something:
    'Give image_info_list: [{"image_id": "...", "image_digest": "sha256:...", "image_name": "...", "image_version": "..."}], or operate_all: true for all images.',
  none_scannable: (count: number) =>
    `HSS can scan none of the ${count} images; non_scan_reason says why. Nothing was sent.`,
  mend_reason: 'Mend the reason first; it stands in the rows of the list of images.',
  none_matches: 'No image matches, so nothing was sent.',
  change_filters: 'Change the filters, or list the images first.',
  not_expressible: (why: string) => `These filters cannot be counted, so nothing was sent: ${why}`,
  or_send: 'Or let the owner of the settings choose HSS_SCAN_FILTERS=send, which passes filters on to HSS.',
  part_read: (read: number, of: number) => `Only ${read} of ${of} images could be read, so nothing was sent.`,
  narrow_or_select:
    'Narrow the filters, or list the images with select: true, which goes on reading between calls, and scan the selection_id.',
  too_many: (count: number, most: number) => `${count} images match; one scan takes at most ${most}. Nothing was sent.`,
  narrow: 'Narrow the filters, for example by image_name or local_image_type.',
  names_looked_at: (read: number, of: number) =>
    `HSS does not match such names itself, and only ${read} of ${of} rows could be looked at.`,
  chosen_by_hss: (id: string) => `${id} was a scan whose images HSS chose, so it stands for no set of them.`,
  select_images: 'Leave out selection_id, or select images with list_local_images and select: true.',
};
