/** Sentences that stand beside results of more than one tool. */
export const notes = {
  coverage:
    'A local scan covers vulnerabilities and software. Where a row gives no unsafe_setting_num or malicious_file_num, ' +
    'baseline checks and malicious files are not covered or have no data.',
  looked_in_project_0:
    'HSS looked only in enterprise project 0, because no enterprise_project_id was given. ' +
    'Give enterprise_project_id "all_granted_eps" to look in all that you may see.',
  handled_not_read: 'Handled findings (ignored or on a white list) were not read; they are counted nowhere here.',
  handled: (findings: number) =>
    `${findings} handled findings (ignored or on a white list) are not counted here; they are not fixed.`,
};
