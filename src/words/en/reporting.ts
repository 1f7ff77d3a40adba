/** Why a report cannot be written or compared. */
export const reporting = {
  /** @param why one of the reasons below. */
  cannot_be_written: (path: string, why: string) => `The report cannot be written: ${path} ${why}.`,
  give_folder:
    'Give an existing folder of your own that this program may write to: in HSS_REPORT_DIR, or to --output of the command.',
  why: {
    not_absolute: 'is not an absolute path',
    link: 'is a link to elsewhere',
    no_folder: 'is no folder',
    no_file: 'is there and is no file',
    somebody_elses: 'belongs to somebody else',
    everybodys: 'can be written to by everybody',
    missing: 'is missing',
    not_allowed: 'may not be written to',
    read_only: 'is read-only',
    no_space: 'has no space left',
    no_space_for_user: 'has no space left for this user',
    too_large: 'takes no file that large',
  },
  cannot_be_used: (code: string) => `cannot be used (${code})`,
  /** @param why one of the reasons below. */
  baseline: (name: string, why: string) => `baseline ${name} ${why}.`,
  name_baseline:
    'Name an earlier report of format json, as its file is called in the folder of the reports, or leave it out.',
  no_baseline: {
    not_a_name: 'is not the name of a report in JSON',
    not_there: 'is no report in the folder of the reports',
    no_file: 'is no file',
    empty: 'is empty',
    no_findings: 'holds no findings',
    not_ours: 'is no report of this program in JSON',
    not_whole: 'could not read everything then, so that nothing can be called new',
  },
  other_values: (fields: readonly string[]) => `was made with other values of ${fields.join(', ')}`,
};
