import type { ImageCheckRuleDetail } from '../hss/further-models.js';
import type { FailedRule, FailedRules } from '../images/failed-rules.js';
import { clean } from '../text/clean.js';
import { words } from '../words/words.js';
import type { Column } from './table.js';

/** Length at which a remedy is cut: HSS allows 65,534 characters. */
const REMEDY = 600;
/** What was found and what is suggested, for as many points of a rule. */
const MOST_POINTS = 3;

/** A failed rule as one of many: what it asks for, what was found, and the remedy in the words of HSS. */
export const FAILED_RULE_COLUMNS: readonly Column<FailedRule>[] = [
  { name: 'severity', value: ({ rule }) => rule.severity },
  { name: 'check_rule_name', value: ({ rule }) => rule.check_rule_name },
  { name: 'check_rule_id', value: ({ rule }) => rule.check_rule_id },
  { name: 'check_name', value: ({ rule }) => rule.check_name },
  { name: 'current_value', value: (row) => points(row).flatMap(({ current_value }) => current_value || []) },
  { name: 'suggest_value', value: (row) => points(row).flatMap(({ suggest_value }) => suggest_value || []) },
  { name: 'remediation', value: (row) => clean(detailOf(row)?.remediation ?? '', REMEDY) },
];

/** What the list of failed rules leaves out. */
export function failedRuleNotes({ rules, total }: FailedRules): string[] {
  const told = rules.filter((row) => detailOf(row)).length;
  const { image } = words();
  return [
    ...(rules.length < total ? [image.rules_read(rules.length, total)] : []),
    ...(told < rules.length ? [image.remedies_read(told, rules.length)] : []),
  ];
}

function points(row: FailedRule) {
  return (detailOf(row)?.check_info_list ?? []).slice(0, MOST_POINTS);
}

function detailOf({ detail }: FailedRule): ImageCheckRuleDetail | undefined {
  return detail && 'value' in detail ? detail.value : undefined;
}
