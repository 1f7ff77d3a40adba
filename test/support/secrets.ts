import { inspect } from 'node:util';

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

const SECRETS = [
  ...Object.values(CANARIES).filter((value) => value.startsWith('CANARY')),
  PROXY_PASSWORD,
  `user:${PROXY_PASSWORD}`,
];

/** All secrets in one text, as a careless server would say them back. */
export const ECHO = SECRETS.join(' ');

/** The form, cut short, in which one of `secrets` stands in `text`: raw, percent-encoded, in JSON or in base64. */
export function leakIn(text: string, secrets: readonly string[] = SECRETS): string | undefined {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]);
  return forms.find((form) => text.includes(form));
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
