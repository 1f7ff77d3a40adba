import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { quoted } from '../text/clean.js';
import { PROJECT_ID } from '../text/ids.js';
import { Secret } from '../text/secret.js';
import { wordsAtStart } from '../words/at-start.js';
import { type Environment, isPlaceholder } from './environment.js';
import type { AccessKey } from './identity.js';
import { endpoint, key, SETTINGS } from './settings.js';
import { isShowable, reasonOf } from './shown.js';

/** What the SDKs' credentials file (`~/.huaweicloud/credentials`) holds in its section `[basic]`. */
export interface Profile {
  readonly credentials: AccessKey;
  readonly projectId?: string;
  readonly iamEndpoint?: string;
}

/** Largest file that is read, in bytes; it has a few lines. */
const MOST_BYTES = 64 * 1024;

/**
 * Reads a credentials file. Undefined when there is none at its default place.
 * @param named path that the owner gave explicitly (`~` is the home folder); then a missing file is a problem.
 */
export function readProfile(env: Environment, named: string | undefined, problems: string[]): Profile | undefined {
  const home = homeOf(env);
  const path =
    named?.replace(/^~(?=\/|\\|$)/, () => home ?? '~') ?? (home && join(home, '.huaweicloud', 'credentials'));
  if (!path) return undefined;
  const say = wordsAtStart().settings.file;
  const file = isShowable(path) ? say.named(quoted(path)) : say.of(SETTINGS.credentialsFile.names[0]);
  const text = readText(path, file, named !== undefined, problems);
  return text === undefined ? undefined : readBasic(section(text, 'basic'), file, problems);
}

/** The home folder. An empty variable is unset: a file in the folder where the program happens to run is nobody's. */
function homeOf(env: Environment): string | undefined {
  const named = [env.HOME, env.USERPROFILE].find((folder) => folder && isAbsolute(folder));
  if (named) return named;
  try {
    return userInfo().homedir;
  } catch {
    // A user without an entry in the system's list has none.
    return undefined;
  }
}

function readText(path: string, file: string, wanted: boolean, problems: string[]): string | undefined {
  try {
    // A pipe or a device would be waited for without end.
    const stat = statSync(path);
    if (stat.isFile() && stat.size <= MOST_BYTES) return readFileSync(path, 'utf8');
    problems.push(wordsAtStart().settings.file.not_ordinary(file, MOST_BYTES));
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (wanted || !absent) problems.push(wordsAtStart().settings.file.not_read(file));
  }
  return undefined;
}

function readBasic(basic: ReadonlyMap<string, string>, file: string, problems: string[]): Profile | undefined {
  const known = problems.length;
  const say = wordsAtStart().settings.file;
  const [ak, sk, token] = ['ak', 'sk', 'security_token'].map((name) => readKey(basic, name, file, problems));
  if ((!ak || !sk) && problems.length === known) problems.push(say.lacks_keys(file));
  const projectId = basic.get('project_id');
  if (projectId && !PROJECT_ID.test(projectId)) problems.push(say.wrong_project(file));
  const address = basic.get('iam_endpoint');
  const iamEndpoint = address === undefined ? undefined : endpoint().safeParse(address);
  if (iamEndpoint?.error) problems.push(say.wrong_endpoint(file, reasonOf(iamEndpoint.error)));
  if (!ak || !sk || problems.length > known) return undefined;
  return {
    credentials: { kind: 'access-key', ak, sk, ...(token && { securityToken: token }) },
    ...(projectId && { projectId }),
    ...(iamEndpoint?.data && { iamEndpoint: iamEndpoint.data }),
  };
}

/** One key of the file, checked as that of a variable is. A wrong one is registered for redaction all the same. */
function readKey(
  basic: ReadonlyMap<string, string>,
  name: string,
  file: string,
  problems: string[],
): Secret | undefined {
  const text = basic.get(name);
  if (text === undefined) return undefined;
  const secret = new Secret(text);
  const parsed = key().safeParse(text);
  const say = wordsAtStart().settings.file;
  if (isPlaceholder(text)) problems.push(say.placeholder(name, file));
  else if (parsed.error) problems.push(say.must_be(name, file, reasonOf(parsed.error)));
  return secret;
}

/** The non-empty values of one section of an INI file. */
function section(text: string, wanted: string): Map<string, string> {
  const values = new Map<string, string>();
  let current = '';
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) current = header.trim();
    const [, name, value] = /^\s*([\w]+)\s*=(.*)$/.exec(line) ?? [];
    if (current === wanted && name && value?.trim()) values.set(name, value.trim());
  }
  return values;
}
