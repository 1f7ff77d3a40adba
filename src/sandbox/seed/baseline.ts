/** A rule of a baseline. */
export interface BaselineRule {
  readonly check_name: string;
  readonly check_type: string;
  readonly standard: 'cn_standard' | 'hw_standard';
  readonly severity: 'Low' | 'Medium' | 'High';
  readonly check_rule_id: string;
  readonly check_rule_name: string;
  readonly description: string;
  readonly audit: string;
  readonly remediation: string;
  /** What a system that passes has. */
  readonly suggested: string;
  /** What a system that fails has. */
  readonly found: string;
}

type Rule = Pick<BaselineRule, 'severity' | 'check_rule_name' | 'audit' | 'remediation' | 'suggested' | 'found'>;

const RULES: readonly Rule[] = [
  {
    severity: 'High',
    check_rule_name: 'Ensure that no account has an empty password',
    audit: 'awk -F: \'($2 == "") {print $1}\' /etc/shadow',
    remediation: 'Set a password for the account or lock it with passwd -l.',
    suggested: 'no account',
    found: 'deploy',
  },
  {
    severity: 'Medium',
    check_rule_name: 'Ensure that passwords end within 90 days',
    audit: 'grep ^PASS_MAX_DAYS /etc/login.defs',
    remediation: 'Set PASS_MAX_DAYS to 90 or less in /etc/login.defs.',
    suggested: '<= 90',
    found: '99999',
  },
  {
    severity: 'Medium',
    check_rule_name: 'Ensure that /etc/shadow is closed to others',
    audit: 'stat -c %a /etc/shadow',
    remediation: 'chmod 000 /etc/shadow',
    suggested: '0',
    found: '644',
  },
  {
    severity: 'Low',
    check_rule_name: 'Ensure that the default umask is 027',
    audit: 'grep ^UMASK /etc/login.defs',
    remediation: 'Set UMASK to 027 in /etc/login.defs.',
    suggested: '027',
    found: '022',
  },
];

const CHECKS = ['Debian 10', 'CentOS 7', 'EulerOS'] as const;

/** The rules of every baseline of the embedded HSS, by the name of the check. */
export const BASELINES: ReadonlyMap<string, readonly BaselineRule[]> = new Map(
  CHECKS.map((check_name) => [
    check_name,
    RULES.map((rule, index) => ({
      ...rule,
      check_name,
      check_type: check_name,
      // The last rule belongs to the other standard, so that a check has rows under both.
      standard: index === RULES.length - 1 ? 'cn_standard' : 'hw_standard',
      check_rule_id: `${index + 1}.${index + 1}`,
      description: `${rule.check_rule_name} on ${check_name}.`,
    })),
  ]),
);
