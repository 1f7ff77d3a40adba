import { list } from '../operation.js';

/** ListImageRiskConfigs. Always empty: a scan of local images does not cover the baseline. */
export const listImageRiskConfigs = list<never>({
  name: 'ListImageRiskConfigs',
  path: 'image/baseline/risk-configs',
  regionRequired: false,
  select({ query }) {
    // Not an enumeration: HSS answers an unknown type with an empty list.
    query.text('image_type', { required: true });
    query.text('image_id', { max: 128 });
    for (const name of ['image_name', 'image_version', 'namespace', 'check_name', 'instance_id']) query.text(name);
    query.oneOf('severity', ['Security', 'Low', 'Medium', 'High']);
    query.oneOf('standard', ['cn_standard', 'hw_standard']);
    return [];
  },
  row: (none) => none,
});
