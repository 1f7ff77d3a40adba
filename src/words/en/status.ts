/** How many images a look found in each outcome. */
interface Outcomes {
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
  readonly cannot_be_scanned: number;
  readonly not_found: number;
  readonly not_started: number;
  readonly open: boolean;
}

/** How far scans are, and what a look at them says. */
export const status = {
  summary: (seen: Outcomes) =>
    `Scan status: ${seen.finished} finished, ${seen.running} running, ${seen.failed} failed, ${seen.cannot_be_scanned} cannot be scanned, ` +
    `${seen.not_found} not found, ${seen.not_started} not started. Call again: ${seen.open ? 'yes' : 'no'}.`,
  progress: (finished: number, running: number, failed: number) =>
    `${finished} finished, ${running} running, ${failed} failed`,
  by_reason: 'Failed, by reason:',
  not_found: 'Not found:',
  no_reason: '(none given)',
  nothing_to_follow: 'Nothing is to be followed: scan_id is missing.',
  given_together: (names: readonly string[]) => `${names.join(' and ')} are given together.`,
  give_scan_id: 'Give scan_id of batch_scan_local_image alone; without it images or selection_id, with submitted_at.',
  not_a_time: (value: string) => `submitted_at ${value} is not an ISO 8601 time.`,
  give_time: 'Give submitted_at as batch_scan_local_image returned it, e.g. "2026-01-02T03:04:05.000Z".',
  /** @param what an argument with its value; absent: the same images. */
  call_again: (what: string | undefined, withTime: boolean) =>
    `Call get_local_image_scan_status again with ${what ?? 'the same images'}${withTime ? ', submitted_at' : ''} and wait_seconds.`,
  read_findings:
    'To read what was found, call list_local_image_vulnerabilities with image_id of a finished image (worst first).',
  mend_failures: 'Mend what the failures say before you scan those images again.',
  find_images: 'For images not found, check region and enterprise_project_id (all_granted_eps), or list them again.',
  start_scans: 'Images that were not started need batch_scan_local_image.',
  nothing_left: 'Nothing is left to do.',
  /** Rest of a sentence that stands without its full stop. */
  no_place_for_others: (images: number) => `the limit of requests left no place for the other ${images} images yet`,
  no_place_for_look: (time: string) =>
    `the limit of requests leaves no place for a look now, so these are the states of ${time}`,
  look_failed: (why: string) => `The last look failed, so this is an earlier one: ${why}`,
  rows_searched:
    'Not every row was searched, because HSS cannot search by id or digest; give image_name to find an image directly.',
  not_started: 'not_started: images that show nothing new since the scan was accepted.',
  counted_by_state: 'Counted by scan_status over all images that match; failed counts earlier failures, too.',
  filters_dropped: (names: readonly string[]) => `${names.join(', ')} left out: a scan changes what matches there.`,
  names_searched: (read: number, of: number) => `Names were looked for in ${read} of ${of} rows only.`,
  earlier_result: 'HSS still shows the result of an earlier scan.',
  not_confirmed: 'HSS has not confirmed that this failure belongs to this scan; it may be that of an earlier one.',
  not_begun: 'HSS does not show that the scan has begun.',
  unknown_state: 'HSS shows a scan_status that is not documented.',
};
