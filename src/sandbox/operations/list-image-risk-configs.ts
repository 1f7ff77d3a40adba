import { type Operation, pageOf } from '../operation.js';

const LEVELS = ['Security', 'Low', 'Medium', 'High'] as const;

/** ListImageRiskConfigs: baseline results. A local scan does not cover the baseline, so there are none. */
export const listImageRiskConfigs: Operation = {
  name: 'ListImageRiskConfigs',
  method: 'GET',
  path: 'image/baseline/risk-configs',
  regionRequired: false,
  carryOut({ query }) {
    // An unknown type gives an empty list, as documented, and so does every known one here.
    query.text('image_type', { required: true });
    query.text('image_id', { max: 128 });
    query.oneOf('severity', LEVELS);
    query.oneOf('standard', ['cn_standard', 'hw_standard']);
    return pageOf([], query);
  },
};
