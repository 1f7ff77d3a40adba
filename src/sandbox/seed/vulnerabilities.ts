/** A CVE of a vulnerability. */
export interface Cve {
  readonly cve_id: string;
  readonly cvss: number;
  /** Day of publication, `YYYY-MM-DD`. */
  readonly published: string;
  readonly description: string;
}

/** One vulnerability as HSS would know it. Severities and scores after the public CVE records; texts are our own. */
export interface Vulnerability {
  readonly vul_id: string;
  readonly vul_name: string;
  readonly type: 'linux_vul' | 'app_vul';
  readonly severity: 'Critical' | 'High' | 'Medium' | 'Low';
  readonly cves: readonly Cve[];
  readonly description: string;
  readonly solution: string;
  /** The fix as another distribution than that of the affected images would name it. */
  readonly solutionElsewhere: string;
  readonly url: string;
  /** Which versions of the software have it. */
  readonly rule: string;
  /** The same by distribution, where these fix it in different versions. */
  readonly rules?: Readonly<Record<string, string>>;
}

type Row = readonly [
  id: string,
  type: 'linux_vul' | 'app_vul',
  severity: Vulnerability['severity'],
  cvss: number,
  published: string,
  software: string,
  fixedIn: string,
  description: string,
];

const ROWS: readonly Row[] = [
  [
    'CVE-2021-44228',
    'app_vul',
    'Critical',
    10,
    '2021-12-10',
    'log4j-core',
    '2.17.1',
    'A logged text can make log4j load and run code from a remote server (Log4Shell).',
  ],
  [
    'CVE-2021-45046',
    'app_vul',
    'Critical',
    9,
    '2021-12-14',
    'log4j-core',
    '2.17.1',
    'The first fix of Log4Shell was incomplete in some non-default layouts.',
  ],
  [
    'CVE-2022-22965',
    'app_vul',
    'Critical',
    9.8,
    '2022-04-01',
    'spring-beans',
    '5.3.18',
    'Data binding on JDK 9 and later lets a request run code (Spring4Shell).',
  ],
  [
    'CVE-2022-42889',
    'app_vul',
    'Critical',
    9.8,
    '2022-10-13',
    'commons-text',
    '1.10.0',
    'String interpolation evaluates scripts and look-ups in untrusted input (Text4Shell).',
  ],
  [
    'CVE-2021-3711',
    'linux_vul',
    'Critical',
    9.8,
    '2021-08-24',
    'openssl',
    '1.1.1l',
    'SM2 decryption can write beyond its buffer.',
  ],
  [
    'CVE-2022-37434',
    'linux_vul',
    'Critical',
    9.8,
    '2022-08-05',
    'zlib',
    '1.2.13',
    'inflate can read or write beyond its buffer through a large extra field in a gzip header.',
  ],
  [
    'CVE-2023-38545',
    'linux_vul',
    'Critical',
    9.8,
    '2023-10-18',
    'curl',
    '8.4.0',
    'A long host name overflows a heap buffer in the SOCKS5 handshake.',
  ],
  [
    'CVE-2022-1586',
    'linux_vul',
    'Critical',
    9.1,
    '2022-05-16',
    'pcre2',
    '10.40',
    'Just-in-time compiled patterns can read beyond the subject.',
  ],
  [
    'CVE-2023-4911',
    'linux_vul',
    'High',
    7.8,
    '2023-10-03',
    'glibc',
    '2.36-9+deb12u3',
    'The dynamic loader overflows a buffer while it reads GLIBC_TUNABLES (Looney Tunables).',
  ],
  [
    'CVE-2022-0778',
    'linux_vul',
    'High',
    7.5,
    '2022-03-15',
    'openssl',
    '1.1.1n',
    'A certificate with an invalid curve makes BN_mod_sqrt loop forever.',
  ],
  [
    'DSA-5343-1',
    'linux_vul',
    'High',
    7.5,
    '2023-02-08',
    'openssl',
    '1.1.1t',
    'Three faults in openssl can leak memory, leak secrets or crash a program.',
  ],
  [
    'CVE-2018-25032',
    'linux_vul',
    'High',
    7.5,
    '2022-03-25',
    'zlib',
    '1.2.12',
    'deflate can corrupt memory on inputs with many distant matches.',
  ],
  [
    'CVE-2021-23017',
    'app_vul',
    'High',
    7.7,
    '2021-06-01',
    'nginx',
    '1.21.1',
    'A forged DNS answer overwrites one byte in the resolver.',
  ],
  [
    'CVE-2023-44487',
    'app_vul',
    'High',
    7.5,
    '2023-10-10',
    'nginx',
    '1.25.3',
    'HTTP/2 streams that are reset at once exhaust the server (Rapid Reset).',
  ],
  [
    'CVE-2022-24834',
    'app_vul',
    'High',
    8.8,
    '2023-07-13',
    'redis',
    '6.2.13',
    'A Lua script overflows a heap buffer in the cjson and cmsgpack libraries.',
  ],
  [
    'CVE-2021-32761',
    'app_vul',
    'High',
    7.5,
    '2021-07-21',
    'redis',
    '6.0.15',
    'BIT commands overflow an integer on 32-bit systems.',
  ],
  [
    'CVE-2022-21351',
    'app_vul',
    'High',
    7.1,
    '2022-01-19',
    'mysql-server',
    '8.0.28',
    'A low-privileged user can crash the optimizer and read some data.',
  ],
  [
    'CVE-2021-33574',
    'linux_vul',
    'High',
    8.1,
    '2021-05-25',
    'glibc',
    '2.34',
    'mq_notify can use memory after it was freed.',
  ],
  [
    'CVE-2023-29491',
    'linux_vul',
    'High',
    7.8,
    '2023-04-14',
    'ncurses',
    '6.4',
    'A hostile terminfo entry corrupts memory in set-user-id programs.',
  ],
  [
    'CVE-2022-3715',
    'linux_vul',
    'High',
    7.8,
    '2023-01-05',
    'bash',
    '5.2',
    'A parameter transformation can write beyond a heap buffer.',
  ],
  [
    'CVE-2020-9484',
    'app_vul',
    'High',
    7,
    '2020-05-20',
    'tomcat',
    '9.0.35',
    'A crafted session file lets the file-based session store run code.',
  ],
  [
    'CVE-2023-38546',
    'linux_vul',
    'Low',
    3.7,
    '2023-10-18',
    'curl',
    '8.4.0',
    'A cookie file named none can be read by a duplicated handle.',
  ],
  [
    'CVE-2022-27776',
    'linux_vul',
    'Medium',
    6.5,
    '2022-06-02',
    'curl',
    '7.83.0',
    'A redirect to another port keeps the authentication header.',
  ],
  [
    'CVE-2023-5678',
    'linux_vul',
    'Medium',
    5.3,
    '2023-11-06',
    'openssl',
    '1.1.1x',
    'Checking an overlong Diffie-Hellman key takes very long.',
  ],
  [
    'CVE-2022-48303',
    'linux_vul',
    'Medium',
    5.5,
    '2023-01-30',
    'tar',
    '1.35',
    'A V7 archive makes tar read one byte beyond its buffer.',
  ],
  [
    'CVE-2023-50495',
    'linux_vul',
    'Medium',
    6.5,
    '2023-12-12',
    'ncurses',
    '6.4-20230424',
    'tgetent can crash on a hostile terminal description.',
  ],
  [
    'CVE-2021-20193',
    'linux_vul',
    'Medium',
    5.5,
    '2021-03-26',
    'tar',
    '1.34',
    'A crafted archive makes tar use much memory.',
  ],
  [
    'CVE-2023-31484',
    'linux_vul',
    'High',
    8.1,
    '2023-04-29',
    'perl',
    '5.38.0',
    'CPAN.pm does not verify certificates when it downloads.',
  ],
  [
    'CVE-2023-47038',
    'linux_vul',
    'High',
    7.8,
    '2023-12-18',
    'perl',
    '5.38.2',
    'A user-defined Unicode property overflows a buffer by one byte.',
  ],
  [
    'CVE-2016-2781',
    'linux_vul',
    'Low',
    4.6,
    '2017-02-07',
    'coreutils',
    '8.29',
    'chroot with a user can be left through the terminal of the parent.',
  ],
  [
    'CVE-2022-0563',
    'linux_vul',
    'Low',
    3.9,
    '2022-02-21',
    'util-linux',
    '2.37.4',
    'chfn and chsh show lines of files that the caller may not read.',
  ],
  [
    'CVE-2022-25857',
    'app_vul',
    'High',
    7.5,
    '2022-08-30',
    'snakeyaml',
    '1.31',
    'Deeply nested YAML exhausts the stack.',
  ],
  [
    'CVE-2022-1471',
    'app_vul',
    'High',
    8.3,
    '2022-12-01',
    'snakeyaml',
    '2.0',
    'Constructing arbitrary types from YAML can run code.',
  ],
];

