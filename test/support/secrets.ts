import { inspect } from 'node:util';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { SPELLINGS } from './spellings.js';

/** One value for each secret setting that occurs nowhere else. */
export const CANARIES = {
  ak: 'CANARYAK0',
  sk: 'CANARYSK0',
  securityToken: 'CANARYSTS0',
  authToken: 'CANARYTOKEN0',
  iamUser: 'EXAMPLEUSER',
  iamPassword: 'CANARY"PASSWORD/0',
  iamDomain: 'EXAMPLEDOMAIN',
};
export const PROXY_PASSWORD = 'CANARYPROXY0';

/** Address of a proxy on this machine, with a secret in it. */
export const proxyWithPassword = (port: number) => `http://user:${PROXY_PASSWORD}@127.0.0.1:${port}`;

/** Settings for each way to authenticate. Some hold more than is used: that is no less secret. */
export const CREDENTIALS = {
  'access key': {
    CLOUD_SDK_AK: CANARIES.ak,
    CLOUD_SDK_SK: CANARIES.sk,
    CLOUD_SDK_SECURITY_TOKEN: CANARIES.securityToken,
    HW_USER_PASSWORD: CANARIES.iamPassword,
  },
  token: { HSS_AUTH_TOKEN: CANARIES.authToken, CLOUD_SDK_AK: CANARIES.ak, CLOUD_SDK_SK: CANARIES.sk },
  'IAM user': {
    HSS_IAM_USER: CANARIES.iamUser,
    HSS_IAM_PASSWORD: CANARIES.iamPassword,
    HSS_IAM_DOMAIN: CANARIES.iamDomain,
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type CredentialsKind = keyof typeof CREDENTIALS;
export const CREDENTIALS_KINDS = Object.keys(CREDENTIALS) as CredentialsKind[];

const isSecret = (value: string) => value.startsWith('CANARY');
const OF_THE_PROXY = [PROXY_PASSWORD, `user:${PROXY_PASSWORD}`];
const SECRETS = [...Object.values(CANARIES).filter(isSecret), ...OF_THE_PROXY];

/** All secrets in one text, as a careless server would say them back. */
export const ECHO = SECRETS.join(' ');

/** What a program with these credentials must not let out, the tokens that IAM has given it included. */
export function secretsOf(kind: CredentialsKind, sandbox: Sandbox): string[] {
  const issued = sandbox.requests.flatMap(({ headers }) => headers['x-auth-token'] ?? []);
  return [...new Set([...Object.values(CREDENTIALS[kind]).filter(isSecret), ...issued, ...OF_THE_PROXY])];
}

/** All forms of a secret, as they are and within JSON; made once, because the tables ask for the same ones all the time. */
const FORMS = new Map<string, readonly string[]>();

function formsOf(secret: string): readonly string[] {
  const spelled = FORMS.get(secret) ?? [
    ...new Set(
      Object.values(SPELLINGS).flatMap((spell) => [spell(secret), JSON.stringify(spell(secret)).slice(1, -1)]),
    ),
  ];
  FORMS.set(secret, spelled);
  return spelled;
}

/** The form in which one of `secrets` stands in `text`: in any spelling, as it is or within JSON. */
export function leakIn(text: string, secrets: readonly string[] = SECRETS): string | undefined {
  return secrets.flatMap(formsOf).find((form) => text.includes(form));
}

/** JSON of `value`; of one that holds itself there is none, and a logger could not print it either. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Everything that a logger could print of a value, hidden parts and causes included. */
export function printed(value: unknown): string {
  const causes: Error[] = [];
  for (let error = value; error instanceof Error && causes.length < 10; error = error.cause) causes.push(error);
  return [
    String(value),
    inspect(value, { depth: null, showHidden: true, getters: true }),
    asJson(value),
    ...causes.map(({ stack }) => stack),
  ].join('\n');
}
