import { badInput } from '../failure.js';
import type { LocalImage } from '../hss/models.js';
import { quoted } from '../text/clean.js';

/** Images that a selection holds at most, and selections that are kept: the latest. */
export const MOST_SELECTED = 10_000;
const MOST_SELECTIONS = 50;

/** Where images lie: an id means them in one region and enterprise project only. */
export interface SelectionScope {
  readonly region: string;
  readonly enterpriseProjectId?: string | undefined;
}

/** A set of images, fixed under a short id while the program runs. */
export interface Selection extends SelectionScope {
  readonly id: string;
  /** As ListImageLocal had them when the selection was made. */
  readonly images: readonly LocalImage[];
  /** Ids of the hosts whose images were selected; undefined when hosts played no part. */
  readonly hostIds?: readonly string[] | undefined;
  /** In ms since 1970. */
  readonly madeAt: number;
}

/** The selections of this process. */
export class Selections {
  readonly #byId = new Map<string, Selection>();
  #made = 0;

  /** Keeps a set of images, of at most {@link MOST_SELECTED}. */
  add(selection: Omit<Selection, 'id' | 'madeAt'>): Selection {
    this.#made += 1;
    const kept = { ...selection, id: `sel_${this.#made}`, madeAt: Date.now() };
    this.#byId.set(kept.id, kept);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MOST_SELECTIONS && oldest !== undefined) this.#byId.delete(oldest);
    return kept;
  }

  /**
   * The selection with this id.
   * @param asked where the call looks, as far as it says so.
   * @throws {Failure} of source `input` for an id that is not known here, or that means images elsewhere.
   */
  get(id: string, asked: { readonly [K in keyof SelectionScope]?: SelectionScope[K] | undefined } = {}): Selection {
    const selection = this.#byId.get(id);
    if (!selection) {
      throw badInput(
        `selection_id ${quoted(id)} is not known: selections are kept while this server runs, the latest ${MOST_SELECTIONS}.`,
        'Make one by listing local images with select: true.',
      );
    }
    const { region, enterpriseProjectId } = selection;
    const isElsewhere =
      (asked.region !== undefined && asked.region !== region) ||
      (asked.enterpriseProjectId !== undefined && asked.enterpriseProjectId !== enterpriseProjectId);
    if (isElsewhere) {
      throw badInput(
        `${id} was selected in region ${region}, enterprise project ${enterpriseProjectId ?? '0'}; this call names another.`,
        'Leave out region and enterprise_project_id: they come with the selection.',
      );
    }
    return selection;
  }
}
