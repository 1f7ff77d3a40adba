/** Said in every result that shows what scans found: what a local scan does not look at. */
export const COVERAGE =
  'A local scan covers vulnerabilities and software. Where a row gives no unsafe_setting_num or malicious_file_num, ' +
  'baseline checks and malicious files are not covered or have no data.';

/** Said of an empty answer when no enterprise project was given. */
export const LOOKED_IN_PROJECT_0 =
  'HSS looked only in enterprise project 0, because no enterprise_project_id was given. ' +
  'Give enterprise_project_id "all_granted_eps" to look in all that you may see.';
