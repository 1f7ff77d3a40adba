import { inParallel } from '../call/parallel.js';
import { badInput } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { ListImageLocalQuery, LocalImage, LocalImageInfo } from '../hss/models.js';
import { listNamedImages } from '../hss/named-images.js';
import { namesAnImage } from './selection.js';

const PAGE = 200;
/** Rows searched at most for images that are named by id or digest only: HSS has no filter for those. */
export const MOST_ROWS_SEARCHED = 2_000;
const CONCURRENCY = 4;
/** So few names are asked for one by one without looking at the whole list first. */
const FEW_NAMES = 2;

/** The rows that belong to each wanted image, in the order of the request; and whether the search saw every row. */
export interface FoundImages {
  readonly matches: readonly (readonly LocalImage[])[];
  readonly complete: boolean;
  /** Server time of the last answer. */
  readonly servedAt: Date;
}

/**
 * Finds images through ListImageLocal with as few calls as may be: it knows no filter by id or digest, so images are
 * found by name, or by paging through the list where that takes fewer calls.
 */
export async function findImages(
  hss: HssClient,
  wanted: readonly LocalImageInfo[],
  scope: CallScope,
): Promise<FoundImages> {
  const names = [...new Set(wanted.map((image) => image.image_name))];
  const allNamed = names.every((name): name is string => name !== undefined);
  const search = new Search(hss, wanted, scope);
  if (allNamed && names.length <= FEW_NAMES) await search.byName(names);
  else await search.byPaging();
  return search.result();
}

class Search {
  readonly #rows = new Map<string, LocalImage>();
  #complete = true;
  #servedAt = new Date();

  constructor(
    private readonly hss: HssClient,
    private readonly wanted: readonly LocalImageInfo[],
    private readonly scope: CallScope,
  ) {}

  /** Reads the first page, then either the other pages or the images still missing by name, whichever is cheaper. */
  async byPaging(): Promise<void> {
    const total = await this.#page({}, 0);
    const { names, nameless } = this.#missing();
    const pages = Math.ceil(total / PAGE) - 1;
    if (!nameless && names.length < pages) return this.byName(names);
    await this.#pages({}, total, nameless ? MOST_ROWS_SEARCHED : total);
    // An image that has a name is found wherever it stands.
    if (!this.#complete) await this.byName(this.#missing().names);
  }

  async byName(names: readonly string[]): Promise<void> {
    await inParallel(names, CONCURRENCY, async (name) => {
      const versions = new Set(
        this.wanted.filter((image) => image.image_name === name).map((image) => image.image_version),
      );
      const [version] = versions;
      const query = { image_name: name, ...(versions.size === 1 && version && { image_version: version }) };
      const { total_num, data_list, servedAt, matchedHere } = await listNamedImages(
        this.hss,
        { ...query, offset: 0, limit: PAGE },
        this.scope,
      );
      this.#servedAt = servedAt;
      this.#keep(matchedHere?.rows ?? data_list);
      if (matchedHere && !matchedHere.complete) this.#complete = false;
      if (!matchedHere) await this.#pages(query, total_num, MOST_ROWS_SEARCHED);
    });
  }

  result(): FoundImages {
    const index = new Map<string, LocalImage[]>();
    for (const row of this.#rows.values()) {
      for (const key of [row.image_id, row.image_digest, row.image_name]) {
        if (key === undefined) continue;
        const rows = index.get(key);
        if (rows) rows.push(row);
        else index.set(key, [row]);
      }
    }
    const candidates = (image: LocalImageInfo) =>
      index.get(image.image_id ?? image.image_digest ?? image.image_name ?? '') ?? [];
    return {
      matches: this.wanted.map((image) => candidates(image).filter((row) => isSame(row, image))),
      complete: this.#complete,
      servedAt: this.#servedAt,
    };
  }

  /** The names of the images that were not found yet, and whether one of them has none. */
  #missing(): { names: string[]; nameless: boolean } {
    const { matches } = this.result();
    const missing = this.wanted.filter((_, index) => matches[index]?.length === 0).map((image) => image.image_name);
    const names = new Set(missing.filter((name) => name !== undefined));
    return { names: [...names], nameless: missing.includes(undefined) };
  }

  async #pages(query: ListImageLocalQuery, total: number, mostRows: number): Promise<void> {
    const end = Math.min(total, mostRows);
    if (end < total) this.#complete = false;
    const offsets = Array.from({ length: Math.max(0, Math.ceil(end / PAGE) - 1) }, (_, index) => (index + 1) * PAGE);
    await inParallel(offsets, CONCURRENCY, (offset) => this.#page(query, offset));
  }

  async #page(query: ListImageLocalQuery, offset: number): Promise<number> {
    const { total_num, data_list, servedAt } = await this.hss.listImageLocal(
      { ...query, offset, limit: PAGE },
      this.scope,
    );
    this.#servedAt = servedAt;
    this.#keep(data_list);
    return total_num;
  }

  /** The list can move between two pages, and a row can be seen twice. */
  #keep(rows: readonly LocalImage[]): void {
    for (const row of rows) this.#rows.set(JSON.stringify(FIELDS.map((field) => row[field])), row);
  }
}

const FIELDS = ['image_id', 'image_digest', 'image_name', 'image_version'] as const;

/** Whether every field that the caller gave equals that of the row. */
function isSame(row: LocalImage, image: LocalImageInfo): boolean {
  return FIELDS.every((field) => image[field] === undefined || image[field] === row[field]);
}

/**
 * The one image that `wanted` names.
 * @throws {Failure} of source `input` when none or several match.
 */
export async function findOne(hss: HssClient, wanted: LocalImageInfo, scope: CallScope): Promise<LocalImage> {
  if (!namesAnImage(wanted)) {
    throw badInput(
      'No image is named: image_id, image_digest and image_name are all missing.',
      'Give the identifying fields as the list of images has them.',
    );
  }
  const { matches, complete } = await findImages(hss, [wanted], scope);
  const [image, ...others] = matches[0] ?? [];
  if (others.length > 0) {
    throw badInput(`${others.length + 1} images match.`, 'Give image_id and image_digest of one of them.');
  }
  if (image) return image;
  const where =
    scope.enterpriseProjectId === undefined ? ' HSS looked only in enterprise project 0; try all_granted_eps.' : '';
  throw badInput(
    `No such image in region ${scope.region}.${complete ? '' : ` Only ${MOST_ROWS_SEARCHED} rows were searched.`}${where}`,
    'Give image_name, which HSS can search by, and compare the other fields with the list of images.',
  );
}
