import type { CallScope, HssClient } from '../hss/client.js';
import type { LocalImage, LocalImageFilter, LocalImageInfo } from '../hss/models.js';
import { listNamedImages, type MatchedHere } from '../hss/named-images.js';
import { words } from '../words/words.js';
import { notExpressible } from './filters.js';
import { findImages } from './find.js';

/** Rows of the list that stand for what filters select; the smallest page that HSS allows. */
const SAMPLE = 10;

/** What a scan request selects, as far as ListImageLocal tells. */
export interface Targets {
  /** Undefined when it cannot be counted; `why` says why. */
  readonly count: number | undefined;
  readonly why?: string;
  /** All of them for a list, the first few for filters. */
  readonly images: readonly LocalImage[];
  readonly notFound: readonly LocalImageInfo[];
  /** Whether every row was searched for the images of a list. */
  readonly complete: boolean;
}

/** The images of an explicit list. */
export async function targetsOfList(
  list: readonly LocalImageInfo[],
  scope: CallScope,
  hss: HssClient,
): Promise<Targets> {
  const { matches, complete } = await findImages(hss, list, scope);
  const images = [...new Set(matches.flat())];
  return {
    count: images.length,
    images,
    notFound: list.filter((_, index) => matches[index]?.length === 0),
    complete,
  };
}

/** The images that match filters. */
export async function targetsOfFilters(filters: LocalImageFilter, scope: CallScope, hss: HssClient): Promise<Targets> {
  const reason = notExpressible(filters);
  if (reason) return { count: undefined, why: reason.why, images: [], notFound: [], complete: true };
  const { total_num, data_list, matchedHere } = await listNamedImages(
    hss,
    { ...filters, offset: 0, limit: SAMPLE },
    scope,
  );
  const why = notAllMatched(matchedHere);
  return {
    count: why === undefined ? total_num : undefined,
    ...(why !== undefined && { why }),
    images: data_list,
    notFound: [],
    complete: true,
  };
}

/** Why a count of rows that were matched here says too little. */
function notAllMatched(matched: MatchedHere | undefined): string | undefined {
  if (!matched || matched.complete) return undefined;
  return words().choosing.names_looked_at(matched.read, matched.of);
}
