import type { Choices } from './choices.js';
import type { Host, SeedImage, Software } from './seed/images.js';
import type { Vulnerability } from './seed/vulnerabilities.js';

/** The states of HSS that an image of the embedded estate passes through. */
export type ScanStatus = 'unscan' | 'waiting' | 'scanning' | 'success' | 'failed';

/** An image and the state of its scan at one moment. */
export interface ImageState {
  readonly image: SeedImage;
  readonly scan_status: ScanStatus;
  /** End of the last scan, in ms; 0 for never. A scan that failed counts only where that was chosen. */
  readonly latest_scan_time: number;
  /** End of the first scan that succeeded, in ms; 0 for never. */
  readonly first_scan_time: number;
  readonly scan_failed_desc: string;
}

/** What an estate is made of. */
export interface Seed {
  readonly images: readonly SeedImage[];
  /** Every vulnerability that scans can find, by its id. */
  readonly vulnerabilities: ReadonlyMap<string, Vulnerability>;
  /** Hosts of which no image is known. */
  readonly idleHosts?: readonly Host[];
}

/** A vulnerability found in a package of an image. */
export interface Finding {
  readonly vulnerability: Vulnerability;
  readonly software: Software;
}

interface Scan {
  readonly before: ImageState;
  readonly waitsAt: number;
  readonly runsAt: number;
  readonly endsAt: number;
}

/** How the time of a scan is shared out: the old state shows for a while, then it waits, then it runs. */
const OLD_STATE_SHOWS = 0.1;
const WAITS = 0.3;
/** Scans that are started together end one after another, this share of a scan apart, but all within four scans. */
const STAGGER = 0.07;
const ALL_END_WITHIN = 4;

/** The images of one region and the progress of their scans, computed from the clock whenever somebody looks. */
export class Estate {
  readonly images: readonly SeedImage[];
  readonly vulnerabilities: ReadonlyMap<string, Vulnerability>;
  readonly idleHosts: readonly Host[];
  readonly #places: ReadonlyMap<SeedImage, number>;
  /** The scans that have not ended when somebody looked last. */
  readonly #scans = new Map<SeedImage, Scan>();
  readonly #findings = new Map<Software, Readonly<Record<'open' | 'handled', readonly Finding[]>>>();
  #states: readonly ImageState[];

  constructor(
    seed: Seed,
    private readonly scanMs: number,
    private readonly now: () => number,
    private readonly choices: Pick<Choices, 'failedScanMovesTime'>,
  ) {
    this.images = seed.images;
    this.vulnerabilities = seed.vulnerabilities;
    this.idleHosts = seed.idleHosts ?? [];
    this.#places = new Map(this.images.map((image, place) => [image, place]));
    this.#states = this.images.map(initial);
  }

  /** The state of every image now, in a fixed order; the same array as before while no state has changed. */
  states(): readonly ImageState[] {
    const now = this.now();
    const changes: ImageState[] = [];
    for (const [image, scan] of this.#scans) {
      const state = this.#during(scan, now);
      if (now >= scan.endsAt) this.#scans.delete(image);
      if (state.scan_status !== this.#stored(image).scan_status || now >= scan.endsAt) changes.push(state);
    }
    this.#store(changes);
    return this.#states;
  }

  /** The state of one image now. */
  state(image: SeedImage): ImageState {
    const scan = this.#scans.get(image);
    return scan ? this.#during(scan, this.now()) : this.#stored(image);
  }

  /**
   * Starts scans of `images`. One that is under way goes on unchanged, and one that cannot be scanned stays as it is:
   * HSS documents neither, and says nothing about it in its answer.
   */
  startScans(images: readonly SeedImage[]): void {
    const acceptedAt = this.now();
    const startable = images.filter((image) => !image.non_scan_reason && !this.#isRunning(image));
    const apart = Math.min(STAGGER, (ALL_END_WITHIN - 1) / startable.length);
    for (const [index, image] of startable.entries()) {
      const total = this.scanMs * (1 + index * apart);
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

  /** What scans have found in an image up to now: what is left to be handled, or only what was handled. */
  findingsOf(state: ImageState, handled = false): readonly Finding[] {
    const packages = softwareOf(state);
    return packages.flatMap((software) => this.findingsIn(software, handled));
  }

  /** The findings of one package: what is left to be handled, or only what was handled. */
  findingsIn(software: Software, handled = false): readonly Finding[] {
    const known = this.#findings.get(software) ?? this.#sorted(software);
    return handled ? known.handled : known.open;
  }

  #sorted(software: Software) {
    const all = software.vulnerabilities.flatMap((id): Finding[] => {
      const vulnerability = this.vulnerabilities.get(id);
      return vulnerability ? [{ vulnerability, software }] : [];
    });
    const isHandled = ({ vulnerability }: Finding) => software.handled.includes(vulnerability.vul_id);
    const found = { open: all.filter((finding) => !isHandled(finding)), handled: all.filter(isHandled) };
    this.#findings.set(software, found);
    return found;
  }

  #during(scan: Scan, now: number): ImageState {
    const { before } = scan;
    if (now >= scan.endsAt) return this.#outcome(scan);
    if (now < scan.waitsAt) return before;
    return { ...before, scan_status: now < scan.runsAt ? 'waiting' : 'scanning', scan_failed_desc: '' };
  }

  #outcome({ before, endsAt }: Scan): ImageState {
    const { fails } = before.image;
    const ended = Math.floor(endsAt);
    if (fails) {
      const failed: ImageState = { ...before, scan_status: 'failed', scan_failed_desc: fails };
      return this.choices.failedScanMovesTime ? { ...failed, latest_scan_time: ended } : failed;
    }
    const first_scan_time = before.first_scan_time || ended;
    return { ...before, scan_status: 'success', latest_scan_time: ended, first_scan_time, scan_failed_desc: '' };
  }

  #begin(image: SeedImage, times: Omit<Scan, 'before'>): void {
    const before = this.state(image);
    this.#store([before]);
    this.#scans.set(image, { before, ...times });
  }

  #isRunning(image: SeedImage): boolean {
    const scan = this.#scans.get(image);
    return scan !== undefined && this.now() < scan.endsAt;
  }

  #stored(image: SeedImage): ImageState {
    return this.#states[this.#placeOf(image)] ?? initial(image);
  }

  #placeOf(image: SeedImage): number {
    return this.#places.get(image) ?? -1;
  }

  #store(changes: readonly ImageState[]): void {
    const changed = changes.filter((state) => state !== this.#stored(state.image));
    if (changed.length === 0) return;
    const states = [...this.#states];
    for (const state of changed) states[this.#placeOf(state.image)] = state;
    this.#states = states;
  }
}

function initial(image: SeedImage): ImageState {
  const { scannedAt = 0, fails, failedSince = false } = image;
  const times = { latest_scan_time: scannedAt, first_scan_time: scannedAt };
  if (scannedAt > 0 && !failedSince) return { image, scan_status: 'success', ...times, scan_failed_desc: '' };
  if (fails) return { image, scan_status: 'failed', ...times, scan_failed_desc: fails };
  return { image, scan_status: 'unscan', ...times, scan_failed_desc: '' };
}

/** The packages of an image; they are known from its scans, so there are none before the first one. */
export function softwareOf({ image, first_scan_time }: ImageState): readonly Software[] {
  return first_scan_time > 0 ? image.software : [];
}

/** The hosts that hold any of the images, each once. */
export function hostsOf(images: readonly SeedImage[]): Host[] {
  return [...new Set(images.flatMap(({ hosts }) => hosts))];
}
