import type { ListImageLocalQuery, LocalImage } from './models.js';

/** A text filter of ListImageLocal for whose characters its page has a rule, which real names break. */
interface NameRule {
  /** A run of characters that the rule allows, of the length that it allows. */
  readonly allowed: RegExp;
  /** The rows carry the field: `part` when they match in part, `whole` when only by the whole text. */
  readonly carried?: 'part' | 'whole';
}

const RULES = {
  image_name: { allowed: /[\w.-]{1,256}/g, carried: 'part' },
  image_version: { allowed: /[\w.:-]{1,128}/g, carried: 'whole' },
  host_name: { allowed: /[\w\u4e00-\u9fff-]{1,64}/g, carried: 'part' },
  container_name: { allowed: /[\w.-]{1,64}/g },
  pod_name: { allowed: /[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?/g },
  app_name: { allowed: /[\w\u4e00-\u9fff-]{1,64}/g },
} as const satisfies Partial<Record<keyof ListImageLocalQuery, NameRule>>;

type NamedFilter = keyof typeof RULES;
const FILTERS = Object.keys(RULES) as NamedFilter[];

/** A filter whose text breaks the rule, and the longest part of the text that keeps it. */
export interface BrokenRule {
  readonly field: NamedFilter;
  readonly part: string | undefined;
}

/** A query that keeps the rules, and what is left to be matched in its rows. */
export interface RelaxedQuery {
  readonly query: ListImageLocalQuery;
  /** Undefined for a row that cannot tell: it names one host of several. */
  matches(row: LocalImage): boolean | undefined;
}

/** The filters of a query whose text breaks its rule and that no row carries: what is left of them cannot be matched. */
export function uncarried(query: ListImageLocalQuery): BrokenRule[] {
  return brokenRules(query).filter(({ field }) => !isCarried(field));
}

function brokenRules(query: ListImageLocalQuery): BrokenRule[] {
  return FILTERS.flatMap((field) => {
    const value = query[field];
    if (value === undefined) return [];
    const part = partOf(field, value);
    return part === value ? [] : [{ field, part }];
  });
}

/**
 * The query with a part in the place of each text that breaks its rule, where the rows can tell the rest; undefined when
 * there is none. What the query finds holds everything that the given one means.
 */
export function relaxed(query: ListImageLocalQuery): RelaxedQuery | undefined {
  const broken = brokenRules(query).filter(({ field }) => isCarried(field));
  if (broken.length === 0) return undefined;
  const parts = Object.fromEntries(broken.map(({ field, part }) => [field, isWhole(field) ? undefined : part]));
  const sent = { ...query, ...parts };
  // HSS ignores a version without a name.
  if (sent.image_name === undefined) sent.image_version = undefined;
  const checked = FILTERS.filter((field) => sent[field] !== query[field]);
  return {
    query: sent,
    matches(row) {
      const verdicts = checked.map((field) => verdict(field, query[field] ?? '', row));
      if (verdicts.includes(false)) return false;
      return verdicts.includes(undefined) ? undefined : true;
    },
  };
}

const isCarried = (field: NamedFilter) => 'carried' in RULES[field];
const isWhole = (field: NamedFilter) => field === 'image_version';

function verdict(field: NamedFilter, wanted: string, row: LocalImage): boolean | undefined {
  const value = row[field];
  if (typeof value === 'string' && (isWhole(field) ? value === wanted : value.includes(wanted))) return true;
  return field === 'host_name' && (row.host_num ?? 0) > 1 ? undefined : false;
}

/** The longest part of a text that keeps the rule. Of an image's name it is one of the last segment, which says most. */
function partOf(field: NamedFilter, value: string): string | undefined {
  const segment = field === 'image_name' ? value.slice(value.lastIndexOf('/') + 1).split(/[:@]/, 1)[0] : undefined;
  return longest(segment ?? '', RULES[field].allowed) ?? longest(value, RULES[field].allowed);
}

function longest(text: string, allowed: RegExp): string | undefined {
  const runs = text.match(allowed) ?? [];
  return runs.reduce<string | undefined>((best = '', run) => (run.length > best.length ? run : best), undefined);
}
