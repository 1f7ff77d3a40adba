/** Why a request to HSS or IAM failed, and what to do about it. */
export const failures = {
  answered: (service: string, operation: string, status: number, code: string | undefined, meaning: string) =>
    `${service} answered ${operation} with HTTP ${status}${code ? `, ${code}` : ''}: ${meaning}.`,
  wait_asked_for: (seconds: number) => `The service asks to wait ${seconds} s.`,
  clock_is_off: (minutes: number, behind: boolean) =>
    `The clock of this machine is ${minutes} minutes ${behind ? 'behind' : 'ahead of'} the server's: set it right.`,
  answered_something_else: (service: string, operation: string, status: number, what: string) =>
    `${service} answered ${operation} with HTTP ${status}, but ${what}.`,
  somebody_else_answered:
    'Something between this machine and Huawei Cloud may have answered (a proxy, a login page). Check HTTPS_PROXY and the endpoint.',
  not_asked: (service: string, operation: string, origin: string, why: string) =>
    `${service} could not be asked for ${operation} at ${origin}: ${why}.`,
  no_place: (service: string, operation: string, seconds: number) =>
    `${service} limits how often ${operation} may be called, and the next place is free in ${seconds} s.`,
  call_again_in: (seconds: number) => `Call again in ${seconds} s.`,
  no_time: (service: string, operation: string, why: string) =>
    `No time was left for ${operation} of ${service}: ${why}.`,
  call_again: 'Call again: what was begun may be ready then. If it goes on, ask for less at once.',
  cancelled: 'the call was cancelled',
  late: 'the time of the call is up',
  time_was_up: 'The time of this call was up before it was done; nothing was sent after that.',
  ask_for_less: 'Call again; ask for less at once if it goes on.',

  /** Stands in what the gateway said, where it repeats the request. */
  request_removed: '[canonical request removed]',

  /** What came in the place of the answer: completes "answered, but …". */
  not_empty: 'the answer is not the empty one that HSS gives',
  no_list: 'the answer is not a list in JSON',
  no_object: 'the answer is not an object in JSON',
  no_projects: 'the answer is not a list of projects',
  no_token: 'no token came with it',
  too_many_entries: (most: number) => `a list in it has more than ${most} entries`,
  too_deep: (levels: number) => `it is nested deeper than ${levels} levels`,
  too_many_values: (most: number) => `it has more than ${most} values`,

  /** What to do after an exchange that brought no answer, by the kind of its failure. */
  next: {
    connect:
      'Check that this machine reaches the endpoint (network, DNS, HTTPS_PROXY) and that HSS_REGION is right; if it is only slow, raise HSS_TIMEOUT_MS (at most 40000).',
    proxy: 'Check HTTPS_PROXY with its user and password, or go around the proxy with NO_PROXY.',
    tls: 'If a company proxy opens TLS, give its certificate in NODE_EXTRA_CA_CERTS. Verification is never turned off.',
    timeout: 'Try again; if it stays slow, raise HSS_TIMEOUT_MS (at most 40000) or ask for fewer rows.',
    broken_off: 'Try again; if it goes on, look for a proxy or firewall that ends connections.',
    too_large:
      'No answer of Huawei Cloud should be that large: look for a proxy that answers in its place, or ask for fewer rows with limit.',
    encoded: 'A proxy changes the answers of Huawei Cloud. Go around it with NO_PROXY.',
    aborted: 'The call was cancelled.',
  },
};
