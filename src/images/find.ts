import { inParallel } from '../call/parallel.js';
import { badInput, Failure } from '../failure.js';
import type { CallScope, HssClient } from '../hss/client.js';
import type { ListImageLocalQuery, LocalImage, LocalImageInfo } from '../hss/models.js';
import { listNamedImages } from '../hss/named-images.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { IDENTITY, keyOf } from './identity.js';
import { namesAnImage } from './selection.js';

const PAGE = 200;
/** Rows searched at most for images that are named by id or digest only: HSS has no filter for those. */
export const MOST_ROWS_SEARCHED = 2_000;
const CONCURRENCY = 4;
/** A search of several looks goes on from page to page, and not from name to name: more names would begin anew each time. */
const MOST_NAMES_A_LOOK = 5;
/** So few names are asked for one by one without looking at the whole list first. */
const FEW_NAMES = 2;

/** What a search that takes several looks has seen: what one look has no place for, the next one reads. */
export class SearchMemory {
  /** Rows by image, with the round in which they were read last. */
  readonly #rows = new Map<string, { readonly row: LocalImage; readonly round: number }>();
  readonly #pages = new Set<number>();
  #round = 0;

  /** Whether a page was read in this round. */
  hasRead(offset: number): boolean {
    return this.#pages.has(offset);
  }

  keep(offset: number, rows: Iterable<readonly [string, LocalImage]>): void {
    this.#pages.add(offset);
    for (const [key, row] of rows) this.#rows.set(key, { row, round: this.#round });
  }

  /** Ends a round: what was not seen in it is gone. */
  endRound(): void {
    for (const [key, { round }] of this.#rows) if (round < this.#round) this.#rows.delete(key);
    this.#pages.clear();
    this.#round += 1;
  }

  *rows(): Generator<readonly [string, LocalImage]> {
    for (const [key, { row }] of this.#rows) yield [key, row];
  }
}

/** The rows that belong to each wanted image, in the order of the request; and whether the search saw every row. */
export interface FoundImages {
  readonly matches: readonly (readonly LocalImage[])[];
  readonly complete: boolean;
  /** What ended the search before its last page, which a later one goes on from. */
  readonly failure?: Failure | undefined;
  /** Server time of the last answer. */
  readonly servedAt: Date;
}

/**
 * Finds images through ListImageLocal with as few calls as may be: it knows no filter by id or digest, so images are
 * found by name, or by paging through the list where that takes fewer calls.
 * @param memory what earlier looks for the same images saw; with it a page that the limit of requests has no place for ends
 * the look, and not the search.
 */
export async function findImages(
  hss: HssClient,
  wanted: readonly LocalImageInfo[],
  scope: CallScope,
  memory?: SearchMemory,
): Promise<FoundImages> {
  const names = [...new Set(wanted.map((image) => image.image_name))];
  const allNamed = names.every((name): name is string => name !== undefined);
  const search = new Search(hss, wanted, scope, memory);
  if (allNamed && names.length <= FEW_NAMES) await search.byName(names);
  else await search.byPaging();
  return search.result();
}

class Search {
  readonly #rows = new Map<string, LocalImage>();
  #failure: Failure | undefined;
  #complete = true;
  #servedAt = new Date();

  constructor(
    private readonly hss: HssClient,
    private readonly wanted: readonly LocalImageInfo[],
    private readonly scope: CallScope,
    private readonly memory: SearchMemory | undefined,
  ) {}

  /** Reads the first page, then either the other pages or the images still missing by name, whichever is cheaper. */
  async byPaging(): Promise<void> {
    const total = await this.#page({}, 0);
    const { names, nameless } = this.#missing();
    const pages = Math.ceil(total / PAGE) - 1;
    const most = this.memory ? Math.min(pages, MOST_NAMES_A_LOOK) : pages;
    if (!nameless && names.length < most) return this.byName(names);
    await this.#round(total, nameless ? MOST_ROWS_SEARCHED : total);
    if (this.#failure) return;
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
      failure: this.#failure,
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
    await inParallel(offsetsTo(end), CONCURRENCY, (offset) => this.#page(query, offset));
  }

  /** The pages that no look of this round has read yet; a look that ends early keeps what it has read. */
  async #round(total: number, mostRows: number): Promise<void> {
    const { memory } = this;
    if (!memory) return this.#pages({}, total, mostRows);
    memory.keep(0, this.#rows);
    const end = Math.min(total, mostRows);
    if (end < total) this.#complete = false;
    const offsets = offsetsTo(end).filter((offset) => !memory.hasRead(offset));
    await inParallel(offsets, CONCURRENCY, async (offset) => {
      if (this.#failure) return;
      try {
        const { data_list } = await this.#ask({}, offset);
        memory.keep(offset, keyed(data_list));
      } catch (error) {
        if (!(error instanceof Failure) || error.details.readyIn === undefined) throw error;
        this.#failure = error;
      }
    });
    if (!this.#failure) memory.endRound();
    for (const [key, row] of memory.rows()) this.#rows.set(key, row);
  }

  async #page(query: ListImageLocalQuery, offset: number): Promise<number> {
    const { total_num, data_list } = await this.#ask(query, offset);
    this.#keep(data_list);
    return total_num;
  }

  async #ask(query: ListImageLocalQuery, offset: number) {
    const page = await this.hss.listImageLocal({ ...query, offset, limit: PAGE }, this.scope);
    this.#servedAt = page.servedAt;
    return page;
  }

  /** The list can move between two pages, and a row can be seen twice. */
  #keep(rows: readonly LocalImage[]): void {
    for (const [key, row] of keyed(rows)) this.#rows.set(key, row);
  }
}

/** Offsets of the pages after the first one. */
function offsetsTo(end: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(end / PAGE) - 1) }, (_, index) => (index + 1) * PAGE);
}

function keyed(rows: readonly LocalImage[]): (readonly [string, LocalImage])[] {
  return rows.map((row) => [keyOf(row), row] as const);
}

/** Whether every field that the caller gave equals that of the row. */
function isSame(row: LocalImage, image: LocalImageInfo): boolean {
  return IDENTITY.every((field) => image[field] === undefined || image[field] === row[field]);
}

/**
 * The one image that `wanted` names.
 * @throws {Failure} of source `input` when none or several match.
 */
export async function findOne(hss: HssClient, wanted: LocalImageInfo, scope: CallScope): Promise<LocalImage> {
  const { choosing } = words();
  if (!namesAnImage(wanted)) throw badInput(choosing.no_image_named, choosing.give_fields);
  const { matches, complete } = await findImages(hss, [wanted], scope);
  const [image, ...others] = matches[0] ?? [];
  if (others.length > 0) throw badInput(choosing.several_match(others.length + 1), choosing.give_ids);
  if (image) return image;
  throw badInput(
    sentences([
      choosing.no_such_image(scope.region),
      !complete && choosing.rows_searched(MOST_ROWS_SEARCHED),
      scope.enterpriseProjectId === undefined && choosing.only_project_0,
    ]),
    choosing.give_name,
  );
}
