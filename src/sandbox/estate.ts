import type { SeedImage, Software } from './seed/images.js';
import { VULNERABILITIES, type Vulnerability } from './seed/vulnerabilities.js';

/** The states of HSS that an image of the embedded estate passes through. */
export type ScanStatus = 'unscan' | 'waiting' | 'scanning' | 'success' | 'failed';

/** An image and the state of its scan at one moment. */
export interface ImageState {
  readonly image: SeedImage;
  readonly scan_status: ScanStatus;
  /** End of the last scan that succeeded, in ms; 0 for never. */
  readonly latest_scan_time: number;
  /** End of the first scan that succeeded, in ms; 0 for never. */
  readonly first_scan_time: number;
  readonly scan_failed_desc: string;
}

interface Scan {
  readonly waitsAt: number;
  readonly runsAt: number;
  readonly endsAt: number;
}

type Settled = Omit<ImageState, 'image'>;

/** How the time of a scan is shared out: the old state shows for a while, then it waits, then it runs. */
const OLD_STATE_SHOWS = 0.1;
const WAITS = 0.3;
/** Scans that are started together end one after another, this share of a scan apart. */
const STAGGER = 0.07;

/** The images of one region and the progress of their scans, computed from the clock whenever somebody looks. */
export class Estate {
  readonly #settled = new Map<SeedImage, Settled>();
  readonly #scans = new Map<SeedImage, Scan>();

  constructor(
    readonly images: readonly SeedImage[],
    private readonly scanMs: number,
    private readonly now: () => number,
  ) {
    for (const image of images) this.#settled.set(image, initial(image));
  }

  /** The state of every image now, in a fixed order. */
  states(): ImageState[] {
    return this.images.map((image) => this.state(image));
  }

  /** The state of one image now. */
  state(image: SeedImage): ImageState {
    const settled = this.#settled.get(image) ?? initial(image);
    const scan = this.#scans.get(image);
    if (!scan) return { image, ...settled };
    const now = this.now();
    if (now >= scan.endsAt) return { image, ...outcome(image, settled, scan) };
    if (now < scan.waitsAt) return { image, ...settled };
    const scan_status = now < scan.runsAt ? 'waiting' : 'scanning';
    return { image, ...settled, scan_status, scan_failed_desc: '' };
  }

  /**
   * Starts scans of `images`. One that is under way goes on unchanged, and one that cannot be scanned stays as it is:
   * HSS documents neither, and says nothing about it in its answer.
   */
  startScans(images: readonly SeedImage[]): void {
    const acceptedAt = this.now();
    const startable = images.filter((image) => !image.non_scan_reason && !this.#isRunning(image));
    for (const [index, image] of startable.entries()) {
      const total = this.scanMs * (1 + index * STAGGER);
      this.#begin(image, {
        waitsAt: acceptedAt + total * OLD_STATE_SHOWS,
        runsAt: acceptedAt + total * WAITS,
        endsAt: acceptedAt + total,
      });
    }
  }

  /** Puts the image into `scanning` for ever; for tests of waiting. @throws {RangeError} as `find`. */
  hold(imageId: string): void {
    const now = this.now();
    this.#begin(this.find(imageId), { waitsAt: now, runsAt: now, endsAt: Number.POSITIVE_INFINITY });
  }

  /** @throws {RangeError} when the estate has no such image. */
  find(imageId: string): SeedImage {
    const found = this.images.find((image) => image.image_id === imageId);
    if (!found) throw new RangeError(`no image ${imageId}`);
    return found;
  }

  #begin(image: SeedImage, scan: Scan): void {
    const { image: _, ...before } = this.state(image);
    this.#settled.set(image, before);
    this.#scans.set(image, scan);
  }

  #isRunning(image: SeedImage): boolean {
    const scan = this.#scans.get(image);
    return scan !== undefined && this.now() < scan.endsAt;
  }
}

function initial({ scannedAt = 0, fails }: SeedImage): Settled {
  const times = { latest_scan_time: scannedAt, first_scan_time: scannedAt };
  if (scannedAt > 0) return { scan_status: 'success', ...times, scan_failed_desc: '' };
  if (fails) return { scan_status: 'failed', ...times, scan_failed_desc: fails };
  return { scan_status: 'unscan', ...times, scan_failed_desc: '' };
}

/** Whether a failed scan moves latest_scan_time is not documented; here it does not, so no client may count on it. */
function outcome(image: SeedImage, before: Settled, scan: Scan): Settled {
  if (image.fails) return { ...before, scan_status: 'failed', scan_failed_desc: image.fails };
  const latest_scan_time = Math.floor(scan.endsAt);
  const first_scan_time = before.first_scan_time || latest_scan_time;
  return { scan_status: 'success', latest_scan_time, first_scan_time, scan_failed_desc: '' };
}

/** A vulnerability found in a package of an image. */
export interface Finding {
  readonly vulnerability: Vulnerability;
  readonly software: Software;
}

/** The packages of an image; they are known from its scans, so there are none before the first one. */
export function softwareOf({ image, latest_scan_time }: ImageState): readonly Software[] {
  return latest_scan_time > 0 ? image.software : [];
}

/** What scans have found in an image up to now: what is left to be handled, or only what was handled. */
export function findingsOf(state: ImageState, handled = false): Finding[] {
  return softwareOf(state).flatMap((software) =>
    software.vulnerabilities
      .filter((id) => software.handled.includes(id) === handled)
      .flatMap((id) => {
        const vulnerability = VULNERABILITIES.get(id);
        return vulnerability ? [{ vulnerability, software }] : [];
      }),
  );
}
