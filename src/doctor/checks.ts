import { connect as connectTcp } from 'node:net';
import { contentOf, partOf } from '../call/part.js';
import { clockSkew } from '../cloud/clock-skew.js';
import type { Config, Connection } from '../config/config.js';
import { Failure } from '../failure.js';
import type { HssClient } from '../hss/client.js';
import { HSS_REGIONS } from '../hss/regions.js';
import { isLoopback } from '../http/loopback.js';
import { HttpFailure, type HttpResponse } from '../http/transport.js';
import { didYouMean } from '../text/did-you-mean.js';
import { connect, transportFor } from '../workspace/connect.js';
import { Routes } from '../workspace/routes.js';
import { judgePermission, refusedReads } from './permission.js';

/** What one check found. `skipped` means that it makes no sense while an earlier one fails. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly found: string;
  /** What to do about it. */
  readonly next?: string;
}

const LIMIT_MS = 20_000;

const NAMES = [
  'settings',
  'credentials',
  'clock',
  'endpoint',
  'TLS',
  'proxy',
  'project',
  'permission',
  'limits',
] as const;
type Name = (typeof NAMES)[number];

/** Runs all checks in their order. Nothing is changed: the last ones read a row or two of what the tools read. */
export async function runChecks(config: Config): Promise<Check[]> {
  const results = new Map<Name, Check>();
  const put = (name: Name, status: Check['status'], found: string, next?: string) =>
    results.set(name, { name, status, found, ...(next && { next }) });
  try {
    await examine(config, put);
  } catch (error) {
    const first = NAMES.find((name) => !results.has(name)) ?? 'permission';
    if (error instanceof Failure) put(first, 'failed', error.message, error.details.next);
    else
      put(first, 'failed', `a defect of this program: ${error}`, 'Report it, without keys and names of your account.');
  }
  return NAMES.map(
    (name) => results.get(name) ?? { name, status: 'skipped', found: 'not checked, because an earlier check failed' },
  );
}

type Put = (name: Name, status: Check['status'], found: string, next?: string) => void;

/** Puts results in the order of the checks; a Failure thrown belongs to the first check that has no result yet. */
async function examine(config: Config, put: Put): Promise<void> {
  const connection = config.connection();
  put('settings', 'ok', [`region ${connection.region}, all settings are usable`, ...config.warnings].join('. '));
  put('credentials', 'ok', CREDENTIALS[connection.credentials.kind]);

  const { hss, close } = connect(connection, { ...config, maxRetries: 0 }, () => {});
  try {
    const reached = await reach(config, connection, new Routes(connection).hss(connection.region), put);
    if (!reached) return;
    await askHss(connection, hss, put);
  } finally {
    await close();
  }
}

const CREDENTIALS: Readonly<Record<Connection['credentials']['kind'], string>> = {
  token: 'a ready IAM token (HSS_AUTH_TOKEN)',
  'access-key': 'an access key (AK and SK)',
  'iam-user': 'an IAM user with password',
  ecs: 'the agency of this ECS',
};

/** Asks the endpoint for anything at all: whatever it answers, it is there, its certificate is trusted, and it has a clock. */
async function reach(config: Config, connection: Connection, origin: string, put: Put): Promise<boolean> {
  const { proxy } = connection;
  const transport = transportFor(connection, config);
  try {
    const response = await transport.exchange({ origin, method: 'GET', target: '/', headers: {} }, limits());
    if (!checkClock(response, put)) return false;
    put('endpoint', 'ok', `${origin} answers`);
    put('TLS', 'ok', origin.startsWith('https:') ? 'the certificate is trusted' : 'plain http on loopback');
    put('proxy', 'ok', proxy ? 'set; loopback and NO_PROXY go around it' : 'none');
    return true;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    put('clock', 'skipped', 'the server gave no answer to compare with');
    await blame(error, connection, origin, put);
    return false;
  } finally {
    await transport.close();
  }
}

function checkClock(response: HttpResponse, put: Put): boolean {
  const { ms, tooLarge, text } = clockSkew(response);
  if (tooLarge) {
    const next = 'Set the clock: signatures more than 15 minutes off are refused.';
    put('clock', 'failed', `the clock of this machine is ${text}`, next);
    return false;
  }
  const small = Math.abs(ms) < 60_000 ? 'right' : text;
  put('clock', 'ok', Number.isNaN(ms) ? 'not known: the server sends no Date' : small);
  return true;
}

/** Finds out which of endpoint, TLS and proxy is to blame for a missing answer. */
async function blame(
  failure: HttpFailure,
  { region, proxy, hssEndpoint, regionEndpoints }: Connection,
  origin: string,
  put: Put,
): Promise<void> {
  if (failure.kind === 'tls') {
    put('endpoint', 'ok', `${origin} is there`);
    put('TLS', 'failed', failure.message, 'If a company proxy opens TLS, give its certificate in NODE_EXTRA_CA_CERTS.');
    return;
  }
  const proxyFault =
    proxy && !isLoopback(new URL(origin).hostname)
      ? await proxyProblem(failure, new URL(proxy.url.reveal()))
      : undefined;
  if (proxyFault) {
    for (const name of ['endpoint', 'TLS'] as const)
      put(name, 'skipped', 'not reached, because the proxy stands before it');
    put('proxy', 'failed', proxyFault, 'Check HTTPS_PROXY and its user and password, or go around it with NO_PROXY.');
    return;
  }
  const known = HSS_REGIONS.includes(region) || hssEndpoint !== undefined || regionEndpoints[region] !== undefined;
  const meant = didYouMean(region, HSS_REGIONS);
  put(
    'endpoint',
    'failed',
    `${origin}: ${failure.message}`,
    known
      ? 'Check that this machine reaches the endpoint: network, DNS, firewall, HTTPS_PROXY.'
      : `${region} is not a region that is known to have HSS.${meant ? ` Did you mean ${meant}?` : ''} Check HSS_REGION.`,
  );
}

async function proxyProblem(failure: HttpFailure, proxy: URL): Promise<string | undefined> {
  const answer = /Proxy response \((\d+)\)/.exec(failure.message)?.[1];
  if (answer) return `the proxy ${proxy.host} refused with HTTP ${answer}`;
  const port = Number(proxy.port) || (proxy.protocol === 'https:' ? 443 : 80);
  return (await answers(proxy.hostname, port)) ? undefined : `the proxy ${proxy.host} cannot be reached`;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: 5_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

async function askHss({ region, projectId, enterpriseProjectId }: Connection, hss: HssClient, put: Put): Promise<void> {
  const id = await hss.projectId(region, limits());
  put('project', 'ok', projectId ? `${id}, as set` : `${id}, found in IAM`);
  const scope = { ...limits(), region, ...(enterpriseProjectId && { enterpriseProjectId }) };
  const images = await partOf(hss.listImageLocal({ offset: 0, limit: 10 }, scope));
  if ('failure' in images && !images.failure.details.forbidden) throw images.failure;
  const others = await refusedReads(hss, contentOf(images)?.data_list[0]?.image_id, scope);
  const { status, found, next } = judgePermission(images, others, enterpriseProjectId);
  put('permission', status, found, next);
  put('limits', 'ok', LIMITS);
}

const LIMITS =
  'HSS documents 5 requests a minute for an API and a user. Whether it holds you to that shows in its answers: after the first refusal this server keeps the pace, and says when more can be read';

const limits = () => ({ signal: AbortSignal.timeout(LIMIT_MS), deadline: performance.now() + LIMIT_MS });
