import { list } from '../operation.js';
import { Parameters } from '../parameters.js';
import { baselineImages, type CheckedRule, checkedRules, RULE_IMAGE_TYPES, STANDARDS } from './baseline.js';

/** ListImageRiskConfigRules. A row a rule; where several images are meant, it failed when it failed in any of them. */
export const listImageRiskConfigRules = list<CheckedRule>({
  name: 'ListImageRiskConfigRules',
  path: 'image/baseline/risk-configs/{check_name}/rules',
  regionRequired: false,
  select(call) {
    const { query, path, choices } = call;
    const checkName = new Parameters(path, 'text').text('check_name', { required: true, max: 128 });
    const imageType = query.oneOf('image_type', RULE_IMAGE_TYPES, { required: true });
    const standard = query.oneOf('standard', STANDARDS, { required: true });
    const result = query.oneOf('result_type', ['pass', 'failed']);
    const ruleName = query.text('check_rule_name', { max: 2048 }) ?? '';
    const severity = query.oneOf('severity', ['Security', 'Low', 'Medium', 'High', 'Critical']);
    return checkedRules(baselineImages(call, imageType), choices).filter(
      ({ rule, failed }) =>
        rule.check_name === checkName &&
        rule.standard === standard &&
        (result === undefined || resultOf(failed) === result) &&
        rule.check_rule_name.includes(ruleName) &&
        (severity === undefined || rule.severity === severity),
    );
  },
  row: ({ rule, failed }) => ({
    severity: rule.severity,
    check_name: rule.check_name,
    check_type: rule.check_type,
    standard: rule.standard,
    check_rule_name: rule.check_rule_name,
    check_rule_id: rule.check_rule_id,
    scan_result: resultOf(failed),
  }),
});

function resultOf(failed: boolean): 'pass' | 'failed' {
  return failed ? 'failed' : 'pass';
}
