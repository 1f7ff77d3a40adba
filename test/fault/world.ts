import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { certificateFor } from '../support/certificate.js';
import { Gate } from '../support/gate.js';
import { CANARIES, PROXY_PASSWORD } from '../support/secrets.js';
import { type Certificates, Tunnel } from '../support/tunnel.js';
import type { Strike } from './faults.js';

const REGION = 'cn-north-4';
const HOSTS = { HSS: 'hss.test.example', IAM: 'iam.test.example' } as const;

export type Service = keyof typeof HOSTS;

/** How a client gets to the service: straight, through a proxy and TLS, or by a name that nobody knows. */
export const ROADS = ['direct', 'proxied', 'nowhere'] as const;
export type Road = (typeof ROADS)[number];

/** As whom it calls; each kind of credentials is used somewhere. */
export type CredentialsKind = 'access key' | 'token' | 'IAM user';

const CREDENTIALS: Readonly<Record<CredentialsKind, Readonly<Record<string, string>>>> = {
  'access key': {
    CLOUD_SDK_AK: CANARIES.ak,
    CLOUD_SDK_SK: CANARIES.sk,
    CLOUD_SDK_SECURITY_TOKEN: CANARIES.securityToken,
    // Not used, and no less secret.
    HW_USER_PASSWORD: CANARIES.iamPassword,
  },
  token: { HSS_AUTH_TOKEN: CANARIES.authToken, CLOUD_SDK_AK: CANARIES.ak, CLOUD_SDK_SK: CANARIES.sk },
  'IAM user': {
    HSS_IAM_USER: CANARIES.iamUser,
    HSS_IAM_PASSWORD: CANARIES.iamPassword,
    HSS_IAM_DOMAIN: CANARIES.iamDomain,
  },
};

/** Certificates of the hosts of a {@link World}; made once, because that takes time. */
export async function certificates(): Promise<Certificates> {
  const [right, wrongName, untrusted] = await Promise.all([
    certificateFor(HOSTS.HSS, HOSTS.IAM),
    certificateFor('other.example'),
    certificateFor(HOSTS.HSS, HOSTS.IAM),
  ]);
  return { right, wrongName, untrusted };
}

export function roadOf({ at }: Strike): Road {
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

  /** Settings that lead over `road`. Without a project the calls have to ask IAM for it. */
  settings(road: Road, credentials: CredentialsKind): Record<string, string> {
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
      HSS_TIMEOUT_MS: '1000',
      HSS_MAX_RETRIES: '2',
      HSS_LOG_LEVEL: 'debug',
      HTTPS_PROXY: `http://user:${PROXY_PASSWORD}@127.0.0.1:${this.tunnel.port}`,
      ...(road === 'nowhere' && { NO_PROXY: '.invalid' }),
    };
  }

  /** All that a program with these credentials must not let out, the tokens that it was given by IAM included. */
  secrets(credentials: CredentialsKind): string[] {
    const set = Object.values(CREDENTIALS[credentials]).filter((value) => value.startsWith('CANARY'));
    const issued = this.sandbox.requests.flatMap(({ headers }) => headers['x-auth-token'] ?? []);
    return [...new Set([...set, ...issued, PROXY_PASSWORD, `user:${PROXY_PASSWORD}`])];
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
