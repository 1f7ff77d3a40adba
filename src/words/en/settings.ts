/** What is wrong with the settings. */
export const settings = {
  unusable: (problems: readonly string[]) => {
    const [only] = problems;
    const list = problems.length === 1 ? ` ${only}` : problems.map((problem) => `\n- ${problem}`).join('');
    return `The settings of this server are not usable:${list}`;
  },
  mend:
    'The owner of the settings changes them in the "env" block of the MCP client\'s configuration of this server and ' +
    'restarts it. To try everything without an account, start it with --sandbox.',
  must_be: (name: string, right: string, given: string | undefined) =>
    `${name} must be ${right}${given === undefined ? '' : `, not ${given}`}.`,
  not_set: (name: string) => `${name} is not set.`,
  placeholder: (names: readonly string[]) =>
    names.length === 1 ? `${names[0]} still holds a placeholder.` : `${names.join(', ')} still hold placeholders.`,
  counts_as: (value: string) => `Until it is set, it counts as ${value}.`,
  assumed_role: (names: readonly string[]) =>
    `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} set, but assuming a role is not supported: unset it, and give the temporary AK, SK and security token of the role.`,
  half_set: (present: readonly string[], absent: readonly string[]) =>
    `${present.join(' and ')} ${present.length > 1 ? 'are' : 'is'} set but ${absent.join(' and ')} is not.`,
  other_family: (names: readonly string[]) =>
    `${names.join(', ')} belongs to another family of variables and is not mixed with it.`,
  set_together: (names: readonly string[]) => `Set ${names.join(', ')} together, or none of them.`,
  no_credentials:
    'No credentials are set: give CLOUD_SDK_AK and CLOUD_SDK_SK, or HSS_AUTH_TOKEN, or an IAM user (HSS_IAM_USER, HSS_IAM_PASSWORD, HSS_IAM_DOMAIN).',

  /** What a good value is: completes "NAME must be …". */
  right: {
    ascii: 'printable ASCII without spaces; copy it again',
    value: 'the value itself, without quotes, $, %, < > or braces: it looks like a placeholder',
    name: 'the name itself, without quotes, $, %, < > or braces: it looks like a placeholder',
    password: 'the password itself: it looks like a placeholder',
    endpoint: 'an https:// address without user, password and path, such as https://hss.cn-north-4.myhuaweicloud.com',
    region: 'a region id such as cn-north-4 (lower case)',
    project: 'a project id: 32 letters and digits, from "My Credentials" in the console',
    enterprise_project: 'an enterprise project id, 0, or all_granted_eps',
    flag: 'true or false',
    whole_number: (least: number, most: number) => `a whole number from ${least} to ${most}`,
    one_of: (values: readonly string[]) => `one of ${values.join(', ')}`,
    absolute_path: 'an absolute path',
    time_zone: 'a name of a time zone such as Asia/Shanghai, Europe/Berlin or UTC',
    proxy: 'an http:// or https:// address such as http://proxy.example.com:3128',
  },

  /** The credentials file; `file` is how it is called by `named` or `of`. */
  file: {
    named: (path: string) => `credentials file ${path}`,
    of: (variable: string) => `credentials file of ${variable}`,
    not_ordinary: (file: string, bytes: number) => `The ${file} must be an ordinary file of at most ${bytes} bytes.`,
    not_read: (file: string) => `The ${file} cannot be read.`,
    lacks_keys: (file: string) => `The ${file} must hold ak and sk in its section [basic].`,
    wrong_project: (file: string) => `The ${file} must hold a project id as project_id.`,
    wrong_endpoint: (file: string, right: string) => `The ${file} must hold as iam_endpoint ${right}.`,
    placeholder: (name: string, file: string) => `${name} in the ${file} still holds a placeholder.`,
    must_be: (name: string, file: string, right: string) => `${name} in the ${file} must be ${right}.`,
  },
};
