/** What a scan that needs consent ends with where there is none. */
export const consent = {
  denied: (most: number, mode: string) =>
    `A scan without an explicit list of at most ${most} images (${mode}) is refused by the settings of this server: HSS_SCAN_ALL is deny, or cannot be read.`,
  scan_chosen: 'Scan chosen images with image_info_list, or let the owner of the settings change HSS_SCAN_ALL.',
  cannot_ask:
    'This client cannot ask the person, and the images that would be scanned cannot be counted, so nobody can confirm them. Nothing was sent.',
  scan_list: 'Scan a list of images or a selection, or let the owner of the settings set HSS_SCAN_ALL=allow.',
  decline: 'The person declined: the scan was not started.',
  cancel: 'The person cancelled the question: the scan was not started.',
  'no-answer': 'The person did not answer in time: the scan was not started.',
  ask_what: 'Ask what should be scanned instead, and pass the chosen images in image_info_list.',
};
