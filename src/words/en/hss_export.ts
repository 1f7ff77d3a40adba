import { plural } from './plural.js';

const INSTEAD = 'or take format csv, sarif, cyclonedx or json: they hold every finding and leave nothing in HSS.';
const ELSEWHERE = 'fetch the file in the console of HSS, or take another format, such as csv.';

/** HSS's own export. */
export const hss_export = {
  not_known: (names: readonly string[]) =>
    `Format hss knows nothing of ${names.join(', ')}: HSS makes this file itself, of the images that match image_name and has_container.`,
  leave_out: (names: readonly string[]) => `Leave ${names.join(', ')} out, ${INSTEAD}`,
  read_only:
    'Format hss is refused by the settings (HSS_READ_ONLY): HSS makes this file itself, and that leaves a task behind there.',
  change_read_only: `Let the owner of the settings change HSS_READ_ONLY, ${INSTEAD}`,
  as_it_came:
    'The ZIP is as HSS made it and was not opened: HSS documents neither its columns nor its language. A task and the file stay in HSS.',
  name_matching: 'How HSS matches image_name for an export is not documented.',
  most_rows: (rows: number) => `HSS was asked for ${rows} rows at most, so that rows can be missing.`,
  making: 'HSS makes its export',
  not_yet: 'Nothing was written yet: HSS is still making its export.',
  call_again: 'Call again with the same arguments: that goes on with the same task of HSS.',
  goes_on: 'the task of the export goes on in HSS',
  written: (rows: number | undefined) =>
    `Wrote the export of HSS${rows === undefined ? '' : `, ${plural(rows, 'row')},`} as it came.`,
  tell_path: 'Tell the person where the file lies.',
  failed: 'HSS could not make its export: the task ended with failure, and HSS gives no reason.',
  make_another: 'Call again to let HSS make another, or take another format, such as csv, which does not need it.',
  unused: 'Call again: if HSS began this export all the same, its task and file are left there unused.',
  too_large: (mebibytes: number) => `The file that HSS made is larger than ${mebibytes} MiB, so it was not taken.`,
  narrow: `Narrow it by image_name, ${ELSEWHERE}`,
  elsewhere: 'HSS made the file and points to another address for it, where this program sends nothing.',
  check_proxy: `Check that no proxy answered in the place of HSS (HTTPS_PROXY); else ${ELSEWHERE}`,
  lies_at: (rows: number | undefined, path: string) =>
    `${rows === undefined ? 'Export' : plural(rows, 'row')} of HSS: ${path}`,
  not_in_time: 'HSS has not made its export within half an hour.',
  try_later: 'Try again later, or take --format csv, which does not need it.',
};
