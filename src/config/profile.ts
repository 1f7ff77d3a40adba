import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { quoted } from '../text/clean.js';
import { PROJECT_ID } from '../text/ids.js';
import { Secret } from '../text/secret.js';
import type { AccessKey } from './credentials.js';
import type { Environment } from './environment.js';

/** What the SDKs' credentials file (`~/.huaweicloud/credentials`) holds in its section `[basic]`. */
export interface Profile {
  readonly credentials: AccessKey;
  readonly projectId?: string;
}

/** Where the file lies unless a setting says otherwise. */
function defaultPath(env: Environment): string {
  return join(env.HOME ?? env.USERPROFILE ?? homedir(), '.huaweicloud', 'credentials');
}

/**
 * Reads a credentials file. Undefined when there is none at its default place.
 * @param named path that the owner gave explicitly; then a missing file is a problem.
 */
export function readProfile(env: Environment, named: string | undefined, problems: string[]): Profile | undefined {
  const path = named ?? defaultPath(env);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (named !== undefined || !absent) problems.push(`The credentials file ${quoted(path)} cannot be read.`);
    return undefined;
  }
  const basic = section(text, 'basic');
  const [ak, sk, token] = [basic.get('ak'), basic.get('sk'), basic.get('security_token')];
  if (!ak || !sk) {
    problems.push(`The credentials file ${quoted(path)} must hold ak and sk in its section [basic].`);
    return undefined;
  }
  const projectId = basic.get('project_id');
  if (projectId && !PROJECT_ID.test(projectId)) {
    problems.push(`project_id in the credentials file ${quoted(path)} must be a project id, not ${quoted(projectId)}.`);
  }
  return {
    credentials: {
      kind: 'access-key',
      ak: new Secret(ak),
      sk: new Secret(sk),
      ...(token && { securityToken: new Secret(token) }),
    },
    ...(projectId && { projectId }),
  };
}

/** The non-empty values of one section of an INI file. */
function section(text: string, wanted: string): Map<string, string> {
  const values = new Map<string, string>();
  let current = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) current = header.trim();
    const [, name, value] = /^\s*([\w]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (current === wanted && name && value) values.set(name, value);
  }
  return values;
}
