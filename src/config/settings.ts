import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '../http/loopback.js';
import { LOG_LEVELS } from '../log.js';
import { PROJECT_ID, REGION_ID } from '../text/ids.js';
import { isTimeZone } from '../text/zone.js';
import { wordsAtStart } from '../words/at-start.js';
import { LANGUAGES, type Language, languageNamed } from '../words/language.js';

/** One setting of the program: where it is read from, and what a good value looks like. */
export interface Setting<T = unknown> {
  /** Environment variables, the one to recommend first. */
  readonly names: readonly [string, ...string[]];
  /** Never printed, and to be asked for with a hidden input field. */
  readonly secret?: true;
  /** What holds without it, in words. */
  readonly fallback: string;
  /**
   * Makes the schema that reads the trimmed text of the variable: only for a variable that is set, because the program
   * starts often. Its messages complete the sentence "VARIABLE must be ...", in the language that is spoken.
   */
  readonly value: () => z.ZodType<T, string>;
  /** What a setting of behaviour is when it holds something that cannot be read: it closes, and never opens. */
  readonly closed?: T;
}

/** Keys and tokens as they are issued. Quotes, `$VAR`, `%VAR%` and braces are what a shell or a form left of them. */
export const key = () =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, wordsAtStart().settings.right.ascii)
    .regex(/^[^"'`$%{}<>\\]+$/, wordsAtStart().settings.right.value);

/** A name of IAM. The same marks as in a key would not be there if somebody had filled it in. */
const iamName = () => z.string().regex(/^[^"'`$%{}<>\\]+$/, wordsAtStart().settings.right.name);

/** A password may hold any character, so only a whole `$NAME_OF_A_VARIABLE`, `%NAME%` or `{{name}}` is taken for unfilled. */
const password = () =>
  z.string().regex(/^(?!\$[A-Z]+(_[A-Z]+)+$|%[A-Z]+(_[A-Z]+)*%$|\{\{.*\}\}$)/, wordsAtStart().settings.right.password);

const anyText = () => z.string();

/** The origin of a service: https, or http on loopback only. */
export const endpoint = () =>
  z.string().transform((text, context): string => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
    if (secure && bare) return url.origin;
    context.addIssue({ code: 'custom', message: wordsAtStart().settings.right.endpoint });
    return z.NEVER;
  });

/** The endpoint of one region, as the SDKs read it: the first of several counts, but none of them may be wrong. */
export const endpointList = () =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(endpoint()).min(1, wordsAtStart().settings.right.endpoint))
    .transform(([first]) => first ?? '');

/** A region id. Well-formed unknown ones pass: new regions appear more often than new versions of this program. */
export const region = () => z.string().regex(REGION_ID, wordsAtStart().settings.right.region);

const flag = () => z.stringbool({ error: wordsAtStart().settings.right.flag });

const wholeNumber = (least: number, most: number) => () => {
  const error = wordsAtStart().settings.right.whole_number(least, most);
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().min(least, error).max(most, error));
};

const oneOf =
  <const T extends readonly [string, ...string[]]>(values: T) =>
  () =>
    z.enum(values, { error: wordsAtStart().settings.right.one_of(values) });

/** A language as locales write it, too: `zh`, `zh-CN`, `zh_CN.UTF-8`. */
const languageName = () =>
  z.string().transform((text, context): Language => {
    const named = languageNamed(text);
    if (named) return named;
    context.addIssue({ code: 'custom', message: wordsAtStart().settings.right.one_of(LANGUAGES) });
    return z.NEVER;
  });

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
    value: key,
  }),
  secretKey: setting({
    names: ['CLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SK', 'HW_SECRET_KEY', 'HUAWEI_SECRET_KEY'],
    secret: true,
    fallback: 'none',
    value: key,
  }),
  securityToken: setting({
    names: ['CLOUD_SDK_SECURITY_TOKEN', 'HUAWEICLOUD_SDK_SECURITY_TOKEN', 'HW_SECURITY_TOKEN'],
    secret: true,
    fallback: 'none',
    value: key,
  }),
  authToken: setting({
    names: ['HSS_AUTH_TOKEN', 'HW_AUTH_TOKEN'],
    secret: true,
    fallback: 'none',
    value: key,
  }),
  iamUser: setting({
    names: ['HSS_IAM_USER', 'HW_USER_NAME'],
    fallback: 'none',
    value: iamName,
  }),
  iamPassword: setting({
    names: ['HSS_IAM_PASSWORD', 'HW_USER_PASSWORD'],
    secret: true,
    fallback: 'none',
    value: password,
  }),
  iamDomain: setting({
    names: ['HSS_IAM_DOMAIN', 'HW_DOMAIN_NAME'],
    fallback: 'none',
    value: iamName,
  }),
  credentialsFile: setting({
    names: ['HUAWEICLOUD_SDK_CREDENTIALS_FILE'],
    fallback: '~/.huaweicloud/credentials, when it exists',
    value: anyText,
  }),
  credentials: setting({
    names: ['HSS_CREDENTIALS'],
    fallback: 'none',
    value: oneOf(['ecs']),
  }),
  region: setting({
    names: ['HSS_REGION', 'HUAWEICLOUD_REGION', 'HW_REGION_NAME'],
    fallback: 'required',
    value: region,
  }),
  projectId: setting({
    names: ['HSS_PROJECT_ID', 'HUAWEICLOUD_SDK_PROJECT_ID', 'HW_PROJECT_ID'],
    fallback: 'looked up once in IAM by the name of the region',
    value: () => z.string().regex(PROJECT_ID, wordsAtStart().settings.right.project),
  }),
  enterpriseProjectId: setting({
    names: ['HSS_ENTERPRISE_PROJECT_ID', 'HW_ENTERPRISE_PROJECT_ID'],
    fallback: 'HSS then looks in the default enterprise project (0) only',
    value: () => z.string().regex(PROJECT_ID, wordsAtStart().settings.right.enterprise_project),
  }),
  hssEndpoint: setting({
    names: ['HSS_ENDPOINT'],
    fallback: 'the endpoint of the region; HUAWEICLOUD_SDK_REGION_HSS_<REGION> is read too',
    value: endpoint,
  }),
  iamEndpoint: setting({
    names: ['HSS_IAM_ENDPOINT', 'HUAWEICLOUD_SDK_IAM_ENDPOINT'],
    fallback: 'the endpoint of the region',
    value: endpoint,
  }),
  readOnly: setting({
    names: ['HSS_READ_ONLY'],
    fallback: 'false',
    value: flag,
    closed: true,
  }),
  scanAll: setting({
    names: ['HSS_SCAN_ALL'],
    fallback: 'ask',
    value: oneOf(['ask', 'allow', 'deny']),
    closed: 'deny' as const,
  }),
  scanFilters: setting({
    names: ['HSS_SCAN_FILTERS'],
    fallback: 'resolve',
    value: oneOf(['resolve', 'send']),
    closed: 'resolve' as const,
  }),
  reportDir: setting({
    names: ['HSS_REPORT_DIR'],
    fallback: 'a folder huaweicloud-hss-reports in the home folder, made on the first report',
    value: () => z.string().refine(isAbsolute, wordsAtStart().settings.right.absolute_path),
  }),
  language: setting({
    names: ['HSS_LANG'],
    fallback: 'as LC_ALL or LANG say, else en',
    value: languageName,
  }),
  timeZone: setting({
    names: ['HSS_TIME_ZONE'],
    fallback: 'UTC',
    value: () => z.string().refine(isTimeZone, wordsAtStart().settings.right.time_zone),
  }),
  timeoutMs: setting({
    names: ['HSS_TIMEOUT_MS'],
    fallback: '15000',
    value: wholeNumber(1000, 40_000),
  }),
  maxRetries: setting({
    names: ['HSS_MAX_RETRIES', 'HW_MAX_RETRIES'],
    fallback: '2',
    value: wholeNumber(0, 5),
  }),
  logLevel: setting({
    names: ['HSS_LOG_LEVEL'],
    fallback: 'info',
    value: oneOf(LOG_LEVELS),
  }),
  httpsProxy: setting({
    names: ['HTTPS_PROXY', 'https_proxy'],
    // It may hold a user and a password.
    secret: true,
    fallback: 'none',
    value: () =>
      z
        .string()
        // Without a scheme it is http, as for curl.
        .transform((text) => (/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`))
        .pipe(
          z.url({
            protocol: /^https?$/,
            error: wordsAtStart().settings.right.proxy,
          }),
        ),
  }),
  noProxy: setting({
    names: ['NO_PROXY', 'no_proxy'],
    fallback: 'none',
    value: anyText,
  }),
} as const;

export type SettingKey = keyof typeof SETTINGS;

/** What a setting is for, in the language that is spoken. */
export const helpOf = (key: SettingKey): string => wordsAtStart().settings_help[key];

/** Prefix of the variables that give one region its HSS endpoint, e.g. `HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7`. */
export const REGION_ENDPOINT_PREFIX = 'HUAWEICLOUD_SDK_REGION_HSS_';
