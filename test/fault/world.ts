import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { certificateFor } from '../support/certificate.js';
import { Gate } from '../support/gate.js';
import { CANARIES, CREDENTIALS, type CredentialsKind, proxyWithPassword } from '../support/secrets.js';
import { type Certificates, Tunnel } from '../support/tunnel.js';
import type { Fault, Service, Strike } from './faults.js';

const HOME = 'cn-north-4';
/** Other regions, each with an endpoint and a pace of its own. Those of the roads lead to HSS over them. */
const OF_ROADS = { direct: HOME, proxied: 'cn-north-1', nowhere: 'cn-north-9' } as const;
/** One for each fault that changes the pace of a client. */
const PACED = ['cn-east-2', 'cn-east-3', 'cn-south-1', 'cn-southwest-2', 'ap-southeast-1'] as const;
/** What the paths of a service begin with. */
const PATHS: Readonly<Record<Service, string>> = { HSS: '/v5/', IAM: '/v3/' };
const HOSTS: Readonly<Record<Service, string>> = { HSS: 'hss.test.example', IAM: 'iam.test.example' };

/** How a client gets to the service: straight, through a proxy and TLS, or by a name that nobody knows. */
export type Road = 'direct' | 'proxied' | 'nowhere';

/** Certificates of the hosts of a {@link World}; made once, because that takes time. */
export async function certificates(): Promise<Certificates> {
  const [right, wrongName, untrusted] = await Promise.all([
    certificateFor(HOSTS.HSS, HOSTS.IAM),
    certificateFor('other.example'),
    certificateFor(HOSTS.HSS, HOSTS.IAM),
  ]);
  return { right, wrongName, untrusted };
}

/** Whether nothing but the client's own limit ends an attempt. */
export function endsByTimeout({ strike }: Fault): boolean {
  switch (strike.at) {
    case 'server':
      return strike.fault.kind === 'hang';
    case 'gate':
      return strike.mode.kind === 'silent' || strike.mode.kind === 'trickle';
    case 'tunnel':
      return strike.mode === 'silent';
    case 'name':
      return false;
  }
}

export function roadOf({ strike: { at } }: Fault): Road {
  if (at === 'tunnel') return 'proxied';
  return at === 'name' ? 'nowhere' : 'direct';
}

/** Whether a client has another pace after a fault. */
function changesPace({ name }: Fault): boolean {
  return name.startsWith('429');
}

/** An embedded HSS and IAM, and the three roads to one of them, on which faults lie in wait. */
export class World {
  /** The regions of the faults that change a pace. */
  readonly #paced = new Map<string, string>();

  private constructor(
    readonly sandbox: Sandbox,
    private readonly service: Service,
    private readonly gate: Gate,
    private readonly tunnel: Tunnel,
  ) {}

  static async start(service: Service, made: Certificates): Promise<World> {
    const sandbox = await Sandbox.start({
      credentials: CANARIES,
      // So that a fault of the look-up that is asked first stays the one that shows.
      refused: { KeystoneListProjects: 'HSS.0013' },
      regions: [HOME, ...Object.values(OF_ROADS).slice(1), ...PACED],
    });
    const origin = service === 'HSS' ? sandbox.hssEndpoint(HOME) : sandbox.iamEndpoint;
    const port = Number(new URL(origin).port);
    return new World(sandbox, service, await Gate.open(port), await Tunnel.open(port, made));
  }

  /** How many requests for an operation have come to the server, those that the gate caught before it included. */
  came(operation: string): number {
    return this.sandbox.count(operation) + this.gate.caught;
  }

  /** How often the proxy was asked for a connection. */
  get connects(): number {
    return this.tunnel.asked.length;
  }

  /**
   * Settings that lead over `road`, and to HSS over the other ones in other regions. Without a project the calls have to
   * ask IAM for it.
   * @param waits whether the limit of an attempt is waited out each time. It is short then; else it is so long that no
   * busy machine comes near it, because an attempt that it ends counts as another fault.
   */
  settings(road: Road, waits: boolean, credentials: CredentialsKind): Record<string, string> {
    const { sandbox, service } = this;
    const host = HOSTS[service];
    const origins = {
      direct: `http://127.0.0.1:${this.gate.port}`,
      proxied: `https://${host}`,
      nowhere: `https://${host.replace('.test.example', '.invalid')}`,
    };
    const hss = (region: string, over: Road) => (service === 'HSS' ? origins[over] : sandbox.hssEndpoint(region));
    return {
      ...CREDENTIALS[credentials],
      HSS_REGION: HOME,
      ...(service === 'HSS' && { HSS_PROJECT_ID: sandbox.projectId(HOME) }),
      HSS_ENDPOINT: hss(HOME, road),
      HSS_IAM_ENDPOINT: service === 'IAM' ? origins[road] : sandbox.iamEndpoint,
      ...endpointOf(OF_ROADS.proxied, hss(OF_ROADS.proxied, 'proxied')),
      ...endpointOf(OF_ROADS.nowhere, hss(OF_ROADS.nowhere, 'nowhere')),
      ...Object.assign({}, ...PACED.map((region) => endpointOf(region, hss(region, 'direct')))),
      HSS_TIMEOUT_MS: waits ? '1000' : '10000',
      HSS_MAX_RETRIES: '2',
      HSS_LOG_LEVEL: 'debug',
      HTTPS_PROXY: proxyWithPassword(this.tunnel.port),
      NO_PROXY: '.invalid',
    };
  }

  /**
   * The region in which a client with settings for the direct road meets a fault: that of the road, and one with a pace
   * of its own for a fault that changes it. IAM is the same for all regions, so other roads to it need other settings.
   */
  regionOf(fault: Fault): string {
    if (!changesPace(fault)) return this.service === 'HSS' ? OF_ROADS[roadOf(fault)] : HOME;
    const region = this.#paced.get(fault.name) ?? PACED[this.#paced.size];
    if (!region) throw new RangeError('more faults than regions');
    this.#paced.set(fault.name, region);
    return region;
  }

  /** Lets everything that the service is asked for go wrong in this way from now on. */
  async strike(strike: Strike): Promise<void> {
    if (strike.at === 'server') {
      this.sandbox.inject({ ...strike.fault, holding: PATHS[this.service], times: Number.POSITIVE_INFINITY });
    }
    if (strike.at === 'gate') await this.gate.set(strike.mode);
    if (strike.at === 'tunnel') this.tunnel.set(strike.mode);
    // A client has to notice that its connections are gone before it asks again.
    if (strike.at === 'gate' || strike.at === 'tunnel') await sleep(20);
  }

  async heal(): Promise<void> {
    this.sandbox.heal();
    await this.gate.set({ kind: 'pass' });
    this.tunnel.set('pass');
    await sleep(20);
  }

  async close(): Promise<void> {
    await Promise.all([this.gate.close(), this.tunnel.close()]);
    await this.sandbox.close();
  }
}

/** The setting of an endpoint of one region. */
function endpointOf(region: string, origin: string): Record<string, string> {
  return { [`HUAWEICLOUD_SDK_REGION_HSS_${region.toUpperCase().replaceAll('-', '_')}`]: origin };
}
