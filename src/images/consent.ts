import { badInput, badSettings, type Failure } from '../failure.js';
import type { ScanMode } from './selection.js';

/** What a person answered; `unavailable` when the client cannot ask. Everything but `accept` means: do nothing. */
export type Answer = 'accept' | 'decline' | 'cancel' | 'no-answer' | 'unavailable';

/** The refusal of a scan that names no images where the settings do not allow any. */
export function denied(mode: ScanMode): Failure {
  return badSettings(
    `A scan without an explicit list (${mode}) is refused by the settings of this server: HSS_SCAN_ALL is deny, or cannot be read.`,
    'Scan chosen images with image_info_list, or let the owner of the settings change HSS_SCAN_ALL.',
  );
}

/**
 * What the answer of a person means for a scan that names no images. Where the client cannot ask, its own approval of
 * the tool call has to do.
 * @returns what the result should warn of.
 * @throws {Failure} when the person did not agree. Nothing was sent then.
 */
export function agreed(answer: Answer): string[] {
  if (answer === 'accept') return [];
  if (answer === 'unavailable') {
    return [
      'This client cannot ask the person, so the scan relies on the approval of the tool call (HSS_SCAN_ALL is ask).',
    ];
  }
  const what = { decline: 'declined', cancel: 'cancelled the question', 'no-answer': 'did not answer in time' }[answer];
  throw badInput(
    `The person ${what}: the scan was not started.`,
    'Ask what should be scanned instead, and pass the chosen images in image_info_list.',
  );
}
