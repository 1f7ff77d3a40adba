import type { FailureSource } from '../failure.js';

/** What an error code means for the reader: who can mend it, whether the same call may succeed later, what to do. */
export interface CodeAdvice {
  readonly source: FailureSource;
  readonly retry: boolean;
  readonly meaning: string;
  readonly next: string;
  /** Whether it says that the caller lacks a permission, so that the operation tells which one. */
  readonly forbids?: true;
}

/** Advice by error code. A map and no object: a code comes from outside, and `constructor` is none. */
export type AdviceByCode = ReadonlyMap<string, CodeAdvice>;

/** A table of codes as the map in which they are looked up. */
export function codeTable(table: Readonly<Record<string, CodeAdvice>>): AdviceByCode {
  return new Map(Object.entries(table));
}

const owner = (meaning: string, next: string): CodeAdvice => ({ source: 'owner', retry: false, meaning, next });
const forbidden = (meaning: string, next: string): CodeAdvice => ({ ...owner(meaning, next), forbids: true });
const passing = (meaning: string, next: string): CodeAdvice => ({ source: 'passing', retry: true, meaning, next });

const WRONG_PLACE =
  'Check HSS_REGION and HSS_ENDPOINT (for IAM, HSS_IAM_ENDPOINT): the service may not be offered in that region, or not at that address.';
const SET_UP_WRONGLY = passing(
  'the gateway in front of the service is not set up rightly',
  'Try again later; if it goes on, report it to Huawei Cloud with the request id.',
);
const TOO_MANY_CALLS = passing('too many calls', 'Wait a little, then repeat the call.');

/** Codes of the API gateway in front of HSS and IAM, after its "Error codes" page. Unlisted ones go by HTTP status. */
export const GATEWAY_CODES: AdviceByCode = codeTable({
  'APIGW.0101': owner('the API does not exist at this address', WRONG_PLACE),
  'APIGW.0103': owner('the gateway has no backend for this API', WRONG_PLACE),
  'APIGW.0104': SET_UP_WRONGLY,
  'APIGW.0105': SET_UP_WRONGLY,
  'APIGW.0106': SET_UP_WRONGLY,
  'APIGW.0301': owner(
    'IAM authentication failed',
    'Do not repeat the call: five failures in a row lock the key for about five minutes. Check that AK and SK belong ' +
      'together and still exist, that a temporary key has its current security token, that a token belongs to this ' +
      'cloud and region, and that the clock of this machine is right (15 minutes off are too many).',
  ),
  'APIGW.0302': forbidden('this IAM user may not call the API', 'Ask the account owner for access to HSS.'),
  'APIGW.0303': owner('app authentication failed', 'Use AK/SK or an IAM token of the account.'),
  'APIGW.0304': owner('access was refused for the app', 'Use AK/SK or an IAM token of the account.'),
  'APIGW.0307': owner(
    'the token has expired, or belongs to another region',
    'Put a new token of the right region into HSS_AUTH_TOKEN, or use AK and SK, which do not expire.',
  ),
  'APIGW.0308': TOO_MANY_CALLS,
  'APIGW.0310': owner('the project is not available', 'Check that HSS_PROJECT_ID is the project of HSS_REGION.'),
  'APIGW.0311': owner('authentication failed', 'Use AK/SK or an IAM token of the account.'),
  'APIGW.0401': owner('the address of this machine is not allowed', 'Ask the account owner to allow it.'),
});

const NO_PERMISSION = forbidden(
  'not allowed',
  'The IAM user needs permission for HSS (and for the enterprise project, when one is given). Ask the account owner.',
);

const BY_STATUS: Readonly<Record<number, CodeAdvice>> = {
  401: owner('not authenticated', 'Check the credentials of this server. Do not repeat the call unchanged.'),
  403: NO_PERMISSION,
  404: owner('not found', WRONG_PLACE),
  408: passing('the request took too long', 'Try again.'),
  429: TOO_MANY_CALLS,
};

/** Advice for an answer whose code is in no table. What IAM is asked comes from the settings, never from a caller. */
export function adviceByStatus(status: number, service: 'HSS' | 'IAM'): CodeAdvice {
  const known = BY_STATUS[status];
  if (known) return known;
  if (status < 300) {
    return passing(
      'an error under a good status',
      'Try again; if it goes on, report it to Huawei Cloud with the request id.',
    );
  }
  if (status >= 500) {
    return passing('the service failed', 'The service has a problem of its own. Try again in a minute.');
  }
  if (status >= 400 && service === 'IAM') {
    return owner('the request was not accepted', 'Check the credentials, HSS_REGION and HSS_IAM_ENDPOINT.');
  }
  if (status >= 400) {
    const next = 'Check the arguments against what list_local_images returned.';
    return { source: 'input', retry: false, meaning: 'the request was not accepted', next };
  }
  return owner(
    'the answer does not come from the service',
    'Something between this machine and Huawei Cloud answered (a proxy, a login page). Check HTTPS_PROXY and the endpoint.',
  );
}
