import { type AdviceByCode, type CodeAdvice, codeTable } from '../cloud/gateway-codes.js';

const input = (meaning: string, next: string): CodeAdvice => ({ source: 'input', retry: false, meaning, next });
const owner = (meaning: string, next: string): CodeAdvice => ({ source: 'owner', retry: false, meaning, next });
const forbidden = (meaning: string, next: string): CodeAdvice => ({ ...owner(meaning, next), forbids: true });
const passing = (meaning: string, next: string): CodeAdvice => ({ source: 'passing', retry: true, meaning, next });

const CHECK_ARGUMENTS = 'Compare the arguments with what list_local_images returned and correct them.';
const ENTERPRISE_PROJECT =
  'The IAM user needs permission for HSS in this enterprise project. Give the enterprise_project_id that the user may ' +
  'see (or all_granted_eps), or ask the account owner for the permission.';
const AGENT = 'Look at the host in the HSS console: its agent must be installed and online, with container edition.';
const TRY_ONCE = 'Try again in a minute.';

/** Error codes of HSS that these operations can meet, after its "Error codes" page. Unlisted ones go by HTTP status. */
export const HSS_CODES: AdviceByCode = codeTable({
  '00000010': forbidden('access denied, or no such resource', `${ENTERPRISE_PROJECT} A wrong id can cause it too.`),
  'HSS.0001': input('invalid parameter', CHECK_ARGUMENTS),
  'HSS.0002': input('the request could not be parsed', CHECK_ARGUMENTS),
  'HSS.0010': forbidden('access denied', ENTERPRISE_PROJECT),
  'HSS.0011': input(
    'resource not found',
    'List the images again: it may be gone. Check region and enterprise project.',
  ),
  'HSS.0013': forbidden('insufficient permission', ENTERPRISE_PROJECT),
  'HSS.0041': passing('host data could not be queried', TRY_ONCE),
  'HSS.1001': owner('the server has no agent', AGENT),
  'HSS.1002': owner('the quota is not sufficient', 'The account owner buys or binds HSS container edition quota.'),
  'HSS.1004': passing('the policy could not be queried', TRY_ONCE),
  'HSS.1006': passing('a command could not be sent to the agent', `${TRY_ONCE} ${AGENT}`),
  'HSS.1007': owner('the agent is offline', AGENT),
  'HSS.1008': passing('the host could not be queried', TRY_ONCE),
  'HSS.1059': owner('nothing eligible to handle', AGENT),
  'HSS.1060': owner('no host is eligible for a scan', AGENT),
  'HSS.1105': passing('unknown error', TRY_ONCE),
});
