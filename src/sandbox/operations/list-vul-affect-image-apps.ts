import type { Finding } from '../estate.js';
import { list } from '../operation.js';
import { pathOf } from './software-path.js';
import { IMAGE_TYPES, stateOf } from './vulnerability-terms.js';

/** ListVulAffectImageApps. */
export const listVulAffectImageApps = list<Finding>({
  name: 'ListVulAffectImageApps',
  path: 'image/vulnerability/{image_id}/apps',
  regionRequired: false,
  select({ query, path, view }) {
    const handled = query.boolean('is_handled', true);
    const vulId = query.text('vul_id', { required: true });
    const imageType = query.oneOf('image_type', IMAGE_TYPES, { required: true });
    // The same image under several digests holds the same packages.
    const [state] = view.withId(path.image_id ?? '');
    if (imageType !== 'local' || !state) return [];
    return view.estate.findingsOf(state, handled).filter(({ vulnerability }) => vulnerability.vul_id === vulId);
  },
  row: (finding, { query }) => row(finding, query.boolean('is_handled', true)),
});

function row({ vulnerability, software }: Finding, handled: boolean | undefined): object {
  const { app_name, app_version } = software;
  const path = { status: stateOf(handled), app_version, app_path: pathOf(software) };
  return { app_name, paths: [path], rule: ruleOf(vulnerability, software) };
}

function ruleOf({ rule, rules }: Finding['vulnerability'], { distribution = '' }: Finding['software']): string {
  return rules?.[distribution] ?? rule;
}
