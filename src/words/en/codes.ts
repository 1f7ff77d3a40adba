const ENTERPRISE_PROJECT =
  'The IAM user needs permission for HSS in this enterprise project. Give the enterprise_project_id that the user may ' +
  'see (or all_granted_eps), or ask the account owner for the permission.';
const AGENT = 'Look at the host in the HSS console: its agent must be installed and online, with container edition.';
const TRY_ONCE = 'Try again in a minute.';

/** What error codes of HSS and of the gateway before it mean (as the end of a sentence), and what to do about them. */
export const codes = {
  meaning: {
    no_such_api: 'the API does not exist at this address',
    no_backend: 'the gateway has no backend for this API',
    gateway_set_up_wrongly: 'the gateway in front of the service is not set up rightly',
    iam_authentication: 'IAM authentication failed',
    may_not_call: 'this IAM user may not call the API',
    app_authentication: 'app authentication failed',
    app_refused: 'access was refused for the app',
    token_expired: 'the token has expired, or belongs to another region',
    too_many_calls: 'too many calls',
    no_project: 'the project is not available',
    authentication: 'authentication failed',
    address_not_allowed: 'the address of this machine is not allowed',
    not_authenticated: 'not authenticated',
    not_allowed: 'not allowed',
    not_found: 'not found',
    took_too_long: 'the request took too long',
    good_status: 'an error under a good status',
    service_failed: 'the service failed',
    not_accepted: 'the request was not accepted',
    not_the_service: 'the answer does not come from the service',
    denied_or_absent: 'access denied, or no such resource',
    invalid_parameter: 'invalid parameter',
    not_parsed: 'the request could not be parsed',
    access_denied: 'access denied',
    resource_not_found: 'resource not found',
    insufficient_permission: 'insufficient permission',
    host_data_not_queried: 'host data could not be queried',
    no_agent: 'the server has no agent',
    no_quota: 'the quota is not sufficient',
    policy_not_queried: 'the policy could not be queried',
    command_not_sent: 'a command could not be sent to the agent',
    agent_offline: 'the agent is offline',
    host_not_queried: 'the host could not be queried',
    nothing_eligible: 'nothing eligible to handle',
    no_host_eligible: 'no host is eligible for a scan',
    unknown: 'unknown error',
  },
  next: {
    wrong_place:
      'Check HSS_REGION and HSS_ENDPOINT (for IAM, HSS_IAM_ENDPOINT): the service may not be offered in that region, or not at that address.',
    report_if_it_goes_on: 'Try again later; if it goes on, report it to Huawei Cloud with the request id.',
    check_keys:
      'Do not repeat the call: five failures in a row lock the key for about five minutes. Check that AK and SK belong ' +
      'together and still exist, that a temporary key has its current security token, that a token belongs to this ' +
      'cloud and region, and that the clock of this machine is right (15 minutes off are too many).',
    ask_for_access: 'Ask the account owner for access to HSS.',
    use_key_or_token: 'Use AK/SK or an IAM token of the account.',
    new_token: 'Put a new token of the right region into HSS_AUTH_TOKEN, or use AK and SK, which do not expire.',
    wait: 'Wait a little, then repeat the call.',
    check_project: 'Check that HSS_PROJECT_ID is the project of HSS_REGION.',
    allow_address: 'Ask the account owner to allow it.',
    check_credentials: 'Check the credentials of this server. Do not repeat the call unchanged.',
    permission:
      'The IAM user needs permission for HSS (and for the enterprise project, when one is given). Ask the account owner.',
    try_again: 'Try again.',
    report_if_again: 'Try again; if it goes on, report it to Huawei Cloud with the request id.',
    problem_of_service: 'The service has a problem of its own. Try again in a minute.',
    check_iam: 'Check the credentials, HSS_REGION and HSS_IAM_ENDPOINT.',
    check_arguments: 'Check the arguments against what list_local_images returned.',
    somebody_else_answered:
      'Something between this machine and Huawei Cloud answered (a proxy, a login page). Check HTTPS_PROXY and the endpoint.',
    compare_arguments: 'Compare the arguments with what list_local_images returned and correct them.',
    enterprise_project: ENTERPRISE_PROJECT,
    enterprise_project_or_id: `${ENTERPRISE_PROJECT} A wrong id can cause it too.`,
    list_again: 'List the images again: it may be gone. Check region and enterprise project.',
    look_at_agent: AGENT,
    buy_quota: 'The account owner buys or binds HSS container edition quota.',
    try_in_a_minute: TRY_ONCE,
    try_and_look_at_agent: `${TRY_ONCE} ${AGENT}`,
  },
};
