import { badInput, badSettings, type Failure } from '../failure.js';
import { BATCH } from './send.js';

/** What a person answered; `unavailable` when the client cannot ask. Everything but `accept` means: do nothing. */
export type Answer = 'accept' | 'decline' | 'cancel' | 'no-answer' | 'unavailable';

/** A list that is longer is asked about like a filter: nobody has read it. */
export const LONGEST_UNASKED = BATCH;

/** The refusal of a scan whose images nobody named where the settings do not allow any. */
export function denied(mode: string): Failure {
  return badSettings(
    `A scan without an explicit list of at most ${LONGEST_UNASKED} images (${mode}) is refused by the settings of this server: HSS_SCAN_ALL is deny, or cannot be read.`,
    'Scan chosen images with image_info_list, or let the owner of the settings change HSS_SCAN_ALL.',
  );
}

/**
 * Whether a person agreed to a scan whose images nobody named.
 * @param count images that would be scanned; undefined when that cannot be counted.
 * @param confirmed the number that the call carries as confirmed, for clients that cannot ask.
 * @returns false when the client cannot ask and the number was not confirmed: it has to be told first.
 * @throws {Failure} when the person did not agree, or nothing can be confirmed. Nothing was sent then.
 */
export function agreed(answer: Answer, count: number | undefined, confirmed: number | undefined): boolean {
  if (answer === 'accept') return true;
  if (answer === 'unavailable') {
    if (count !== undefined) return confirmed === count;
    throw badSettings(
      'This client cannot ask the person, and the images that would be scanned cannot be counted, so nobody can confirm them. Nothing was sent.',
      'Scan a list of images or a selection, or let the owner of the settings set HSS_SCAN_ALL=allow.',
    );
  }
  const what = { decline: 'declined', cancel: 'cancelled the question', 'no-answer': 'did not answer in time' }[answer];
  throw badInput(
    `The person ${what}: the scan was not started.`,
    'Ask what should be scanned instead, and pass the chosen images in image_info_list.',
  );
}
