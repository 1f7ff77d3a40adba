import { badInput } from '../failure.js';
import { wordsAtStart } from '../words/at-start.js';

const MOST_KEPT = 50;

/** Where images lie: an id means them in one region and enterprise project only. */
export interface Place {
  readonly region: string;
  readonly enterpriseProjectId?: string | undefined;
}

/** Where a call looks, as far as it says so. */
export type Elsewhere = { readonly [K in keyof Place]?: Place[K] | undefined };

/** Things that calls made, under short ids (`sel_1`, `sel_2`) while the program runs: the latest 50. */
export class Kept<T extends Place> {
  readonly #byId = new Map<string, T>();
  #made = 0;

  constructor(private readonly kind: string) {}

  add(make: (id: string) => T): T {
    this.#made += 1;
    const id = `${this.kind}_${this.#made}`;
    const made = make(id);
    this.#byId.set(id, made);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MOST_KEPT && oldest !== undefined) this.#byId.delete(oldest);
    return made;
  }

  /** Puts another in the place of one that is kept; one that was dropped meanwhile stays so. */
  replace(id: string, by: T): T {
    if (this.#byId.has(id)) this.#byId.set(id, by);
    return by;
  }

  /** @throws {Failure} of source `input` when the id means something elsewhere than the call says. */
  get(id: string, asked: Elsewhere): T | undefined {
    const found = this.#byId.get(id);
    if (!found) return undefined;
    const { region, enterpriseProjectId } = found;
    const isElsewhere =
      (asked.region !== undefined && asked.region !== region) ||
      (asked.enterpriseProjectId !== undefined && asked.enterpriseProjectId !== enterpriseProjectId);
    if (!isElsewhere) return found;
    const say = wordsAtStart().places;
    throw badInput(say.made_elsewhere(id, region, enterpriseProjectId ?? '0'), say.comes_with(id));
  }
}
