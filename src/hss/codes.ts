import {
  type AdviceByCode,
  type CodeAdvice,
  codeTable,
  type MeaningKey,
  type NextKey,
} from '../cloud/gateway-codes.js';

const input = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ source: 'input', retry: false, meaning, next });
const owner = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ source: 'owner', retry: false, meaning, next });
const forbidden = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ ...owner(meaning, next), forbids: true });
const passing = (meaning: MeaningKey, next: NextKey): CodeAdvice => ({ source: 'passing', retry: true, meaning, next });

/** Error codes of HSS that these operations can meet, after its "Error codes" page. Unlisted ones go by HTTP status. */
export const HSS_CODES: AdviceByCode = codeTable({
  '00000010': forbidden('denied_or_absent', 'enterprise_project_or_id'),
  'HSS.0001': input('invalid_parameter', 'compare_arguments'),
  'HSS.0002': input('not_parsed', 'compare_arguments'),
  'HSS.0010': forbidden('access_denied', 'enterprise_project'),
  'HSS.0011': input('resource_not_found', 'list_again'),
  'HSS.0013': forbidden('insufficient_permission', 'enterprise_project'),
  'HSS.0041': passing('host_data_not_queried', 'try_in_a_minute'),
  'HSS.1001': owner('no_agent', 'look_at_agent'),
  'HSS.1002': owner('no_quota', 'buy_quota'),
  'HSS.1004': passing('policy_not_queried', 'try_in_a_minute'),
  'HSS.1006': passing('command_not_sent', 'try_and_look_at_agent'),
  'HSS.1007': owner('agent_offline', 'look_at_agent'),
  'HSS.1008': passing('host_not_queried', 'try_in_a_minute'),
  'HSS.1059': owner('nothing_eligible', 'look_at_agent'),
  'HSS.1060': owner('no_host_eligible', 'look_at_agent'),
  'HSS.1105': passing('unknown', 'try_in_a_minute'),
});
