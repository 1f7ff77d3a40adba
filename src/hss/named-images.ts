import { Failure } from '../failure.js';
import { quoted } from '../text/clean.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import type { CallScope, HssClient } from './client.js';
import { LARGEST_PAGE } from './every-row.js';
import type { ListImageLocalQuery, LocalImage, Page } from './models.js';
import { type BrokenRule, type RelaxedQuery, relaxed, uncarried } from './name-rules.js';

/** Rows read at most to match a name here: ten requests. */
const MOST_ROWS = 2_000;

/** What was found by matching names here. */
export interface MatchedHere {
  /** All rows that match, of those read. */
  readonly rows: readonly LocalImage[];
  /** Rows read, and rows that there were to read. */
  readonly read: number;
  readonly of: number;
  /** Rows that may match: they name one host of several, and another one was asked for. */
  readonly undecided: number;
  /** Whether `rows` is all that matches. */
  readonly complete: boolean;
  /** Why the reading stopped early, where a request failed. */
  readonly failure?: Failure;
}

/** A page of images, and how it was found. Where names were matched here, `total_num` counts `matchedHere.rows`. */
export interface NamedImages extends Page<LocalImage> {
  readonly matchedHere?: MatchedHere;
  /** Filters of an empty answer that HSS may not match: their text breaks its rule, and rows do not carry the field. */
  readonly unmatched: readonly BrokenRule[];
}

/** The operation that is needed of the client. */
export type ImageSource = Pick<HssClient, 'listImageLocal'>;

type Ask = (query: ListImageLocalQuery) => Promise<Page<LocalImage>>;

/** Regions where HSS is known to keep to its rule for names: a text that breaks it need not be tried again. */
const strict = new WeakMap<ImageSource, Set<string>>();

/**
 * ListImageLocal for names as they are. Its page allows only some characters in names, which real names break
 * (`registry/org/app`, `node.example.com`), and does not say what becomes of those. So a text is sent whole; when it is
 * refused or finds nothing, the longest part that the rule allows is sent, and the rest is matched here.
 * @throws {Failure} of HSS; for a text that it refuses and that cannot be matched here with the part that it takes.
 */
export async function listNamedImages(
  hss: ImageSource,
  query: ListImageLocalQuery,
  scope: CallScope,
): Promise<NamedImages> {
  const blind = uncarried(query);
  const ask: Ask = (sent) =>
    hss.listImageLocal(sent, scope).catch((error) => {
      throw isRefusal(error) && blind[0] ? refusalOf(blind[0], query, error) : error;
    });
  const other = relaxed(query);
  if (!other) {
    const page = await ask(query);
    return { ...page, unmatched: page.total_num === 0 ? blind : [] };
  }
  const { offset = 0, limit = 10 } = query;
  if (!strict.get(hss)?.has(scope.region)) {
    const whole = await unlessRefused(hss.listImageLocal(query, scope));
    if (whole && whole.total_num > 0) return { ...whole, unmatched: [] };
  }
  const { servedAt, ...matchedHere } = await matchHere(other, ask);
  const { rows } = matchedHere;
  // A page beyond the end is empty whatever HSS thinks of the name.
  if (rows.length > 0 && offset === 0) strict.set(hss, (strict.get(hss) ?? new Set()).add(scope.region));
  return {
    total_num: rows.length,
    data_list: rows.slice(offset, offset + limit),
    servedAt,
    matchedHere,
    unmatched: rows.length === 0 ? blind : [],
  };
}

/** Reads what the relaxed query finds, as far as {@link MOST_ROWS}, and keeps what the given one means. */
async function matchHere({ query, matches }: RelaxedQuery, ask: Ask): Promise<MatchedHere & { servedAt: Date }> {
  const rows: LocalImage[] = [];
  let read = 0;
  let undecided = 0;
  const result = (of: number, ended: boolean, servedAt: Date) => ({
    rows,
    read,
    of,
    undecided,
    complete: ended && undecided === 0,
    servedAt,
  });
  let page = await ask({ ...query, offset: 0, limit: LARGEST_PAGE });
  for (;;) {
    const { total_num: of, data_list, servedAt } = page;
    read += data_list.length;
    for (const row of data_list) {
      const verdict = matches(row);
      if (verdict) rows.push(row);
      if (verdict === undefined) undecided += 1;
    }
    const ended = data_list.length === 0 || read >= of;
    if (ended || read >= MOST_ROWS) return result(of, ended, servedAt);
    try {
      page = await ask({ ...query, offset: read, limit: LARGEST_PAGE });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { ...result(of, false, servedAt), failure: error };
    }
  }
}

function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && error.details.code === 'HSS.0001';
}

async function unlessRefused(page: Promise<Page<LocalImage>>): Promise<Page<LocalImage> | undefined> {
  try {
    return await page;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function refusalOf({ field, part }: BrokenRule, query: ListImageLocalQuery, { message, details }: Failure): Failure {
  const say = words().requests;
  const next = part === undefined ? say.leave_out(field) : say.give_part(field, part);
  return new Failure(sentences([message, say.undocumented_characters(field, quoted(query[field] ?? ''))]), {
    ...details,
    next,
  });
}
