import { type Fields, isFields } from './fields.js';
import type { PortableSchema } from './schema.js';

// Some models do not write nested values: they flatten them into keys, wrap or repeat them as tags do, or write tags.
// What has exactly one reading is taken; everything else stays as it is, and is refused by its name.

type Properties = NonNullable<PortableSchema['properties']>;

/** `list[0].field`, `list.0.field`, `list[0][field]` and, for a list of plain values, `list[0]` and `list.0`. */
const INDEXED = /^([a-z_]{1,64})(?:\[(\d{1,5})\]|\.(\d{1,5}))(?:\.([a-z_]{1,64})|\[([a-z_]{1,64})\])?$/;
/** `object.field` and `object[field]`. */
const DOTTED = /^([a-z_]{1,64})(?:\.([a-z_]{1,64})|\[([a-z_]{1,64})\])$/;
/** Stands for the value itself where a key names no field of it. */
const WHOLE = '';

/** The arguments with the lists and objects that were flattened into keys put together again. */
export function gathered(given: Fields, properties: Properties): Fields {
  const flattened = Object.keys(given).filter((key) => /[.[]/.test(key));
  if (flattened.length === 0) return given;
  const parts = new Map<string, Map<string, Map<string, unknown>>>();
  const unclear = new Set<string>();
  const placed = new Map<string, string>();
  for (const key of flattened) {
    const { name, index, field } = placeOf(key, properties);
    if (name === undefined) continue;
    placed.set(key, name);
    const entries = of(parts, name, () => new Map<string, Map<string, unknown>>());
    const entry = of(entries, index, () => new Map<string, unknown>());
    if (entry.has(field) || (entry.size > 0 && (entry.has(WHOLE) || field === WHOLE))) unclear.add(name);
    entry.set(field, given[key]);
  }
  const built = new Map<string, unknown>();
  for (const [name, entries] of parts) {
    // Whoever gives a value whole and in parts, or leaves out a place, did not mean it so.
    const isContiguous = [...entries.keys()].every((index) => index === WHOLE || Number(index) < entries.size);
    if (unclear.has(name) || Object.hasOwn(given, name) || !isContiguous) continue;
    const inOrder = [...entries].sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]) => putTogether(entry));
    built.set(name, properties[name]?.type === 'array' ? inOrder : inOrder[0]);
  }
  const rest = Object.entries(given).filter(([key]) => !built.has(placed.get(key) ?? WHOLE));
  return Object.fromEntries([...rest, ...built]);
}

function placeOf(key: string, properties: Properties): { name?: string; index: string; field: string } {
  const [, list = '', bracketed, dotted, field, fieldInBrackets] = INDEXED.exec(key) ?? [];
  const index = bracketed ?? dotted;
  if (index !== undefined && typeOf(list, properties) === 'array')
    return { name: list, index: String(Number(index)), field: field ?? fieldInBrackets ?? WHOLE };
  const [, object = '', inner, innerInBrackets] = DOTTED.exec(key) ?? [];
  if (typeOf(object, properties) === 'object')
    return { name: object, index: WHOLE, field: inner ?? innerInBrackets ?? WHOLE };
  return { index: WHOLE, field: WHOLE };
}

function typeOf(name: string, properties: Properties): string | undefined {
  return Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
}

function putTogether(entry: ReadonlyMap<string, unknown>): unknown {
  return entry.has(WHOLE) ? entry.get(WHOLE) : Object.fromEntries(entry);
}

function of<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** What was written in the place of a list, as the list that it can only mean; one value is the list of it. */
export function listOf(written: unknown, items: PortableSchema): readonly unknown[] {
  if (Array.isArray(written)) return written;
  if (typeof written === 'string') return ofTags(written, items) ?? ofWords(written, items) ?? [written];
  if (!isFields(written)) return [written];
  return ofWrapper(written, items) ?? ofColumns(written, items) ?? [written];
}

/** `{"item": [...]}`: what becomes of repeated tags. */
function ofWrapper(written: Fields, { properties = {} }: PortableSchema): readonly unknown[] | undefined {
  const [[name, inner] = [], ...others] = Object.entries(written);
  if (name === undefined || others.length > 0 || Object.hasOwn(properties, name)) return undefined;
  if (Array.isArray(inner)) return inner;
  return isFields(inner) ? [inner] : undefined;
}

/** `{"image_id": [a, b], "image_name": [c, d]}`: every field of every entry, in order. */
function ofColumns(written: Fields, { properties }: PortableSchema): readonly unknown[] | undefined {
  const columns = Object.entries(written);
  const [, first] = columns[0] ?? [];
  if (!properties || !Array.isArray(first) || first.length === 0) return undefined;
  const isWhole = ([name, column]: [string, unknown]) =>
    Object.hasOwn(properties, name) && Array.isArray(column) && column.length === first.length;
  if (!columns.every(isWhole)) return undefined;
  return first.map((_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, (column as readonly unknown[])[row]])),
  );
}

/** `hosts, packages`: words of a fixed set, each of which can be nothing else. */
function ofWords(written: string, items: PortableSchema): readonly unknown[] | undefined {
  const words = written.length > 1_000 ? [] : written.split(/[\s,;]+/).filter(Boolean);
  return words.length > 0 && words.every((word) => items.enum?.includes(word)) ? words : undefined;
}

interface Tag {
  readonly name: string;
  readonly inside: Tag[];
  text: string;
}

/** `<item><image_id>a</image_id></item><item>...</item>`, or the fields of one entry. */
function ofTags(written: string, { properties = {} }: PortableSchema): readonly unknown[] | undefined {
  const tags = written.trimStart().startsWith('<') ? tagsOf(written) : undefined;
  if (!tags) return undefined;
  const areFields = tags.every(({ name, inside }) => Object.hasOwn(properties, name) && inside.length === 0);
  const entries = areFields ? [tags] : tags.map(({ inside }) => inside);
  const isEntry = (fields: readonly Tag[]) =>
    fields.length > 0 &&
    fields.every(({ inside }) => inside.length === 0) &&
    new Set(fields.map(({ name }) => name)).size === fields.length;
  if (!entries.every(isEntry)) return undefined;
  return entries.map((fields) => Object.fromEntries(fields.map(({ name, text }) => [name, text.trim()])));
}

/** The tags of a text that consists of plain tags; undefined for any other, and for one with escapes. */
function tagsOf(text: string): readonly Tag[] | undefined {
  const root: Tag = { name: '', inside: [], text: '' };
  const open = [root];
  let read = 0;
  for (const [token, closing, name, plain] of text.matchAll(/<(\/?)([a-z_]{1,64})>|([^<>&]+)/gy)) {
    read += token.length;
    const last = open.at(-1) ?? root;
    if (plain !== undefined) last.text += plain;
    else if (closing === '') {
      const tag: Tag = { name: name ?? '', inside: [], text: '' };
      last.inside.push(tag);
      open.push(tag);
    } else if (open.length < 2 || open.pop()?.name !== name) return undefined;
  }
  const isMixed = ({ inside, text: own }: Tag): boolean => inside.length > 0 && own.trim() !== '';
  const all = [root, ...root.inside, ...root.inside.flatMap(({ inside }) => inside)];
  return read === text.length && open.length === 1 && !all.some(isMixed) ? root.inside : undefined;
}
