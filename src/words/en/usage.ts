/** What is wrong with the command line. */
export const usage = {
  /** @param said what Node says of it, in English. */
  unknown_option: (_option: string, said: string) => said,
  lacks_value: (_option: string, said: string) => said,
  takes_no_value: (_option: string, said: string) => said,
  unreadable: (said: string) => said,
  unknown_command: (command: string) => `Unknown command: ${command}`,
  goes_with: (option: string, other: string) => `${option} goes with ${other}.`,
  sandbox_flags: '--images and --limits go with --sandbox.',
  doctor_needs_account: 'doctor checks the settings of an account; --sandbox needs none.',
  not_with_hss: (options: readonly string[]) =>
    `--format hss takes no ${options.join(', ')}: HSS makes this file itself. Use csv, sarif, cyclonedx or json.`,
  gate_would_be_open: '--fail-on High needs findings that are High: leave out --severity-level, or give at most High.',
  image_count: '--confirm-image-count is a whole number of images.',
  empty: (option: string) => `${option} is empty.`,
  one_of: (option: string, values: readonly string[]) => `${option} is one of ${values.join(', ')}.`,
  must_be_one_of: (option: string, values: readonly string[]) => `${option} must be one of ${values.join(', ')}.`,
  whole_number: (option: string, most: number, example: number) =>
    `${option} must be a whole number from 1 to ${most}, such as ${example}.`,
};
