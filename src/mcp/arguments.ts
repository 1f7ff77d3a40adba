import type { z } from 'zod';
import { badInput } from '../failure.js';
import { named } from '../present/legend.js';
import { clean } from '../text/clean.js';
import { didYouMean } from '../text/did-you-mean.js';
import { readAsMeant } from '../tools/meant.js';
import type { Tool } from '../tools/tool.js';
import { words } from '../words/words.js';
import { isFields } from './fields.js';
import { inputSchema, type PortableSchema } from './schema.js';
import { gathered, listOf } from './written-lists.js';

const MOST_PROBLEMS = 5;

/**
 * Reads the arguments of a call as models really send them: null, "" and empty lists mean absent, and so does a 0 where
 * none can be meant; numbers and booleans may come as text, a list as JSON text, as its single element or as
 * {@link listOf} reads it, nested values flattened into keys; keys that begin with `_` are dropped. A tool that acts takes
 * no unclear yes or no: an empty `dry_run` would scan.
 * @throws {Failure} of source `input` that names every wrong field and shows a right call.
 */
export function readArguments<I extends z.ZodObject>(tool: Tool<I>, raw: unknown): z.output<I> {
  const problems = new Set<string>();
  const parsedRaw = parseIfJson(raw ?? {}, '{');
  const given = isFields(parsedRaw) ? gathered(parsedRaw, inputSchema(tool.input).properties ?? {}) : parsedRaw;
  const tidied = tidy(given, inputSchema(tool.input), '', problems) ?? {};
  if (!tool.readOnly) refuseUnclear(given, inputSchema(tool.input), problems);
  const parsed = tool.input.safeParse(tidied);
  if (problems.size === 0 && parsed.success) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) problems.add(describe(issue, tidied));
  const say = words().input;
  throw badInput(
    say.not_right(tool.name, [...problems].slice(0, MOST_PROBLEMS), problems.size - MOST_PROBLEMS),
    say.right_call(tool.name, JSON.stringify(tool.example)),
  );
}

/** An empty text means absent everywhere but where it would decide whether something happens. */
function refuseUnclear(given: unknown, { properties = {} }: PortableSchema, problems: Set<string>): void {
  for (const [name, value] of Object.entries(typeof given === 'object' && given !== null ? given : {})) {
    const isFlag = Object.hasOwn(properties, name) && properties[name]?.type === 'boolean';
    if (isFlag && value !== null && typeof value === 'string' && value.trim() === '')
      problems.add(words().input.unclear_flag(name, JSON.stringify(value)));
  }
}

/** `value` in the clean form that `schema` describes, as far as that is possible without guessing. */
function tidy(value: unknown, schema: PortableSchema, path: string, problems: Set<string>): unknown {
  if (value === null || value === '') return undefined;
  switch (schema.type) {
    case 'object':
      return tidyObject(parseIfJson(value, '{'), schema, path, problems);
    case 'array':
      return tidyArray(parseIfJson(value, '['), schema, path, problems);
    case 'boolean':
      if (typeof value === 'string' && /^(true|false)$/i.test(value.trim()))
        return value.trim().toLowerCase() === 'true';
      return value;
    case 'integer':
      return tidyInteger(asMeant(value, schema, path, problems), schema);
    case 'string':
      return asMeant(value, schema, path, problems);
    default:
      return value;
  }
}

/** The name of an argument, without where it stands and which element of its list this is. */
function fieldOf(path: string): string {
  return path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');
}

/** What a text stands for in the terms of HSS. What it cannot stand for is a problem, and absent for all others. */
function asMeant(value: unknown, schema: PortableSchema, path: string, problems: Set<string>): unknown {
  if (typeof value !== 'string') return value;
  const meant = readAsMeant(fieldOf(path), value, schema.enum);
  if ('problem' in meant) problems.add(meant.problem);
  return 'value' in meant ? meant.value : undefined;
}

