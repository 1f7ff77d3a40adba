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
import { timeForPeople } from '../text/zone.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import { connect, transportFor } from '../workspace/connect.js';
import { Routes } from '../workspace/routes.js';
import { judgePermission, refusedReads } from './permission.js';

/** What one check found. `skipped` means that it makes no sense while an earlier one fails. */
export interface Check {
  readonly name: Name;
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
    else put(first, 'failed', words().doctor.defect(String(error)), words().doctor.report_defect);
  }
  return NAMES.map((name) => results.get(name) ?? { name, status: 'skipped', found: words().doctor.not_checked });
}

type Put = (name: Name, status: Check['status'], found: string, next?: string) => void;

/** Puts results in the order of the checks; a Failure thrown belongs to the first check that has no result yet. */
async function examine(config: Config, put: Put): Promise<void> {
  const connection = config.connection();
  const say = words().doctor;
  const beside = sentences([...config.warnings, zoneOf(config)]);
  const { region, credentials } = connection;
  put('settings', 'ok', beside ? say.settings_usable_but(region, beside) : say.settings_usable(region));
  put('credentials', 'ok', say.credentials[credentials.kind]);

  const { hss, close } = connect(connection, { ...config, maxRetries: 0 }, () => {});
  try {
    const reached = await reach(config, connection, new Routes(connection).hss(connection.region), put);
    if (!reached) return;
    await askHss(connection, hss, put);
  } finally {
    await close();
  }
}

/** A zone that somebody chose, with the time there: whether it is the right one is seen at once. */
function zoneOf({ timeZone }: Config): string | undefined {
  return timeZone === 'UTC' ? undefined : words().times.shown_in(timeZone, timeForPeople(Date.now()));
}

/** Asks the endpoint for anything at all: whatever it answers, it is there, its certificate is trusted, and it has a clock. */
async function reach(config: Config, connection: Connection, origin: string, put: Put): Promise<boolean> {
  const { proxy } = connection;
  const say = words().doctor;
  const transport = transportFor(connection, config);
  try {
    const response = await transport.exchange({ origin, method: 'GET', target: '/', headers: {} }, limits());
    if (!checkClock(response, put)) return false;
    put('endpoint', 'ok', say.answers(origin));
    put('TLS', 'ok', origin.startsWith('https:') ? say.trusted : say.plain_http);
    put('proxy', 'ok', proxy ? say.proxy_set : say.no_proxy);
    return true;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    put('clock', 'skipped', say.clock_not_compared);
    await blame(error, connection, origin, put);
    return false;
  } finally {
    await transport.close();
  }
}

function checkClock(response: HttpResponse, put: Put): boolean {
  const { ms, tooLarge, minutes, behind } = clockSkew(response);
  const say = words().doctor;
  if (tooLarge) {
    put('clock', 'failed', say.clock_wrong(minutes, behind), say.set_clock);
    return false;
  }
  const small = Math.abs(ms) < 60_000 ? say.clock_right : say.clock_off(minutes, behind);
  put('clock', 'ok', Number.isNaN(ms) ? say.clock_unknown : small);
  return true;
}

/** Finds out which of endpoint, TLS and proxy is to blame for a missing answer. */
async function blame(
  failure: HttpFailure,
  { region, proxy, hssEndpoint, regionEndpoints }: Connection,
  origin: string,
  put: Put,
): Promise<void> {
  const say = words().doctor;
  if (failure.kind === 'tls') {
    put('endpoint', 'ok', say.there(origin));
    put('TLS', 'failed', failure.message, say.give_certificate);
    return;
  }
  const proxyFault =
    proxy && !isLoopback(new URL(origin).hostname)
      ? await proxyProblem(failure, new URL(proxy.url.reveal()))
      : undefined;
  if (proxyFault) {
    for (const name of ['endpoint', 'TLS'] as const) put(name, 'skipped', say.behind_proxy);
    put('proxy', 'failed', proxyFault, say.check_proxy);
    return;
  }
  const known = HSS_REGIONS.includes(region) || hssEndpoint !== undefined || regionEndpoints[region] !== undefined;
  const meant = didYouMean(region, HSS_REGIONS);
  put(
    'endpoint',
    'failed',
    say.no_answer(origin, failure.message),
    known ? say.check_network : say.unknown_region(region, meant),
  );
}

async function proxyProblem(failure: HttpFailure, proxy: URL): Promise<string | undefined> {
  const answer = /Proxy response \((\d+)\)/.exec(failure.message)?.[1];
  const say = words().doctor;
  if (answer) return say.proxy_refused(proxy.host, answer);
  const port = Number(proxy.port) || (proxy.protocol === 'https:' ? 443 : 80);
  return (await answers(proxy.hostname, port)) ? undefined : say.proxy_unreachable(proxy.host);
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
  const say = words().doctor;
  put('project', 'ok', projectId ? say.project_set(id) : say.project_found(id));
  const scope = { ...limits(), region, ...(enterpriseProjectId && { enterpriseProjectId }) };
  const images = await partOf(hss.listImageLocal({ offset: 0, limit: 10 }, scope));
  if ('failure' in images && !images.failure.details.forbidden) throw images.failure;
  const others = await refusedReads(hss, contentOf(images)?.data_list[0]?.image_id, scope);
  const { status, found, next } = judgePermission(images, others, enterpriseProjectId);
  put('permission', status, found, next);
  put('limits', 'ok', say.limits);
}

const limits = () => ({ signal: AbortSignal.timeout(LIMIT_MS), deadline: performance.now() + LIMIT_MS });