/** The CVEs behind the notices of distributions; every other vulnerability is a CVE itself. */
const NOTICES: ReadonlyMap<string, { readonly url: string; readonly cves: readonly Cve[] }> = new Map([
  [
    'DSA-5343-1',
    {
      url: 'https://www.debian.org/security/2023/dsa-5343',
      cves: [
        {
          cve_id: 'CVE-2022-4304',
          cvss: 5.9,
          published: '2023-02-08',
          description: 'The time that RSA decryption takes tells something about its result.',
        },
        {
          cve_id: 'CVE-2023-0215',
          cvss: 7.5,
          published: '2023-02-08',
          description: 'Streaming ASN.1 data through a BIO can use memory after it was freed.',
        },
        {
          cve_id: 'CVE-2023-0286',
          cvss: 7.4,
          published: '2023-02-08',
          description: 'An X.400 address in a certificate is taken for another type, so memory can be read.',
        },
      ],
    },
  ],
]);

/** The advice to take a version with the fix. */
export function solutionOf(software: string, fixedIn: string): string {
  return `Update ${software} to ${fixedIn} or later and build the image again.`;
}

/** Every vulnerability that the embedded HSS can find, by its id. */
export const VULNERABILITIES: ReadonlyMap<string, Vulnerability> = new Map(
  ROWS.map(([id, type, severity, cvss, published, software, fixedIn, description]) => [
    id,
    {
      vul_id: id,
      vul_name: `${software}: ${id}`,
      type,
      severity,
      cves: NOTICES.get(id)?.cves ?? [{ cve_id: id, cvss, published, description }],
      description,
      solution: solutionOf(software, fixedIn),
      solutionElsewhere: solutionOf(software, `${fixedIn}-4.el7_9`),
      url: NOTICES.get(id)?.url ?? `https://nvd.nist.gov/vuln/detail/${id}`,
      rule: `${software} < ${fixedIn}`,
    },
  ]),
);
