import { Secret } from '../text/secret.js';
import { wordsAtStart } from '../words/at-start.js';
import { sentences } from '../words/prose.js';
import { type Environment, type Found, find, findSetting, unfilled } from './environment.js';
import type { Credentials, FoundCredentials } from './identity.js';
import { readProfile } from './profile.js';
import { SETTINGS, type SettingKey } from './settings.js';
import { reasonOf } from './shown.js';

/**
 * The first source that is filled in, in the documented order: ready token, AK/SK, IAM user, credentials file, ECS
 * agency (only when asked for). The parts of one source come from one family of variables; a family that is half
 * filled in is a problem, never completed from another one.
 */
export function readCredentials(env: Environment, problems: string[]): FoundCredentials | undefined {
  const known = problems.length;
  refuseAssumedRoles(env, problems);
  const found = readToken(env, problems) ?? readAccessKey(env, problems) ?? readIamUser(env, problems);
  // A half-filled source is mended, not passed over.
  if (problems.length > known) return undefined;
  if (found) return { credentials: found };
  const profile = readProfile(env, findSetting(env, 'credentialsFile')?.text, problems);
  if (profile || problems.length > known) return profile;
  if (findSetting(env, 'credentials')?.text === 'ecs') return { credentials: { kind: 'ecs' } };
  problems.push(noCredentials(env));
  return undefined;
}

/** Terraform would take on another identity here. To scan as the one below it is not what its owner meant. */
function refuseAssumedRoles(env: Environment, problems: string[]): void {
  const names = Object.keys(env).filter((name) => name.startsWith('HW_ASSUME_ROLE_') && find(env, name));
  if (names.length === 0) return;
  problems.push(wordsAtStart().settings.assumed_role(names));
}

function readToken(env: Environment, problems: string[]): Credentials | undefined {
  const found = findSetting(env, 'authToken');
  return found && { kind: 'token', token: secret(found, 'authToken', problems) };
}

// Families in the order of the settings table; HUAWEI_ (the vendor's MCP server) knows no security token.
const KEY_FAMILIES = SETTINGS.accessKey.names.map((ak, index) => ({
  ak,
  sk: SETTINGS.secretKey.names[index] ?? ak,
  token: SETTINGS.securityToken.names[index],
}));

function readAccessKey(env: Environment, problems: string[]): Credentials | undefined {
  const begun = KEY_FAMILIES.filter((family) => find(env, family.ak) ?? find(env, family.sk));
  const family = begun[0];
  if (!family) return undefined;
  const ak = find(env, family.ak);
  const sk = find(env, family.sk);
  if (!ak || !sk) {
    problems.push(
      halfFilled(
        env,
        [family.ak, family.sk],
        begun.slice(1).flatMap((other) => [other.ak, other.sk]),
      ),
    );
    return undefined;
  }
  const token = family.token === undefined ? undefined : find(env, family.token);
  return {
    kind: 'access-key',
    ak: secret(ak, 'accessKey', problems),
    sk: secret(sk, 'secretKey', problems),
    ...(token && { securityToken: secret(token, 'securityToken', problems) }),
  };
}

const USER_FAMILIES = SETTINGS.iamUser.names.map((user, index) => ({
  user,
  password: SETTINGS.iamPassword.names[index] ?? user,
  domain: SETTINGS.iamDomain.names[index] ?? user,
}));

function readIamUser(env: Environment, problems: string[]): Credentials | undefined {
  // A lone HW_DOMAIN_NAME is common beside a Terraform AK/SK and asks for nothing.
  const family = USER_FAMILIES.find((names) => find(env, names.user) ?? find(env, names.password));
  if (!family) return undefined;
  const user = find(env, family.user);
  const password = find(env, family.password);
  const domain = find(env, family.domain);
  if (!user || !password || !domain) {
    problems.push(halfFilled(env, [family.user, family.password, family.domain], []));
    return undefined;
  }
  check(user, 'iamUser', problems);
  check(password, 'iamPassword', problems);
  check(domain, 'iamDomain', problems);
  // A password is the one value whose outer spaces may be meant.
  return { kind: 'iam-user', user: user.text, password: new Secret(env[family.password] ?? ''), domain: domain.text };
}

function secret(found: Found, key: SettingKey, problems: string[]): Secret {
  check(found, key, problems);
  return new Secret(found.text);
}

/** Looks at one value of a source. It is not shown: what stands in the wrong place may be a secret. */
function check(found: Found, key: SettingKey, problems: string[]): void {
  const parsed = SETTINGS[key].value().safeParse(found.text);
  if (!parsed.success) problems.push(wordsAtStart().settings.must_be(found.name, reasonOf(parsed.error), undefined));
}

function halfFilled(env: Environment, family: readonly string[], elsewhere: readonly string[]): string {
  const present = family.filter((name) => find(env, name));
  const absent = family.filter((name) => !find(env, name));
  const strangers = elsewhere.filter((name) => find(env, name));
  const say = wordsAtStart().settings;
  return sentences([
    say.half_set(present, absent),
    unfilled(env, absent),
    strangers.length > 0 && say.other_family(strangers),
    say.set_together(family),
  ]);
}

const ALL_CREDENTIALS = [
  SETTINGS.accessKey,
  SETTINGS.secretKey,
  SETTINGS.authToken,
  SETTINGS.iamUser,
  SETTINGS.iamPassword,
  SETTINGS.credentials,
].flatMap((setting) => setting.names);

function noCredentials(env: Environment): string {
  return unfilled(env, ALL_CREDENTIALS) ?? wordsAtStart().settings.no_credentials;
}
