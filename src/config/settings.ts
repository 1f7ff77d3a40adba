import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.js';
import { LOG_LEVELS } from '../log.js';
import { PROJECT_ID, REGION_ID } from '../text/ids.js';
import { isTimeZone } from '../text/zone.js';

/** One setting of the program: where it is read from, what it means, and what a good value looks like. */
export interface Setting<T = unknown> {
  /** Environment variables, the one to recommend first. */
  readonly names: readonly [string, ...string[]];
  /** Never printed, and to be asked for with a hidden input field. */
  readonly secret?: true;
  /** What holds without it, in words. */
  readonly fallback: string;
  readonly help: string;
  /**
   * Makes the schema that reads the trimmed text of the variable: only for a variable that is set, because the program
   * starts often. Its messages complete the sentence "VARIABLE must be ...".
   */
  readonly value: () => z.ZodType<T, string>;
  /** What a setting of behaviour is when it holds something that cannot be read: it closes, and never opens. */
  readonly closed?: T;
}

/** Keys and tokens as they are issued. Quotes, `$VAR`, `%VAR%` and braces are what a shell or a form left of them. */
export const key = () =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces; copy it again')
    .regex(/^[^"'`$%{}<>\\]+$/, 'the value itself, without quotes, $, %, < > or braces: it looks like a placeholder');

/** A name of IAM. The same marks as in a key would not be there if somebody had filled it in. */
const iamName = () =>
  z
    .string()
    .regex(/^[^"'`$%{}<>\\]+$/, 'the name itself, without quotes, $, %, < > or braces: it looks like a placeholder');

/** A password may hold any character, so only a whole `$NAME_OF_A_VARIABLE`, `%NAME%` or `{{name}}` is taken for unfilled. */
const password = () =>
  z
    .string()
    .regex(
      /^(?!\$[A-Z]+(_[A-Z]+)+$|%[A-Z]+(_[A-Z]+)*%$|\{\{.*\}\}$)/,
      'the password itself: it looks like a placeholder',
    );

const anyText = () => z.string();

const NOT_AN_ENDPOINT =
  'an https:// address without user, password and path, such as https://hss.cn-north-4.myhuaweicloud.com';

/** The origin of a service: https, or http on loopback only. */
export const endpoint = () =>
  z.string().transform((text, context): string => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
    if (secure && bare) return url.origin;
    context.addIssue({ code: 'custom', message: NOT_AN_ENDPOINT });
    return z.NEVER;
  });

/** The endpoint of one region, as the SDKs read it: the first of several counts, but none of them may be wrong. */
export const endpointList = () =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(endpoint()).min(1, NOT_AN_ENDPOINT))
    .transform(([first]) => first ?? '');

/** A region id. Well-formed unknown ones pass: new regions appear more often than new versions of this program. */
export const region = () => z.string().regex(REGION_ID, 'a region id such as cn-north-4 (lower case)');

const flag = () => z.stringbool({ error: 'true or false' });

const wholeNumber = (least: number, most: number) => () => {
  const error = `a whole number from ${least} to ${most}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().min(least, error).max(most, error));
};

const oneOf =
  <const T extends readonly [string, ...string[]]>(values: T) =>
  () =>
    z.enum(values, { error: `one of ${values.join(', ')}` });

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

/**
 * Every setting, in the order in which a person meets them. The README's table, `mcp.json.example` and the tests are
 * held against this table; nothing else in the program names an environment variable of its own.
 */
export const SETTINGS = {
  accessKey: setting({
    names: ['CLOUD_SDK_AK', 'HUAWEICLOUD_SDK_AK', 'HW_ACCESS_KEY', 'HUAWEI_ACCESS_KEY'],
    secret: true,
    fallback: 'none',
    help: 'Access key (AK).',
    value: key,
  }),
  secretKey: setting({
    names: ['CLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SK', 'HW_SECRET_KEY', 'HUAWEI_SECRET_KEY'],
    secret: true,
    fallback: 'none',
    help: 'Secret key (SK), of the same family as the access key.',
    value: key,
  }),
  securityToken: setting({
    names: ['CLOUD_SDK_SECURITY_TOKEN', 'HUAWEICLOUD_SDK_SECURITY_TOKEN', 'HW_SECURITY_TOKEN'],
    secret: true,
    fallback: 'none',
    help: 'Security token that comes with a temporary AK and SK, of the same family as they are.',
    value: key,
  }),
  authToken: setting({
    names: ['HSS_AUTH_TOKEN', 'HW_AUTH_TOKEN'],
    secret: true,
    fallback: 'none',
    help: 'A ready IAM token of the region, sent as X-Auth-Token instead of a signature.',
    value: key,
  }),
  iamUser: setting({
    names: ['HSS_IAM_USER', 'HW_USER_NAME'],
    fallback: 'none',
    help: 'IAM user name; a token is fetched with it.',
    value: iamName,
  }),
  iamPassword: setting({
    names: ['HSS_IAM_PASSWORD', 'HW_USER_PASSWORD'],
    secret: true,
    fallback: 'none',
    help: 'Password of the IAM user.',
    value: password,
  }),
  iamDomain: setting({
    names: ['HSS_IAM_DOMAIN', 'HW_DOMAIN_NAME'],
    fallback: 'none',
    help: 'Name of the account that owns the IAM user.',
    value: iamName,
  }),
  credentialsFile: setting({
    names: ['HUAWEICLOUD_SDK_CREDENTIALS_FILE'],
    fallback: '~/.huaweicloud/credentials, when it exists',
    help: 'Credentials file of the SDKs; ak, sk, security_token, project_id and iam_endpoint of its section [basic] are read.',
    value: anyText,
  }),
  credentials: setting({
    names: ['HSS_CREDENTIALS'],
    fallback: 'none',
    help: 'ecs takes the credentials of the agency of the ECS that this program runs on.',
    value: oneOf(['ecs']),
  }),
  region: setting({
    names: ['HSS_REGION', 'HUAWEICLOUD_REGION', 'HW_REGION_NAME'],
    fallback: 'required',
    help: 'Region whose images are scanned, e.g. cn-north-4. There is no default: a silent one would scan the wrong region.',
    value: region,
  }),
  projectId: setting({
    names: ['HSS_PROJECT_ID', 'HUAWEICLOUD_SDK_PROJECT_ID', 'HW_PROJECT_ID'],
    fallback: 'looked up once in IAM by the name of the region',
    help: 'Project id of the region.',
    value: () =>
      z.string().regex(PROJECT_ID, 'a project id: 32 letters and digits, from "My Credentials" in the console'),
  }),
  enterpriseProjectId: setting({
    names: ['HSS_ENTERPRISE_PROJECT_ID', 'HW_ENTERPRISE_PROJECT_ID'],
    fallback: 'HSS then looks in the default enterprise project (0) only',
    help: 'Enterprise project for calls that name none; all_granted_eps means every one that you may see.',
    value: () => z.string().regex(PROJECT_ID, 'an enterprise project id, 0, or all_granted_eps'),
  }),
  hssEndpoint: setting({
    names: ['HSS_ENDPOINT'],
    fallback: 'the endpoint of the region; HUAWEICLOUD_SDK_REGION_HSS_<REGION> is read too',
    help: 'Address of HSS, for clouds that this program does not know. https, or http on loopback.',
    value: endpoint,
  }),
  iamEndpoint: setting({
    names: ['HSS_IAM_ENDPOINT', 'HUAWEICLOUD_SDK_IAM_ENDPOINT'],
    fallback: 'the endpoint of the region',
    help: 'Address of IAM. https, or http on loopback.',
    value: endpoint,
  }),
  readOnly: setting({
    names: ['HSS_READ_ONLY'],
    fallback: 'false',
    help: 'true removes batch_scan_local_image and refuses its call. A value that cannot be read counts as true.',
    value: flag,
    closed: true,
  }),
  scanAll: setting({
    names: ['HSS_SCAN_ALL'],
    fallback: 'ask',
    help: 'Scans without an explicit list, and of more than 500 images: ask the person (where the client cannot, the call has to be confirmed), allow, or deny. A value that cannot be read counts as deny.',
    value: oneOf(['ask', 'allow', 'deny']),
    closed: 'deny' as const,
  }),
  scanFilters: setting({
    names: ['HSS_SCAN_FILTERS'],
    fallback: 'resolve',
    help: 'Scans by filters: resolve reads which images match and sends exactly those; send passes the filters on to HSS, which does not document what it does with them. A value that cannot be read counts as resolve.',
    value: oneOf(['resolve', 'send']),
    closed: 'resolve' as const,
  }),
  reportDir: setting({
    names: ['HSS_REPORT_DIR'],
    fallback: 'a folder huaweicloud-hss-reports in the home folder, made on the first report',
    help: 'Folder into which reports are written: an absolute path to an existing folder of your own.',
    value: () => z.string().refine(isAbsolute, 'an absolute path'),
  }),
  language: setting({
    names: ['HSS_LANG'],
    fallback: 'as LC_ALL or LANG say, else en',
    help: 'Language of what people read: en or zh.',
    value: oneOf(['en', 'zh']),
  }),
  timeZone: setting({
    names: ['HSS_TIME_ZONE'],
    fallback: 'UTC',
    help: 'Time zone of the times that people read, and of dates without an offset: a name such as Asia/Shanghai.',
    value: () => z.string().refine(isTimeZone, 'a name of a time zone such as Asia/Shanghai, Europe/Berlin or UTC'),
  }),
  timeoutMs: setting({
    names: ['HSS_TIMEOUT_MS'],
    fallback: '15000',
    help: 'Limit of one attempt of a request, in milliseconds (1000 to 40000).',
    value: wholeNumber(1000, 40_000),
  }),
  maxRetries: setting({
    names: ['HSS_MAX_RETRIES', 'HW_MAX_RETRIES'],
    fallback: '2',
    help: 'How often a failed request is repeated where that is safe (0 to 5).',
    value: wholeNumber(0, 5),
  }),
  logLevel: setting({
    names: ['HSS_LOG_LEVEL'],
    fallback: 'info',
    help: 'What is written to stderr: error, warn, info or debug.',
    value: oneOf(LOG_LEVELS),
  }),
  httpsProxy: setting({
    names: ['HTTPS_PROXY', 'https_proxy'],
    // It may hold a user and a password.
    secret: true,
    fallback: 'none',
    help: 'Proxy for HSS and IAM, e.g. http://proxy.example.com:3128. Never used for loopback.',
    value: () =>
      z
        .string()
        // Without a scheme it is http, as for curl.
        .transform((text) => (/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`))
        .pipe(
          z.url({
            protocol: /^https?$/,
            error: 'an http:// or https:// address such as http://proxy.example.com:3128',
          }),
        ),
  }),
  noProxy: setting({
    names: ['NO_PROXY', 'no_proxy'],
    fallback: 'none',
    help: 'Hosts that are reached without the proxy, separated by commas: names (with their subdomains), addresses, networks such as 10.0.0.0/8, or * for all.',
    value: anyText,
  }),
} as const;

export type SettingKey = keyof typeof SETTINGS;

/** Prefix of the variables that give one region its HSS endpoint, e.g. `HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7`. */
export const REGION_ENDPOINT_PREFIX = 'HUAWEICLOUD_SDK_REGION_HSS_';
