import type { Estate, ImageState } from './estate.js';
import { grouped } from './grouped.js';
import type { Vulnerability } from './seed/vulnerabilities.js';

/** Answers remembered at most, each of which may be as long as the estate. */
const MOST_REMEMBERED = 16;

/**
 * The images that a call may see, in the states of one moment, with what is looked up in them again and again. A view
 * is good until a state changes, so that reading a large estate page by page makes its lists and indexes once.
 */
export class View {
  readonly #remembered = new Map<string, unknown>();
  #byId: Map<string, ImageState[]> | undefined;
  readonly #affected = new Map<boolean, ReadonlyMap<Vulnerability, readonly ImageState[]>>();

  constructor(
    readonly estate: Estate,
    readonly states: readonly ImageState[],
  ) {}

  /** The images with an id; several when the same image has more than one digest. */
  withId(imageId: string): readonly ImageState[] {
    this.#byId ??= grouped(this.states, ({ image }) => [image.image_id]);
    return this.#byId.get(imageId) ?? [];
  }

  /** The images by vulnerability, in the order of the ids of the vulnerabilities: fixed, and of no help to find the worst. */
  affected(handled: boolean): ReadonlyMap<Vulnerability, readonly ImageState[]> {
    const known = this.#affected.get(handled);
    if (known) return known;
    const found = grouped(this.states, (state) =>
      this.estate.findingsOf(state, handled).map(({ vulnerability }) => vulnerability),
    );
    const sorted = new Map([...found].sort(([left], [right]) => (left.vul_id < right.vul_id ? -1 : 1)));
    this.#affected.set(handled, sorted);
    return sorted;
  }

  /** What `make` made for this question before, or makes now; the latest 16 are kept. */
  remember<T extends object>(question: string, make: () => T): T {
    const known = this.#remembered.get(question) as T | undefined;
    if (known) return known;
    const made = make();
    this.#remembered.set(question, made);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return made;
  }
}
