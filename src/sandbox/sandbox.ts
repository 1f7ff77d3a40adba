import { createHash } from 'node:crypto';
import { Authentication } from './authentication.js';
import { type Choices, DEFAULT_CHOICES } from './choices.js';
import { SANDBOX_CREDENTIALS, type SandboxCredentials } from './credentials.js';
import { Estate, type Seed } from './estate.js';
import { Exports } from './exports.js';
import { type Fault, FaultQueue } from './faults.js';
import { HssEndpoint } from './hss.js';
import { IamEndpoint } from './iam.js';
import { type LimitKind, type LimitOptions, Limits, type LimitWindow } from './limits.js';
import { type RecordedRequest, RequestLog } from './record.js';
import { HOME_IMAGES, OTHER_IMAGES, plainImages } from './seed/images.js';
import { type LargeEstate, largeEstate } from './seed/large/estate.js';
import { VULNERABILITIES } from './seed/vulnerabilities.js';
import { Service } from './service.js';
import { Tokens } from './tokens.js';

/** How the sandbox is set up; the {@link Choices} among it say what it does where the documents leave one. */
export interface SandboxOptions extends Partial<Choices> {
  /** Each region has an HSS, a project and images of its own; the first one is the home region with the example images. */
  readonly regions?: readonly string[];
  /** How long a scan takes from its acceptance to its end, in ms. Default 4000. */
  readonly scanMs?: number;
  /** How long an export takes from its start to its file, in ms. Default 1000. */
  readonly exportMs?: number;
  /** Clock of the sandbox in ms since 1970. */
  readonly now?: () => number;
  /** Number of plain images generated in addition in the home region. */
  readonly extraImages?: number;
  /** A large estate in the home region in place of the example images: as many images as it says, the same for a seed. */
  readonly estate?: LargeEstate;
  readonly credentials?: SandboxCredentials;
  /** Life of a token issued by IAM, in seconds. Default 24 hours. */
  readonly tokenSeconds?: number;
  /** How many requests HSS takes; each region counts for itself. Default `none`: as many as come. */
  readonly limits?: LimitKind | LimitOptions;
  /** How much later HSS answers, in ms. Default 0; an answer over a network takes some 60. */
  readonly latencyMs?: number;
}

interface RegionalHss {
  readonly origin: string;
  readonly projectId: string;
  readonly estate: Estate;
  readonly limits: Limits;
}

/**
 * HSS and IAM on loopback, for everything that would need an account otherwise. They speak the real wire format, check
 * signatures and tokens as the gateway does, and keep images whose scans take time. Written from the documents alone,
 * without the client's code: a mistake made there shows here.
 */
export class Sandbox {
  readonly #services: Service[] = [];
  readonly #regions = new Map<string, RegionalHss>();
  readonly #requests = new RequestLog();
  readonly #faults = new FaultQueue();
  #iamOrigin = '';

  private constructor(readonly credentials: SandboxCredentials) {}

  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = new Sandbox(options.credentials ?? SANDBOX_CREDENTIALS);
    await sandbox.#start(options);
    return sandbox;
  }

  /** Origin of IAM. */
  get iamEndpoint(): string {
    return this.#iamOrigin;
  }

  /** Origin of HSS in a region. @throws {RangeError} for a region that the sandbox does not have. */
  hssEndpoint(region: string): string {
    return this.#regional(region).origin;
  }

  /** Project id of a region. @throws {RangeError} for a region that the sandbox does not have. */
  projectId(region: string): string {
    return this.#regional(region).projectId;
  }

  /** The images of a region. @throws {RangeError} for a region that the sandbox does not have. */
  estate(region: string): Estate {
    return this.#regional(region).estate;
  }

  /** The latest requests that have come, in order: the last 1,000. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests.latest;
  }

  /** How many requests have asked for an operation since the start. */
  count(operation: string): number {
    return this.#requests.count(operation);
  }

  /** The windows in which requests of a region were counted. @throws {RangeError} for a region that is not there. */
  limitWindows(region: string): readonly LimitWindow[] {
    return this.#regional(region).limits.windows;
  }

  /** How often an operation was really executed since the start. */
  carriedOut(operation: string): number {
    return this.#requests.carriedOut(operation);
  }

  /** Lets a coming request go wrong. */
  inject(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Lets coming requests go well again. */
  heal(): void {
    this.#faults.clear();
  }

  async close(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.close()));
  }

  async #start(options: SandboxOptions): Promise<void> {
    const { regions = ['cn-north-4', 'eu-west-101'], scanMs = 4000, exportMs = 1000, now = Date.now } = options;
    const choices: Choices = { ...DEFAULT_CHOICES, ...options };
    const projects = new Map(regions.map((region) => [region, projectIdOf(region)]));
    const tokens = new Tokens(this.credentials.authToken, (options.tokenSeconds ?? 86_400) * 1000, now);
    const authentication = new Authentication(this.credentials, tokens, now);
    const { latencyMs = 0 } = options;
    const shared = { faults: this.#faults, requests: this.#requests, now };
    const listen = async (endpoint: HssEndpoint | IamEndpoint, region: string) => {
      const service = new Service(endpoint, region, { ...shared, latencyMs: region === '' ? 0 : latencyMs });
      this.#services.push(service);
      return service.listen(0);
    };
    for (const [region, projectId] of projects) {
      const seed =
        region === regions[0] ? homeSeed(options) : { images: OTHER_IMAGES, vulnerabilities: VULNERABILITIES };
      const estate = new Estate(seed, scanMs, now, choices);
      const limits = new Limits(options.limits ?? 'none', now);
      const endpoint = new HssEndpoint(
        { id: region, projectId, estate, limits, exports: new Exports(exportMs, now) },
        authentication,
        choices,
      );
      this.#regions.set(region, { origin: await listen(endpoint, region), projectId, estate, limits });
    }
    const refused = Object.keys(choices.refused);
    const iam = new IamEndpoint(this.credentials, authentication, tokens, projects, refused);
    this.#iamOrigin = await listen(iam, '');
  }

  #regional(region: string): RegionalHss {
    const found = this.#regions.get(region);
    if (!found) throw new RangeError(`the sandbox has no region ${region}`);
    return found;
  }
}

function homeSeed({ estate, extraImages = 0 }: SandboxOptions): Seed {
  if (estate) return largeEstate(estate);
  return { images: [...HOME_IMAGES, ...plainImages(extraImages)], vulnerabilities: VULNERABILITIES };
}

function projectIdOf(region: string): string {
  return createHash('sha256').update(`project of ${region}`).digest('hex').slice(0, 32);
}
