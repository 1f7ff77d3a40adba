/** What the comparison of two images says. */
export const comparison = {
  either: 'Either before or vul_ids has to be given, and not both.',
  give_one: 'Give before: the fields of an image, or vul_ids.',
  /** @param added undefined: nobody knows what else there was. */
  summary: (gone: number, added: number | undefined, stillOpen: number, notObservable: number) =>
    `${gone} gone, ${added === undefined ? '' : `${added} new, `}${stillOpen} still open, ${notObservable} not observable.`,
  titles: {
    gone: (count: number) => `gone (not there any more): ${count}`,
    new: (count: number) => `new (new): ${count}`,
    still_open: (count: number) => `still_open (still open): ${count}`,
    handled: (count: number) => `handled (ignored or on a white list, not fixed): ${count}`,
    not_observable: (count: number) => `not_observable (cannot be told): ${count}`,
  },
  reasons: {
    before_never_scanned: 'the image before was never scanned',
    after_never_scanned: 'the image after was never scanned',
    not_read: 'not read yet',
  },
  /** @param reason one of the above. */
  blind: (reason: string) => `${reason}, so nothing can be told of what it holds.`,
  stale_before: 'The last scan of the image before is older than latest_update_time of its row.',
  stale_after: 'The last scan of the image after is older than latest_update_time of its row.',
  with_ids: 'Compared with vul_ids: new stays empty, because nobody knows what else there was.',
  scan_first: 'Scan the image with batch_scan_local_image, wait for its end, and compare again.',
  call_again: 'Call again with the same arguments: the rest is being read.',
  nothing_open: 'Nothing of what was compared is open in the image after.',
  fix: 'For the fix of one, call get_vulnerability_details; for the best upgrades, plan_local_image_fixes.',
};
