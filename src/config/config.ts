import type { z } from 'zod';
import { badSettings } from '../failure.js';
import { decoded } from '../http/userinfo.js';
import type { LogLevel } from '../log.js';
import { Secret } from '../text/secret.js';
import { wordsAtStart } from '../words/at-start.js';
import { type Language, languageOf } from '../words/language.js';
import { sentences } from '../words/prose.js';
import { readCredentials } from './credentials.js';
import { type Environment, find, findSetting, unfilled } from './environment.js';
import type { Credentials } from './identity.js';
import { endpointList, helpOf, REGION_ENDPOINT_PREFIX, SETTINGS, type SettingKey } from './settings.js';
import { reasonOf, shown } from './shown.js';

/** How the program behaves, whatever it is connected to. */
export interface Behaviour {
  readonly readOnly: boolean;
  /** What happens to scans without an explicit list of images. */
  readonly scanAll: 'ask' | 'allow' | 'deny';
  /** Whether filters of a scan are resolved to a list of images here, or passed on to HSS. */
  readonly scanFilters: 'resolve' | 'send';
  /** Folder of the reports; absent: one in the home folder. */
  readonly reportDir?: string;
  /** Language of what people read. */
  readonly language: Language;
  /** Zone of the times that people read: a name of the IANA database. */
  readonly timeZone: string;
  /** Limit of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly logLevel: LogLevel;
}

/** Where HSS and IAM are, and as whom to call them. */
export interface Connection {
  readonly credentials: Credentials;
  readonly region: string;
  /** Project of `region`; looked up in IAM when absent. */
  readonly projectId?: string;
  /** Enterprise project of calls that name none. */
  readonly enterpriseProjectId?: string;
  /** Origin of HSS in `region`, instead of the known one. */
  readonly hssEndpoint?: string;
  /** Origins of HSS by region id, instead of the known ones. */
  readonly regionEndpoints: Readonly<Record<string, string>>;
  /** Origin of IAM, instead of the region's known one. */
  readonly iamEndpoint?: string;
  readonly proxy?: { readonly url: Secret; readonly noProxy: string };
  /** Whether this is the embedded HSS. */
  readonly sandbox: boolean;
}

/** The settings as read once at start. A mistake does not stop the program: it lists its tools and calls say what is wrong. */
export interface Config extends Behaviour {
  /** What the owner should know although the program works: settings of behaviour that nobody has filled in. */
  readonly warnings: readonly string[];
  /** @throws {Failure} of source `owner` that names every variable to mend, when the settings are not usable. */
  assertUsable(): void;
  /** @throws {Failure} as {@link assertUsable} does. The embedded HSS brings a connection of its own instead. */
  connection(): Connection;
}

const DEFAULTS = {
  readOnly: false,
  scanAll: 'ask',
  scanFilters: 'resolve',
  timeZone: 'UTC',
  timeoutMs: 15_000,
  maxRetries: 2,
  logLevel: 'info',
} as const;

/**
 * Reads all settings. With `sandbox`, those that say where and as whom (credentials, region, project, endpoints,
 * proxy) are not looked at, so that no leftover of a real account can reach the embedded HSS.
 */
export function readConfig(options: { readonly env?: Environment; readonly sandbox?: boolean } = {}): Config {
  const { env = process.env, sandbox = false } = options;
  registerSecrets(env);
  const problems: string[] = [];
  const warnings: string[] = [];
  const read = <K extends SettingKey>(key: K) => readSetting(env, key, problems) ?? closed(env, key, warnings);
  const reportDir = read('reportDir');
  const behaviour: Behaviour = {
    readOnly: read('readOnly') ?? DEFAULTS.readOnly,
    scanAll: read('scanAll') ?? DEFAULTS.scanAll,
    scanFilters: read('scanFilters') ?? DEFAULTS.scanFilters,
    ...(reportDir && { reportDir }),
    language: read('language') ?? languageOf(env),
    timeZone: read('timeZone') ?? DEFAULTS.timeZone,
    timeoutMs: read('timeoutMs') ?? DEFAULTS.timeoutMs,
    maxRetries: read('maxRetries') ?? DEFAULTS.maxRetries,
    logLevel: read('logLevel') ?? DEFAULTS.logLevel,
  };
  const connection = sandbox ? undefined : readConnection(env, problems);
  const assertUsable = () => {
    if (problems.length > 0) throw unusable(problems);
  };
  return Object.freeze({
    ...behaviour,
    warnings,
    assertUsable,
    connection() {
      assertUsable();
      if (!connection) throw new TypeError('the embedded HSS brings its own connection');
      return connection;
    },
  });
}

/** Makes every secret in the environment known for redaction, those that lose to another source as well. */
function registerSecrets(env: Environment): void {
  for (const setting of Object.values(SETTINGS)) {
    if (!('secret' in setting)) continue;
    for (const name of setting.names) {
      const found = find(env, name);
      if (found) new Secret(found.text);
    }
  }
}

function readConnection(env: Environment, problems: string[]): Connection | undefined {
  const read = <K extends SettingKey>(key: K) => readSetting(env, key, problems);
  const found = readCredentials(env, problems);
  read('credentials');
  const region = read('region');
  if (!region && !findSetting(env, 'region')) problems.push(missing(env, 'region'));
  const projectId = read('projectId') ?? found?.projectId;
  const enterpriseProjectId = read('enterpriseProjectId');
  const hssEndpoint = read('hssEndpoint');
  const iamEndpoint = read('iamEndpoint') ?? found?.iamEndpoint;
  const regionEndpoints = readRegionEndpoints(env, problems);
  const proxy = readProxy(env, problems);
  if (!found || !region) return undefined;
  return Object.freeze({
    credentials: found.credentials,
    region,
    ...(projectId && { projectId }),
    ...(enterpriseProjectId && { enterpriseProjectId }),
    ...(hssEndpoint && { hssEndpoint }),
    regionEndpoints,
    ...(iamEndpoint && { iamEndpoint }),
    ...(proxy && { proxy }),
    sandbox: false,
  });
}

type ValueOf<K extends SettingKey> = z.output<ReturnType<(typeof SETTINGS)[K]['value']>>;

function readSetting<K extends SettingKey>(env: Environment, key: K, problems: string[]): ValueOf<K> | undefined {
  const found = findSetting(env, key);
  if (!found) return undefined;
  const parsed = SETTINGS[key].value().safeParse(found.text);
  if (parsed.success) return parsed.data as ValueOf<K>;
  const given = 'secret' in SETTINGS[key] ? undefined : shown(found.text);
  problems.push(wordsAtStart().settings.must_be(found.name, reasonOf(parsed.error), given));
  return undefined;
}

/**
 * What a setting without a usable value is when it has to close: undefined for one that is not set, or that cannot open
 * anything. A placeholder is no reason to refuse every call, so it is a warning.
 */
function closed<K extends SettingKey>(env: Environment, key: K, warnings: string[]): ValueOf<K> | undefined {
  const setting = SETTINGS[key];
  if (setting.closed === undefined) return undefined;
  if (findSetting(env, key)) return setting.closed as ValueOf<K>;
  const placeholder = unfilled(env, setting.names);
  if (!placeholder) return undefined;
  warnings.push(sentences([placeholder, wordsAtStart().settings.counts_as(String(setting.closed))]));
  return setting.closed as ValueOf<K>;
}

/** Says that a needed setting is absent, and when it only looks filled in, which variable holds a placeholder. */
function missing(env: Environment, key: SettingKey): string {
  const { names } = SETTINGS[key];
  return sentences([unfilled(env, names) ?? wordsAtStart().settings.not_set(names[0]), helpOf(key)]);
}

function readRegionEndpoints(env: Environment, problems: string[]): Record<string, string> {
  const endpoints: Record<string, string> = {};
  for (const name of Object.keys(env)) {
    const found = name.startsWith(REGION_ENDPOINT_PREFIX) ? find(env, name) : undefined;
    if (!found) continue;
    const parsed = endpointList().safeParse(found.text);
    const id = name.slice(REGION_ENDPOINT_PREFIX.length).toLowerCase().replaceAll('_', '-');
    if (parsed.success) endpoints[id] = parsed.data;
    else problems.push(wordsAtStart().settings.must_be(name, reasonOf(parsed.error), shown(found.text)));
  }
  return endpoints;
}

function readProxy(env: Environment, problems: string[]): Connection['proxy'] {
  const url = readSetting(env, 'httpsProxy', problems);
  if (!url) return undefined;
  const { username, password } = new URL(url);
  // Registered for redaction; the address as a whole is what is used.
  const user = decoded(username);
  for (const secret of [password, decoded(password), `${user}:${decoded(password)}`]) if (password) new Secret(secret);
  return { url: new Secret(url), noProxy: findSetting(env, 'noProxy')?.text ?? '' };
}

function unusable(problems: readonly string[]) {
  return badSettings(wordsAtStart().settings.unusable(problems), wordsAtStart().settings.mend);
}
