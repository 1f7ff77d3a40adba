/** How a failed call is told: facts, what became of the request, who can mend it, and what to do. */
export const outcome = {
  words_of_service: (fenced: string) => `In the words of the service:\n${fenced}`,
  code: (code: string) => `code ${code}`,
  status: (status: number) => `HTTP status ${status}`,
  request_id: (id: string) => `request id ${id}`,
  facts: (facts: readonly string[]) => `Facts: ${facts.join(', ')}.`,
  next: (next: string) => `Next: ${next}`,
  not_read: (why: string) => `Could not be read: ${why}`,
  do_not_repeat: 'Do not repeat the call before you have looked.',
  no_use: 'Repeating the same call will not help.',
  may_succeed: 'The same call may succeed later.',
  may_succeed_in: (seconds: number) => `The same call may succeed later: ask again in ${seconds} s.`,
  who: {
    input: 'The caller can mend this with other arguments.',
    owner: 'The owner of the settings or of the account has to mend this.',
    passing: 'This may pass by itself.',
  },
  effect: {
    not_sent: 'No scan request was sent, so no scan was started by this call.',
    refused: 'The scan request was refused, so no scan was started by it.',
    uncertain:
      'A scan may have started: the request was sent, and whether HSS carried it out is not known. Look at scan_status ' +
      'and latest_scan_time of the images with list_local_images before scanning again.',
  },
};
