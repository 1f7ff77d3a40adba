/** Said in every result that shows what scans found: what a local scan does not look at. */
export const COVERAGE =
  'A local scan covers vulnerabilities and software. Where a row gives no unsafe_setting_num or malicious_file_num, ' +
  'baseline checks and malicious files are not covered or have no data.';

/** Said of an empty answer when no enterprise project was given. */
export const LOOKED_IN_PROJECT_0 =
  'HSS looked only in enterprise project 0, because no enterprise_project_id was given. ' +
  'Give enterprise_project_id "all_granted_eps" to look in all that you may see.';

/** Findings that somebody decided about, beside the open ones that a result counts; undefined when they were not read. */
export function handledNote(findings: number | undefined): string[] {
  if (findings === undefined)
    return ['Handled findings (ignored or on a white list) were not read; they are counted nowhere here.'];
  return findings === 0
    ? []
    : [`${findings} handled findings (ignored or on a white list) are not counted here; they are not fixed.`];
}
