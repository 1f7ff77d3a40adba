import type { FailureSource } from '../failure.js';
import type { Words } from '../words/words.js';

/** Key of the message that says what a code means. */
export type MeaningKey = keyof Words['codes']['meaning'];
/** Key of the message that says what to do about a code. */
export type NextKey = keyof Words['codes']['next'];

/** What an error code means for the reader: who can mend it, whether the same call may succeed later, what to do. */
export interface CodeAdvice {
  readonly source: FailureSource;
  readonly retry: boolean;
  readonly meaning: MeaningKey;
  readonly next: NextKey;
  /** Whether it says that the caller lacks a permission, so that the operation tells which one. */
  readonly forbids?: true;
}

/** Advice by error code. A map and no object: a code comes from outside, and `constructor` is none. */
export type AdviceByCode = ReadonlyMap<string, CodeAdvice>;

/** A table of codes as the map in which they are looked up. */
export function codeTable(table: Readonly<Record<string, CodeAdvice>>): AdviceByCode {
  return new Map(Object.entries(table));
}

const owner = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ source: 'owner', retry: false, meaning, next });
const forbidden = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ ...owner(meaning, next), forbids: true });
const passing = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ source: 'passing', retry: true, meaning, next });

const SET_UP_WRONGLY = passing('gateway_set_up_wrongly', 'report_if_it_goes_on');
const TOO_MANY_CALLS = passing('too_many_calls', 'wait');

/** Codes of the API gateway in front of HSS and IAM, after its "Error codes" page. Unlisted ones go by HTTP status. */
export const GATEWAY_CODES: AdviceByCode = codeTable({
  'APIGW.0101': owner('no_such_api', 'wrong_place'),
  'APIGW.0103': owner('no_backend', 'wrong_place'),
  'APIGW.0104': SET_UP_WRONGLY,
  'APIGW.0105': SET_UP_WRONGLY,
  'APIGW.0106': SET_UP_WRONGLY,
  'APIGW.0301': owner('iam_authentication', 'check_keys'),
  'APIGW.0302': forbidden('may_not_call', 'ask_for_access'),
  'APIGW.0303': owner('app_authentication', 'use_key_or_token'),
  'APIGW.0304': owner('app_refused', 'use_key_or_token'),
  'APIGW.0307': owner('token_expired', 'new_token'),
  'APIGW.0308': TOO_MANY_CALLS,
  'APIGW.0310': owner('no_project', 'check_project'),
  'APIGW.0311': owner('authentication', 'use_key_or_token'),
  'APIGW.0401': owner('address_not_allowed', 'allow_address'),
});

const BY_STATUS: Readonly<Record<number, CodeAdvice>> = {
  401: owner('not_authenticated', 'check_credentials'),
  403: forbidden('not_allowed', 'permission'),
  404: owner('not_found', 'wrong_place'),
  408: passing('took_too_long', 'try_again'),
  429: TOO_MANY_CALLS,
};

/** Advice for an answer whose code is in no table. What IAM is asked comes from the settings, never from a caller. */
export function adviceByStatus(status: number, service: 'HSS' | 'IAM'): CodeAdvice {
  const known = BY_STATUS[status];
  if (known) return known;
  if (status < 300) return passing('good_status', 'report_if_again');
  if (status >= 500) return passing('service_failed', 'problem_of_service');
  if (status >= 400 && service === 'IAM') return owner('not_accepted', 'check_iam');
  if (status >= 400) return { source: 'input', retry: false, meaning: 'not_accepted', next: 'check_arguments' };
  return owner('not_the_service', 'somebody_else_answered');
}
