import { badInput } from '../failure.js';
import type { LocalImage, LocalImageFilter } from '../hss/models.js';
import { quoted } from '../text/clean.js';
import { wordsAtStart } from '../words/at-start.js';
import { type Elsewhere, Kept, type Place } from './kept.js';

/** Images that went out in one request, and when HSS took it (in ms since 1970, by its own clock). */
export interface ScanPart {
  readonly images: readonly LocalImage[];
  readonly submittedAt: number;
}

/** A scan that HSS accepted, or may have, while the program runs. */
export interface Scan extends Place {
  readonly id: string;
  /** The images that were sent; undefined when HSS chose them itself: all, or by `filters`. */
  readonly parts?: readonly ScanPart[];
  readonly filters?: LocalImageFilter;
  /** Time of the first acceptance, in ms since 1970. */
  readonly submittedAt: number;
  /** Rows of ListImageLocal from before the scan, where HSS chose the images and they could be read. */
  readonly before?: readonly LocalImage[] | undefined;
}

/** The scans of this process: the latest 50. */
export class Scans {
  readonly #kept = new Kept<Scan>('scan');

  add(scan: Omit<Scan, 'id'>): Scan {
    return this.#kept.add((id) => ({ ...scan, id }));
  }

  /** Adds what was sent later to the images of a scan. */
  extend(scan: Scan, part: ScanPart): Scan {
    return this.#kept.replace(scan.id, { ...scan, parts: [...(scan.parts ?? []), part] });
  }

  /**
   * The scan with this id.
   * @param asked where the call looks, as far as it says so.
   * @throws {Failure} of source `input` for an id that is not known here, or that was made elsewhere.
   */
  get(id: string, asked: Elsewhere = {}): Scan {
    const scan = this.#kept.get(id, asked);
    if (scan) return scan;
    const say = wordsAtStart().places;
    throw badInput(say.unknown_scan(quoted(id)), say.look_first);
  }
}
