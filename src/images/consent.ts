import { badInput, badSettings, type Failure } from '../failure.js';
import { words } from '../words/words.js';
import { BATCH } from './send.js';

/** What a person answered; `unavailable` when the client cannot ask. Everything but `accept` means: do nothing. */
export type Answer = 'accept' | 'decline' | 'cancel' | 'no-answer' | 'unavailable';

/** A list that is longer is asked about like a filter: nobody has read it. */
export const LONGEST_UNASKED = BATCH;

/** The refusal of a scan whose images nobody named where the settings do not allow any. */
export function denied(mode: string): Failure {
  const { consent } = words();
  return badSettings(consent.denied(LONGEST_UNASKED, mode), consent.scan_chosen);
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
  const { consent } = words();
  if (answer === 'unavailable') {
    if (count !== undefined) return confirmed === count;
    throw badSettings(consent.cannot_ask, consent.scan_list);
  }
  throw badInput(consent[answer], consent.ask_what);
}