/** Documents name 2^63-1 as the largest value, which no double holds: what is meant is "no upper bound". */
function tidyInteger(value: unknown, { minimum = 0, maximum }: PortableSchema): unknown {
  const number = typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value.trim()) ? Number(value) : value;
  // Clients that force every field to be given send 0 where nothing is meant.
  if (number === 0 && minimum > 0) return undefined;
  const isBeyond = typeof number === 'number' && number > Number.MAX_SAFE_INTEGER && number <= 2 ** 63;
  return isBeyond && maximum === undefined ? Number.MAX_SAFE_INTEGER : number;
}

function tidyObject(value: unknown, schema: PortableSchema, path: string, problems: Set<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const properties = schema.properties ?? {};
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property) {
      const tidied = tidy(item, property, join(path, key), problems);
      if (tidied !== undefined) result[key] = tidied;
    } else if (!key.startsWith('_') || meantBy(key, Object.keys(properties)) !== undefined) {
      // A line can hold a million names: what is only counted needs no hint.
      const shown = problems.size < MOST_PROBLEMS;
      problems.add(shown ? unknownField(key, path, Object.keys(properties)) : join(path, key));
    }
  }
  const isEmptied = Object.keys(result).length === 0 && Object.keys(value).length > 0;
  // A nested object of nothing but empty values was forced; an entry of a list is never dropped.
  return isEmptied && /[a-z_]$/.test(path) && problems.size === 0 ? undefined : result;
}

/** Names that decide whether something happens: whoever writes one of them anywhere means it. */
const DECIDING = ['dry_run', 'operate_all'];

/** The name that a marked or otherwise written one stands for: `_dryRun` for `dry_run`. */
function meantBy(key: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(key.slice(0, 64));
  return [...known, ...DECIDING].find((name) => plain(name) === wanted);
}

function unknownField(key: string, path: string, known: readonly string[]): string {
  const meant = meantBy(key, known) ?? didYouMean(key, known);
  const field = join(path, clean(key, 64));
  const say = words().input;
  return meant ? say.unknown_field(field, meant) : say.unknown_among(field, known);
}

function tidyArray(value: unknown, schema: PortableSchema, path: string, problems: Set<string>): unknown {
  const { items } = schema;
  if (!items) return value;
  const list = listOf(value, items);
  if (list.length === 0) return undefined;
  // An element is never dropped: the caller would not see that it was not taken.
  return list.map((item, index) => tidy(item, items, `${path}[${index}]`, problems) ?? item);
}

function parseIfJson(value: unknown, opening: '{' | '['): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(opening)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

/** One sentence about one issue that zod found: the field, and what is right. */
function describe(issue: z.core.$ZodIssue, input: unknown): string {
  const field = issue.path.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : join(path, String(key))),
    '',
  );
  const given = issue.path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
  return wanted(issue, field || words().input.all, given, fieldOf(field));
}

function wanted(issue: z.core.$ZodIssue, field: string, given: unknown, name: string): string {
  const shown = shownAs(given);
  const say = words().input;
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof given === 'string' ? didYouMean(given, values) : undefined;
      return say.one_of(
        field,
        values.map((value) => named(name, value)),
        shown,
        meant,
      );
    }
    case 'invalid_type':
      if (issue.expected === 'string' && typeof given === 'number') return say.text(field, given);
      if (issue.expected === 'int') return say.whole_number(field, shown);
      return say.of_type(field, issue.expected, shown);
    case 'too_big':
      if (issue.origin === 'string') return say.most_characters(field, `${issue.maximum}`, String(given).length);
      if (issue.origin === 'array') return say.most_entries(field, `${issue.maximum}`, lengthOf(given));
      return say.at_most(field, `${issue.maximum}`, shown);
    case 'too_small':
      if (issue.origin === 'array') return say.least_entries(field, `${issue.minimum}`, lengthOf(given));
      return say.at_least(field, `${issue.minimum}`, shown);
    case 'custom':
      return `${field} ${issue.message}`;
    default:
      return say.wrong(field, issue.message);
  }
}

/** What was given, in few words: a list or an object may be of any size and depth. */
function shownAs(given: unknown): string {
  const say = words().input;
  if (Array.isArray(given)) return say.a_list;
  if (typeof given === 'object' && given !== null) return say.an_object;
  return clean(JSON.stringify(given) ?? say.nothing, 80);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
