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
  readonly scan_failed_desc: string;
}

interface Scan {
  readonly acceptedAt: number;
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
    if (now < scan.acceptedAt + this.scanMs * OLD_STATE_SHOWS) return { image, ...settled };
    const scan_status = now < scan.acceptedAt + this.scanMs * WAITS ? 'waiting' : 'scanning';
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
      const { image: _, ...settled } = this.state(image);
      this.#settled.set(image, settled);
      this.#scans.set(image, { acceptedAt, endsAt: acceptedAt + this.scanMs * (1 + index * STAGGER) });
    }
  }

  /** Makes the image's scan, running or next, stay in `scanning` for ever; for tests of waiting. */
  hold(imageId: string): void {
    this.#scans.set(this.find(imageId), { acceptedAt: this.now() - this.scanMs, endsAt: Number.POSITIVE_INFINITY });
  }

  /** @throws {RangeError} when the estate has no such image. */
  find(imageId: string): SeedImage {
    const found = this.images.find((image) => image.image_id === imageId);
    if (!found) throw new RangeError(`no image ${imageId}`);
    return found;
  }

  #isRunning(image: SeedImage): boolean {
    const scan = this.#scans.get(image);
    return scan !== undefined && this.now() < scan.endsAt;
  }
}

function initial(image: SeedImage): Settled {
  if (image.scannedAt) return { scan_status: 'success', latest_scan_time: image.scannedAt, scan_failed_desc: '' };
  if (image.fails) return { scan_status: 'failed', latest_scan_time: 0, scan_failed_desc: image.fails };
  return { scan_status: 'unscan', latest_scan_time: 0, scan_failed_desc: '' };
}

/** Whether a failed scan moves latest_scan_time is not documented; here it does not, so no client may count on it. */
function outcome(image: SeedImage, before: Settled, scan: Scan): Settled {
  if (image.fails) {
    return { scan_status: 'failed', latest_scan_time: before.latest_scan_time, scan_failed_desc: image.fails };
  }
  return { scan_status: 'success', latest_scan_time: Math.floor(scan.endsAt), scan_failed_desc: '' };
}

/** A vulnerability found in a package of an image. */
export interface Finding {
  readonly vulnerability: Vulnerability;
  readonly software: Software;
  /** Whether somebody has dealt with it in HSS; then no count includes it. */
  readonly handled: boolean;
}

/** What scans have found in an image up to now; nothing for one that was never scanned. */
export function findingsOf({ image, latest_scan_time }: ImageState): Finding[] {
  if (latest_scan_time === 0) return [];
  return image.software.flatMap((software) =>
    software.vulnerabilities.flatMap((id) => {
      const vulnerability = VULNERABILITIES.get(id);
      return vulnerability ? [{ vulnerability, software, handled: image.handled?.includes(id) ?? false }] : [];
    }),
  );
}

/** The findings that nobody has dealt with: those that HSS counts. */
export function openFindingsOf(state: ImageState): Finding[] {
  return findingsOf(state).filter((finding) => !finding.handled);
}
