import { badInput, Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import { LARGEST_PAGE, rowsSoFar } from '../hss/every-row.js';
import type { LocalImage, LocalImageFilter } from '../hss/models.js';
import { listNamedImages } from '../hss/named-images.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { MOST_SELECTED } from '../workspace/selections.js';
import { notExpressible } from './filters.js';
import { distinct } from './identity.js';
import { fitsRow } from './row-filter.js';

/** The operation that is needed of the client. */
type Source = Pick<HssClient, 'listImageLocal'>;

/** Rows read at most: an HSS that ignores a filter gives more rows than match. */
const MOST_ROWS = 2 * MOST_SELECTED;

/**
 * The images that filters mean, each once. HSS narrows the list; each row is matched here once more, because the
 * documents do not say which filters HSS honours.
 * @throws {Failure} of source `input` for filters that ListImageLocal cannot express or that match too many; of any
 * source when not every row could be read. Nothing may be scanned then.
 */
export async function resolveFilters(filters: LocalImageFilter, scope: CallScope, hss: Source): Promise<LocalImage[]> {
  const reason = notExpressible(filters);
  if (reason) {
    const { choosing } = words();
    throw badInput(choosing.not_expressible(reason.why), sentences([reason.next, choosing.or_send]));
  }
  const rows = await everyRowOf(filters, scope, hss);
  const images = distinct(rows.filter(fitsRow(filters)));
  if (images.length > MOST_SELECTED) throw tooMany(images.length);
  return images;
}

/**
 * Every image, each once; undefined when there are more than can be selected.
 * @throws {Failure} when not every row could be read.
 */
export async function everyImage(scope: CallScope, hss: Source): Promise<LocalImage[] | undefined> {
  const first = await hss.listImageLocal({ offset: 0, limit: 10 }, scope);
  if (first.total_num > MOST_ROWS) return undefined;
  const images = distinct(await everyRowOf({}, scope, hss));
  return images.length > MOST_SELECTED ? undefined : images;
}

async function everyRowOf(filters: LocalImageFilter, scope: CallScope, hss: Source): Promise<readonly LocalImage[]> {
  const first = await listNamedImages(hss, { ...filters, offset: 0, limit: LARGEST_PAGE }, scope);
  const { matchedHere } = first;
  if (matchedHere) {
    if (!matchedHere.complete) throw unread(matchedHere.read, matchedHere.of, matchedHere.failure);
    return matchedHere.rows;
  }
  const { rows, total, failure } = await rowsSoFar(
    async (paging) => (paging.offset === 0 ? first : hss.listImageLocal({ ...filters, ...paging }, scope)),
    MOST_ROWS,
  );
  if (failure) throw unread(rows.length, total, failure);
  if (rows.length < total && rows.length >= MOST_ROWS) throw tooMany(total);
  return rows;
}

/** Nothing is sent for a part of what was meant. */
function unread(read: number, of: number, failure: Failure | undefined): Failure {
  const { choosing } = words();
  return new Failure(sentences([choosing.part_read(read, of), failure?.message]), {
    ...(failure?.details ?? { source: 'input', retry: false }),
    effect: 'not_sent',
    next: choosing.narrow_or_select,
  });
}

/** One scan takes no more images than a selection. */
export function tooMany(count: number): Failure {
  return badInput(words().choosing.too_many(count, MOST_SELECTED), words().choosing.narrow);
}
