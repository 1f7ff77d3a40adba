import { grouped } from '../grouped.js';
import { list } from '../operation.js';
import { baselineImages, type CheckedRule, checkedRules, STANDARDS } from './baseline.js';

const LEVELS = ['Security', 'Low', 'Medium', 'High'] as const;

/** ListImageRiskConfigs. Empty unless it was chosen that scans of local images look at the baseline. */
export const listImageRiskConfigs = list<readonly CheckedRule[]>({
  name: 'ListImageRiskConfigs',
  path: 'image/baseline/risk-configs',
  regionRequired: false,
  select(call) {
    const { query, choices } = call;
    // Not an enumeration: HSS answers an unknown type with an empty list.
    const images = baselineImages(call, query.text('image_type', { required: true }));
    const checkName = query.text('check_name');
    const severity = query.oneOf('severity', LEVELS);
    const standard = query.oneOf('standard', STANDARDS);
    const checked = checkedRules(images, choices).filter(
      ({ rule }) =>
        (checkName === undefined || rule.check_name === checkName) &&
        (standard === undefined || rule.standard === standard),
    );
    const checks = grouped(checked, ({ rule }) => [`${rule.check_name}\n${rule.standard}`]).values();
    return [...checks].filter((rules) => severity === undefined || levelOf(rules) === severity);
  },
  row: (rules) => ({
    severity: levelOf(rules),
    check_name: rules[0]?.rule.check_name ?? '',
    check_type: rules[0]?.rule.check_type ?? '',
    standard: rules[0]?.rule.standard ?? '',
    check_rule_num: rules.length,
    failed_rule_num: rules.filter(({ failed }) => failed).length,
    check_type_desc: `Configuration of ${rules[0]?.rule.check_name}`,
  }),
});

/** The level of the worst rule that failed. */
function levelOf(rules: readonly CheckedRule[]): (typeof LEVELS)[number] {
  const failed = new Set<string>(rules.filter((checked) => checked.failed).map(({ rule }) => rule.severity));
  return LEVELS.findLast((level) => failed.has(level)) ?? 'Security';
}
