/** What the self-test says. */
export const doctor = {
  status: { ok: 'ok', failed: 'FAILED', skipped: 'skipped' },
  /** The checks as people read them; in JSON they keep the names that stand here as keys. */
  name: {
    settings: 'settings',
    credentials: 'credentials',
    clock: 'clock',
    endpoint: 'endpoint',
    TLS: 'TLS',
    proxy: 'proxy',
    project: 'project',
    permission: 'permission',
    limits: 'limits',
  },
  all_well: 'All is well.',
  to_mend: 'Something has to be mended; see above.',
  crashed: (error: string) => `doctor failed: ${error}`,
  defect: (error: string) => `a defect of this program: ${error}`,
  report_defect: 'Report it, without keys and names of your account.',
  not_checked: 'not checked, because an earlier check failed',
  settings_usable: (region: string) => `region ${region}, all settings are usable`,
  settings_usable_but: (region: string, warnings: string) => `region ${region}, all settings are usable. ${warnings}`,
  credentials: {
    token: 'a ready IAM token (HSS_AUTH_TOKEN)',
    'access-key': 'an access key (AK and SK)',
    'iam-user': 'an IAM user with password',
    ecs: 'the agency of this ECS',
  },
  answers: (origin: string) => `${origin} answers`,
  there: (origin: string) => `${origin} is there`,
  no_answer: (origin: string, why: string) => `${origin}: ${why}`,
  trusted: 'the certificate is trusted',
  plain_http: 'plain http on loopback',
  proxy_set: 'set; loopback and NO_PROXY go around it',
  no_proxy: 'none',
  clock_unknown: 'not known: the server sends no Date',
  clock_not_compared: 'the server gave no answer to compare with',
  clock_right: 'right',
  clock_off: (minutes: number, behind: boolean) => `${minutes} minutes ${behind ? 'behind' : 'ahead of'} the server`,
  clock_wrong: (minutes: number, behind: boolean) =>
    `the clock of this machine is ${minutes} minutes ${behind ? 'behind' : 'ahead of'} the server`,
  set_clock: 'Set the clock: signatures more than 15 minutes off are refused.',
  give_certificate: 'If a company proxy opens TLS, give its certificate in NODE_EXTRA_CA_CERTS.',
  behind_proxy: 'not reached, because the proxy stands before it',
  proxy_refused: (proxy: string, status: string) => `the proxy ${proxy} refused with HTTP ${status}`,
  proxy_unreachable: (proxy: string) => `the proxy ${proxy} cannot be reached`,
  check_proxy: 'Check HTTPS_PROXY and its user and password, or go around it with NO_PROXY.',
  check_network: 'Check that this machine reaches the endpoint: network, DNS, firewall, HTTPS_PROXY.',
  unknown_region: (region: string, meant: string | undefined) =>
    `${region} is not a region that is known to have HSS.${meant ? ` Did you mean ${meant}?` : ''} Check HSS_REGION.`,
  project_set: (id: string) => `${id}, as set`,
  project_found: (id: string) => `${id}, found in IAM`,
  all_allowed: (images: number, enterpriseProject: string) =>
    `HSS lists ${images} local images in enterprise project ${enterpriseProject}, and every other read is allowed`,
  some_refused: (images: number, enterpriseProject: string, refused: readonly string[]) =>
    `HSS lists ${images} local images in enterprise project ${enterpriseProject}, but not: ${refused.join('; ')}`,
  refused: (operation: string, code: string) => `${operation} (${code})`,
  give_permission:
    'Without these the tools answer with less, and say what they could not read. Give the IAM user HSS ReadOnlyAccess, or hss:images:list.',
  limits:
    'HSS documents 5 requests a minute for an API and a user. Whether it holds you to that shows in its answers: after the first refusal this server keeps the pace, and says when more can be read',
};
