import { badInput } from '../failure.js';
import type { LocalImage } from '../hss/models.js';
import { quoted } from '../text/clean.js';
import { wordsAtStart } from '../words/at-start.js';
import { type Elsewhere, Kept, type Place } from './kept.js';

/** Images that a selection holds at most. */
export const MOST_SELECTED = 10_000;

/** A set of images, fixed under a short id while the program runs. */
export interface Selection extends Place {
  readonly id: string;
  /** As ListImageLocal had them when the selection was made; of images that a caller named, what it named. */
  readonly images: readonly LocalImage[];
  /** Whether filters or a list of images that the caller named made it. */
  readonly origin: 'filters' | 'list';
  /** Ids of the hosts whose images were selected; undefined when hosts played no part. */
  readonly hostIds?: readonly string[] | undefined;
}

/** The selections of this process: the latest 50. */
export class Selections {
  readonly #kept = new Kept<Selection>('sel');

  /** Keeps a set of images, of at most {@link MOST_SELECTED}. */
  add(selection: Omit<Selection, 'id'>): Selection {
    return this.#kept.add((id) => ({ ...selection, id }));
  }

  /**
   * The selection with this id.
   * @param asked where the call looks, as far as it says so.
   * @throws {Failure} of source `input` for an id that is not known here, or that means images elsewhere.
   */
  get(id: string, asked: Elsewhere = {}): Selection {
    const selection = this.#kept.get(id, asked);
    if (selection) return selection;
    const say = wordsAtStart().places;
    throw badInput(say.unknown_selection(quoted(id)), say.make_selection);
  }
}
