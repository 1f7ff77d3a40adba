import { findingsOf } from '../estate.js';
import { type Operation, pageOf } from '../operation.js';
import { HANDLE_STATUSES, IMAGE_TYPES, SEVERITIES, VUL_STATUSES, VUL_TYPES } from './vocabulary.js';

/** ListGeneralImageVuls: the vulnerabilities of all images, one kind a call. The order says nothing about severity. */
export const listGeneralImageVuls: Operation = {
  name: 'ListGeneralImageVuls',
  method: 'GET',
  path: 'images/vulnerabilities',
  regionRequired: false,
  carryOut({ query, visible }) {
    const type = query.oneOf('type', VUL_TYPES, { required: true });
    const handled = query.oneOf('handle_status', HANDLE_STATUSES, { required: true }) === 'handled';
    const local = query.oneOf('image_type', IMAGE_TYPES, { required: true }) === 'local';
    const severity = query.oneOf('severity_level', SEVERITIES);
    const [vulId, vulName, cveId] = [query.text('vul_id'), query.text('vul_name'), query.text('cve_id')];
    query.oneOf('status', VUL_STATUSES);
    const rows = new Map<string, { image_num: number; scan_time: number }>();
    for (const state of local ? visible : []) {
      for (const finding of findingsOf(state)) {
        const { vulnerability } = finding;
        const wanted =
          vulnerability.type === type &&
          finding.handled === handled &&
          (severity === undefined || vulnerability.severity === severity) &&
          (vulId === undefined || vulnerability.vul_id === vulId) &&
          (vulName === undefined || vulnerability.vul_name.includes(vulName)) &&
          (cveId === undefined || vulnerability.cves.some((cve) => cve.cve_id === cveId));
        if (!wanted) continue;
        const row = rows.get(vulnerability.vul_id) ?? {
          vul_name: vulnerability.vul_name,
          vul_id: vulnerability.vul_id,
          type,
          image_type: 'local',
          label_list: [],
          severity_level: vulnerability.severity,
          image_num: 0,
          cluster_num: 0,
          cve_list: vulnerability.cves.map(({ cve_id, cvss }) => ({ cve_id, cvss })),
          max_cvss_score: Math.max(...vulnerability.cves.map((cve) => cve.cvss)),
          scan_time: 0,
          description: vulnerability.description,
          url: vulnerability.url,
          solution_detail: vulnerability.solution,
        };
        row.image_num += 1;
        row.scan_time = Math.max(row.scan_time, state.latest_scan_time);
        rows.set(vulnerability.vul_id, row);
      }
    }
    return pageOf([...rows.values()], query);
  },
};
