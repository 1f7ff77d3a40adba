import type { HandleStatus, VulType } from '../hss/models.js';
import { Pages } from './pages.js';

/** A reading of pairs over all its pages: of vulnerabilities, or of images. */
export interface PairReading {
  readonly key: string;
  readonly status: HandleStatus;
  readonly type: VulType;
  readonly pages: Pages;
  /** Numbers of the vulnerabilities that are read; absent in a reading of images. */
  readonly vulnerabilities?: readonly number[];
  /** Whether they are all that HSS lists of this kind and state, so that it need not be told which. */
  readonly all?: boolean;
  /** Groups whose findings are read. */
  readonly groups?: readonly number[];
}

/** What experience tells of the pairs; it outlives what was read. */
export class PairTrust {
  /** Why pairs are not read any more; undefined as long as they are. */
  refusal: string | undefined;
  /** Whether the refusal may have passed by the next reading. */
  passing = false;
  /** Why the pairs of single images are not read any more. */
  imageRefusal: string | undefined;
  /** Whether a finding of a single image was found the other way, too. */
  imagesProven = false;
  /** How many vulnerabilities had as many pairs as HSS says. */
  agreed = 0;
  /** How often pairs that differed from HSS's numbers turned out to be right. */
  confirmed = 0;
}

/** Findings of one group as pairs tell them, not believed yet. */
export interface Candidate {
  readonly unhandled?: ReadonlySet<number>;
  readonly handled?: ReadonlySet<number>;
}

/** Readings of pairs that were begun. */
export class PairReadings {
  /** By group, what pairs told and nobody has checked yet. */
  readonly candidates = new Map<number, Candidate>();
  /** Readings of single images, by state, kind and group. */
  readonly #ofImages = new Map<string, PairReading>();
  #begun = 0;

  begin(reading: Omit<PairReading, 'key' | 'pages'>): PairReading {
    this.#begun += 1;
    const begun = { ...reading, key: `pairs ${this.#begun}`, pages: new Pages() };
    for (const group of begun.groups ?? []) this.#ofImages.set(keyOf(begun.status, begun.type, group), begun);
    return begun;
  }

  ofImage(status: HandleStatus, type: VulType, group: number): PairReading | undefined {
    return this.#ofImages.get(keyOf(status, type, group));
  }

  /** Lets a group be read anew. */
  forget(group: number): void {
    this.candidates.delete(group);
    for (const status of ['unhandled', 'handled'] as const) {
      for (const type of ['linux_vul', 'app_vul'] as const) this.#ofImages.delete(keyOf(status, type, group));
    }
  }
}

function keyOf(status: HandleStatus, type: VulType, group: number): string {
  return `${status} ${type} ${group}`;
}
