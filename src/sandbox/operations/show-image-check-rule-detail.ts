import { notFound } from '../errors.js';
import type { Operation } from '../operation.js';
import { baselineImages, checkedRules, RULE_IMAGE_TYPES } from './baseline.js';

/** ShowImageCheckRuleDetail. The answer about a rule that was not checked there is not documented: here `HSS.0011`. */
export const showImageCheckRuleDetail: Operation = {
  name: 'ShowImageCheckRuleDetail',
  method: 'GET',
  path: 'image/baseline/check-rule/detail',
  regionRequired: false,
  carryOut(call) {
    const { query, choices } = call;
    const imageType = query.oneOf('image_type', RULE_IMAGE_TYPES, { required: true });
    const checkName = query.text('check_name', { required: true, max: 255 });
    const checkType = query.text('check_type', { required: true, max: 255 });
    const ruleId = query.text('check_rule_id', { required: true, max: 255 });
    const standard = query.text('standard', { required: true, max: 32 });
    const checked = checkedRules(baselineImages(call, imageType), choices).find(
      ({ rule }) =>
        rule.check_name === checkName &&
        rule.check_type === checkType &&
        rule.check_rule_id === ruleId &&
        rule.standard === standard,
    );
    if (!checked) throw notFound();
    const { rule, failed } = checked;
    const info = {
      check_description: rule.check_rule_name,
      current_value: failed ? rule.found : rule.suggested,
      suggest_value: rule.suggested,
    };
    const apart = Object.entries(info).map(([name, value]) => ({ [name]: value }));
    return {
      description: rule.description,
      reference: '',
      audit: rule.audit,
      remediation: rule.remediation,
      check_info_list: choices.checkInfo === 'whole' ? [info] : apart,
    };
  },
};
