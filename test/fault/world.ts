import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { certificateFor } from '../support/certificate.js';
import { Gate } from '../support/gate.js';
import { CANARIES, CREDENTIALS, type CredentialsKind, proxyWithPassword } from '../support/secrets.js';
import { type Certificates, Tunnel } from '../support/tunnel.js';
import type { Fault, Service, Strike } from './faults.js';

const REGION = 'cn-north-4';
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

/** An embedded HSS and IAM, and the three roads to one of them, on which faults lie in wait. */
export class World {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly service: Service,
    private readonly gate: Gate,
    private readonly tunnel: Tunnel,
  ) {}

  static async start(service: Service, made: Certificates): Promise<World> {
    const sandbox = await Sandbox.start({ credentials: CANARIES });
    const origin = service === 'HSS' ? sandbox.hssEndpoint(REGION) : sandbox.iamEndpoint;
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
   * Settings that lead over `road`. Without a project the calls have to ask IAM for it.
   * @param waits whether the limit of an attempt is waited out each time. It is short then; else it is so long that no
   * busy machine comes near it, because an attempt that it ends counts as another fault.
   */
  settings(road: Road, waits: boolean, credentials: CredentialsKind): Record<string, string> {
    const { sandbox, service } = this;
    const host = HOSTS[service];
    const origin = {
      direct: `http://127.0.0.1:${this.gate.port}`,
      proxied: `https://${host}`,
      nowhere: `https://${host.replace('.test.example', '.invalid')}`,
    }[road];
    return {
      ...CREDENTIALS[credentials],
      HSS_REGION: REGION,
      ...(service === 'HSS' && { HSS_PROJECT_ID: sandbox.projectId(REGION) }),
      HSS_ENDPOINT: service === 'HSS' ? origin : sandbox.hssEndpoint(REGION),
      HSS_IAM_ENDPOINT: service === 'IAM' ? origin : sandbox.iamEndpoint,
      HSS_TIMEOUT_MS: waits ? '1000' : '10000',
      HSS_MAX_RETRIES: '2',
      HSS_LOG_LEVEL: 'debug',
      HTTPS_PROXY: proxyWithPassword(this.tunnel.port),
      ...(road === 'nowhere' && { NO_PROXY: '.invalid' }),
    };
  }

  /** Lets everything go wrong in this way from now on. */
  async strike(strike: Strike): Promise<void> {
    if (strike.at === 'server') this.sandbox.inject({ ...strike.fault, times: Number.POSITIVE_INFINITY });
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
