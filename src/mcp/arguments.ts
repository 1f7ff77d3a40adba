import type { z } from 'zod';
import { badInput } from '../failure.js';
import { clean } from '../text/clean.js';
import { didYouMean } from '../text/did-you-mean.js';
import type { Tool } from '../tools/tool.js';
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
  const more = problems.size > MOST_PROBLEMS ? ` (and ${problems.size - MOST_PROBLEMS} more)` : '';
  throw badInput(
    `The arguments of ${tool.name} are not right: ${[...problems].slice(0, MOST_PROBLEMS).join(' ')}${more}`,
    `A right call: ${tool.name} ${JSON.stringify(tool.example)}`,
  );
}

/** An empty text means absent everywhere but where it would decide whether something happens. */
function refuseUnclear(given: unknown, { properties = {} }: PortableSchema, problems: Set<string>): void {
  for (const [name, value] of Object.entries(typeof given === 'object' && given !== null ? given : {})) {
    const isFlag = Object.hasOwn(properties, name) && properties[name]?.type === 'boolean';
    if (isFlag && value !== null && typeof value === 'string' && value.trim() === '')
      problems.add(`${name} must be true or false, not ${JSON.stringify(value)}; leave it out for neither.`);
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
      return tidyInteger(value, schema);
    default:
      return value;
  }
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
  const hint = meant ? `did you mean ${meant}?` : `there are ${known.join(', ')}.`;
  return `${join(path, clean(key, 64))} is not a field; ${hint}`;
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
  return `${field || 'The arguments'} ${wanted(issue, given)}`;
}

function wanted(issue: z.core.$ZodIssue, given: unknown): string {
  const shown = shownAs(given);
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof given === 'string' ? didYouMean(given, values) : undefined;
      return `must be one of ${values.join(', ')}, not ${shown}.${meant ? ` Did you mean ${meant}?` : ''}`;
    }
    case 'invalid_type': {
      if (issue.expected === 'string' && typeof given === 'number') {
        return `must be text, not the number ${given}: put it in quotes (1.10 as a number would arrive as 1.1).`;
      }
      if (issue.expected === 'int') return `must be a whole number without fraction, not ${shown}.`;
      return `must be of type ${issue.expected}, not ${shown}.`;
    }
    case 'too_big':
      if (issue.origin === 'string')
        return `must have at most ${issue.maximum} characters, not ${String(given).length}.`;
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries, not ${lengthOf(given)}.`;
      return `must be at most ${issue.maximum}, not ${shown}.`;
    case 'too_small':
      if (issue.origin === 'array') return `must have at least ${issue.minimum} entries, not ${lengthOf(given)}.`;
      return `must be at least ${issue.minimum}, not ${shown}.`;
    case 'custom':
      return issue.message;
    default:
      return `is not right: ${issue.message}.`;
  }
}

/** What was given, in few words: a list or an object may be of any size and depth. */
function shownAs(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'object' && given !== null) return 'an object';
  return clean(JSON.stringify(given) ?? 'nothing', 80);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
