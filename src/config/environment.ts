import { wordsAtStart } from '../words/at-start.js';
import { SETTINGS, type SettingKey } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value found in the environment, and the variable that held it. */
export interface Found {
  readonly name: string;
  readonly text: string;
}

// What clients and documents leave behind when nobody filled a value in: ${VAR}, ${user_config.x}, <...>, your-...
const PLACEHOLDER = /^(\$\{.*\}|<.*>|your[-_ ].*)$/i;

/** Whether nobody has filled `text` in: what clients and documents leave where a value should stand. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim());
}

/** Whether the variable holds something other than nothing, blanks or a placeholder that nobody filled in. */
export function find(env: Environment, name: string): Found | undefined {
  const text = env[name]?.trim();
  return text && !isPlaceholder(text) ? { name, text } : undefined;
}

/** The first of a setting's variables that holds a value. */
export function findSetting(env: Environment, key: SettingKey): Found | undefined {
  for (const name of SETTINGS[key].names) {
    const found = find(env, name);
    if (found) return found;
  }
  return undefined;
}

/** Says which variables among `names` still hold a placeholder; undefined for none. */
export function unfilled(env: Environment, names: readonly string[]): string | undefined {
  const found = names.filter((name) => isPlaceholder(env[name] ?? ''));
  return found.length === 0 ? undefined : wordsAtStart().settings.placeholder(found);
}
