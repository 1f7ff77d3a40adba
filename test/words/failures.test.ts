import { afterEach, describe, expect, it } from 'vitest';
import { CallOver } from '../../src/call/limits.js';
import {
  failureOfContent,
  failureOfExchange,
  failureOfPace,
  failureOfResponse,
  failureOfTime,
  type OperationInfo,
} from '../../src/cloud/failures.js';
import { GATEWAY_CODES } from '../../src/cloud/gateway-codes.js';
import { readConfig } from '../../src/config/config.js';
import { Failure } from '../../src/failure.js';
import { HSS_CODES } from '../../src/hss/codes.js';
import { HttpFailure } from '../../src/http/transport.js';
import { failureLines, failureText } from '../../src/present/failure.js';
import { LANGUAGES, speak } from '../../src/words/language.js';
import { words } from '../../src/words/words.js';
import { englishIn, halfWidthIn } from '../support/chinese.js';

// What became of a request, as people read it in each language. Nothing is sent here.

afterEach(() => speak('en'));

const READ: OperationInfo = { service: 'HSS', name: 'ListImageLocal', repeatability: 'read', codes: HSS_CODES };
const SCAN: OperationInfo = { ...READ, name: 'BatchScanLocalImage', repeatability: 'act' };
const LOGIN: OperationInfo = {
  service: 'IAM',
  name: 'KeystoneListProjects',
  repeatability: 'read',
  hint: () => words().identity.set_project_id,
};

function answer(status: number, body: object | string = {}, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'x-request-id': 'a1b2c3', ...headers }, body: text };
}

const MINUTE_MS = 60_000;
const date = (minutesOff: number) => new Date(Date.now() + minutesOff * MINUTE_MS).toUTCString();
const broken = (kind: HttpFailure['kind'], started: boolean, why: string) =>
  failureOfExchange(SCAN, new HttpFailure(kind, started, why), 'https://hss.cn-north-4.myhuaweicloud.com');

/** The main kinds, each made anew, because a failure is said when it is made. */
const KINDS: Readonly<Record<string, () => Failure>> = {
  refused: () => failureOfResponse(SCAN, answer(400, { error_code: 'HSS.0013', error_msg: '权限不足' })),
  'a wrong parameter': () => failureOfResponse(READ, answer(400, { error_code: 'HSS.0001', error_msg: 'invalid' })),
  'a wrong signature, with a clock that is behind': () =>
    failureOfResponse(READ, answer(401, { error_code: 'APIGW.0301', error_msg: 'x' }, { date: date(20) })),
  'too many': () => failureOfResponse(READ, answer(429, { error_code: 'APIGW.0308' }, { 'retry-after': '30' }), 12),
  'no permission in IAM': () => failureOfResponse(LOGIN, answer(403)),
  'a login page': () => failureOfContent(READ, answer(200, '<html>'), words().failures.no_list),
  uncertain: () => broken('timeout', true, words().transport.no_answer_within(15_000)),
  'no connection': () => broken('connect', false, words().transport.no_connection('ECONNREFUSED')),
  untrusted: () => broken('tls', false, words().transport.untrusted('SELF_SIGNED_CERT_IN_CHAIN')),
  'no place': () => failureOfPace(READ, 40),
  'no time': () => failureOfTime(READ, new CallOver('late')),
  'settings that are wrong': () =>
    settingsProblem({ HSS_REGION: 'Bad Region', HSS_TIMEOUT_MS: '0', CLOUD_SDK_AK: 'x' }),
};

/** What is wrong with an environment. */
function settingsProblem(env: Record<string, string>): Failure {
  try {
    readConfig({ env: { HOME: '/nonexistent', ...env } }).assertUsable();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing is wrong');
}

describe.each(LANGUAGES)('a failure in %s', (language) => {
  it.each(Object.entries(KINDS))('%s', (_, make) => {
    speak(language);
    expect(failureLines(make(), { acts: true }).join('\n')).toMatchSnapshot();
  });
});

describe('a failure in Chinese', () => {
  const codes = [...HSS_CODES, ...GATEWAY_CODES].map(([code]) => code);
  const statuses = [200, 302, 400, 401, 403, 404, 408, 418, 429, 500, 503];

  /** Everything that is said of a failure, but for what HSS or a library said itself. */
  const isChinese = (make: () => Failure) => {
    speak('zh');
    const failure = make();
    const text = [...failureLines(failure, { acts: true }), failureText({ failure })].join('\n');
    expect([englishIn(text), halfWidthIn(text)], text).toEqual([[], []]);
    expect(text).toMatch(/\p{Script=Han}/u);
  };

  it.each(codes)('%s', (code) => isChinese(() => failureOfResponse(READ, answer(400, { error_code: code }))));
  it.each(statuses)('HTTP %i', (status) => isChinese(() => failureOfResponse(SCAN, answer(status))));
  it.each(Object.entries(KINDS))('%s', (_, make) => isChinese(make));

  it('of every kind of exchange', () => {
    const kinds: readonly HttpFailure['kind'][] = [
      ...(['connect', 'proxy', 'tls', 'timeout', 'reset', 'truncated', 'too-large', 'encoded', 'aborted'] as const),
    ];
    for (const kind of kinds) isChinese(() => broken(kind, false, words().failures.cancelled));
  });

  it.each([
    { CLOUD_SDK_AK: '${AK}', HSS_REGION: 'cn-north-4' },
    { CLOUD_SDK_AK: 'EXAMPLEAK', HUAWEI_SECRET_KEY: 'EXAMPLESK' },
    { HSS_AUTH_TOKEN: 'a b', HSS_REGION: 'cn-north-4' },
    { HSS_IAM_USER: '$USER', HSS_IAM_PASSWORD: '$MY_PASSWORD', HSS_IAM_DOMAIN: 'x' },
    { HW_ASSUME_ROLE_AGENCY_NAME: 'x', HW_ASSUME_ROLE_DOMAIN_NAME: 'y' },
    { HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nonexistent/credentials' },
    { HSS_ENDPOINT: 'hss', HSS_IAM_ENDPOINT: 'http://x', HTTPS_PROXY: 'ftp://x', HSS_PROJECT_ID: '1 2' },
    { HSS_SCAN_ALL: 'maybe', HSS_READ_ONLY: 'maybe', HSS_REPORT_DIR: 'reports', HSS_LANG: 'fr', HSS_MAX_RETRIES: '9' },
    { HUAWEICLOUD_SDK_REGION_HSS_CN_NORTH_7: 'x', HSS_ENTERPRISE_PROJECT_ID: '#', HSS_CREDENTIALS: 'vm' },
  ])('settings %o', (env) => isChinese(() => settingsProblem(env)));
});
