import { gzipSync } from 'node:zlib';
import type { FailureSource } from '../../src/failure.js';
import type { FaultKind } from '../../src/sandbox/faults.js';
import type { GateMode } from '../support/gate.js';
import { ECHO } from '../support/secrets.js';
import type { TunnelMode } from '../support/tunnel.js';

/** Who answers. */
export type Service = 'HSS' | 'IAM';

/** Where a fault strikes: at HSS itself, on the way to it, at the proxy, or when its name is looked up. */
export type Strike =
  | { readonly at: 'server'; readonly fault: FaultKind }
  | { readonly at: 'gate'; readonly mode: GateMode }
  | { readonly at: 'tunnel'; readonly mode: TunnelMode }
  | { readonly at: 'name' };

/** What has to come of a fault when the program may repeat a request twice. */
export interface Outcome {
  /** How often an operation that only reads is tried. */
  readonly reads: number;
  /** How often the scan request is tried. */
  readonly scans: number;
  /** Who can mend it. */
  readonly source: FailureSource;
  /** Whether a reader is told that the same call may succeed later. After an uncertain scan nobody is. */
  readonly again: boolean;
  /** What becomes of the scan request. */
  readonly scan: 'not_sent' | 'refused' | 'uncertain' | 'accepted';
}

export interface Fault extends Outcome {
  readonly name: string;
  readonly strike: Strike;
  /** What a reader is told, beside the rest. */
  readonly says: RegExp;
  /** Set where IAM differs: it asks nothing of a caller. */
  readonly iamSource?: FailureSource;
  /** Set where only one of the services knows such an answer. */
  readonly only?: 'HSS';
}

const OWNER: Outcome = { reads: 1, scans: 1, source: 'owner', again: false, scan: 'refused' };
const INPUT: Outcome = { ...OWNER, source: 'input' };
const BUSY: Outcome = { reads: 3, scans: 3, source: 'passing', again: true, scan: 'refused' };
const BUSY_FOR_LONG: Outcome = { ...BUSY, reads: 1, scans: 1 };
const REFUSED_FOR_NOW: Outcome = { reads: 1, scans: 1, source: 'passing', again: true, scan: 'refused' };
/** The server may have acted before it failed. */
const BROKEN: Outcome = { reads: 3, scans: 1, source: 'passing', again: true, scan: 'uncertain' };
const NO_CONTENT: Outcome = { ...BROKEN, reads: 1 };
/** An error under a good status: the service has said no, and what it did before is not known. */
const SAID_IN_PASSING: Outcome = { ...NO_CONTENT };
const CHANGED: Outcome = { reads: 1, scans: 1, source: 'owner', again: false, scan: 'uncertain' };
const NO_CONNECTION: Outcome = { reads: 3, scans: 3, source: 'passing', again: true, scan: 'not_sent' };
const NOT_TRUSTED: Outcome = { reads: 1, scans: 1, source: 'owner', again: false, scan: 'not_sent' };

const server = (fault: FaultKind): Strike => ({ at: 'server', fault });
const gate = (mode: GateMode): Strike => ({ at: 'gate', mode });
const bytes = (content: string | Buffer): Strike => gate({ kind: 'bytes', bytes: content });
const tunnel = (mode: TunnelMode): Strike => ({ at: 'tunnel', mode });

type Headers = Readonly<Record<string, string>>;
const respond = (status: number, body: string | Buffer, headers: Headers = {}): Strike =>
  server({ kind: 'respond', status, headers, body });
/** As the API gateway answers; like a careless server it says every secret back. */
const gatewayBody = (code: string) =>
  JSON.stringify({ error_code: code, error_msg: `refused: ${ECHO}`, request_id: 'a0' });
const gateway = (status: number, code: string, headers: Headers = {}) => respond(status, gatewayBody(code), headers);
const hss = (code: string) =>
  respond(400, JSON.stringify({ error_code: code, error_msg: ECHO, error_description: '错误' }), {
    'X-Request-Id': ECHO,
  });
const html = `<!DOCTYPE html><html><title>Sign in</title>${ECHO}</html>`;

const IAM_MENDS = { iamSource: 'owner' } as const;
const HSS_ONLY = { only: 'HSS' } as const;

const ANSWERS: readonly Fault[] = [
  { name: '400 HSS.0001', strike: hss('HSS.0001'), ...INPUT, says: /invalid parameter/, ...HSS_ONLY },
  { name: '400 HSS.0011', strike: hss('HSS.0011'), ...INPUT, says: /resource not found/, ...HSS_ONLY },
  { name: '400 HSS.0010', strike: hss('HSS.0010'), ...OWNER, says: /access denied/, ...HSS_ONLY },
  { name: '400 HSS.0013', strike: hss('HSS.0013'), ...OWNER, says: /enterprise project/, ...HSS_ONLY },
  { name: '400 HSS.0041', strike: hss('HSS.0041'), ...REFUSED_FOR_NOW, says: /host data/, ...HSS_ONLY },
  { name: '400 HSS.1001', strike: hss('HSS.1001'), ...OWNER, says: /no agent/, ...HSS_ONLY },
  { name: '400 HSS.1002', strike: hss('HSS.1002'), ...OWNER, says: /quota/, ...HSS_ONLY },
  { name: '400 HSS.1007', strike: hss('HSS.1007'), ...OWNER, says: /agent is offline/, ...HSS_ONLY },
  { name: '400 HSS.1105', strike: hss('HSS.1105'), ...REFUSED_FOR_NOW, says: /unknown error/, ...HSS_ONLY },
  { name: '400 00000010', strike: hss('00000010'), ...OWNER, says: /access denied/, ...HSS_ONLY },
  { name: '400 with an unknown code', strike: hss('HSS.9999'), ...INPUT, says: /HSS\.9999/, ...IAM_MENDS },
  { name: '400 APIGW.0104', strike: gateway(400, 'APIGW.0104'), ...REFUSED_FOR_NOW, says: /gateway/ },
  { name: '400 APIGW.0201', strike: gateway(400, 'APIGW.0201'), ...INPUT, says: /not accepted/, ...IAM_MENDS },
  { name: '401 APIGW.0301', strike: gateway(401, 'APIGW.0301'), ...OWNER, says: /five failures in a row lock the key/ },
  { name: '401 APIG.0301', strike: gateway(401, 'APIG.0301'), ...OWNER, says: /APIGW\.0301/ },
  { name: '401 APIC.0301', strike: gateway(401, 'APIC.0301'), ...OWNER, says: /APIGW\.0301/ },
  { name: '401 APIGW.0303', strike: gateway(401, 'APIGW.0303'), ...OWNER, says: /app authentication failed/ },
  { name: '401 APIGW.0307', strike: gateway(401, 'APIGW.0307'), ...OWNER, says: /token has expired/ },
  { name: '401 APIGW.0311', strike: gateway(401, 'APIGW.0311'), ...OWNER, says: /authentication failed/ },
  { name: '401 without a code', strike: respond(401, html), ...OWNER, says: /not authenticated/ },
  { name: '403 APIGW.0302', strike: gateway(403, 'APIGW.0302'), ...OWNER, says: /may not call/ },
  { name: '403 APIGW.0304', strike: gateway(403, 'APIGW.0304'), ...OWNER, says: /refused for the app/ },
  { name: '403 APIGW.0310', strike: gateway(403, 'APIGW.0310'), ...OWNER, says: /HSS_PROJECT_ID/ },
  { name: '403 APIGW.0401', strike: gateway(403, 'APIGW.0401'), ...OWNER, says: /address of this machine/ },
  { name: '403 without a code', strike: respond(403, html), ...OWNER, says: /needs permission for HSS/ },
  { name: '404 APIGW.0101', strike: gateway(404, 'APIGW.0101'), ...OWNER, says: /HSS_REGION and HSS_ENDPOINT/ },
  { name: '404 APIGW.0103', strike: gateway(404, 'APIGW.0103'), ...OWNER, says: /no backend/ },
  { name: '404 without a code', strike: respond(404, html), ...OWNER, says: /HSS_REGION and HSS_ENDPOINT/ },
  { name: '408', strike: respond(408, ''), ...BROKEN, says: /HTTP 408/ },
  { name: '409', strike: respond(409, ''), ...INPUT, says: /HTTP 409/, ...IAM_MENDS },
  { name: '413 APIGW.0201', strike: gateway(413, 'APIGW.0201'), ...INPUT, says: /HTTP 413/, ...IAM_MENDS },
  { name: '429 without Retry-After', strike: gateway(429, 'APIGW.0308'), ...BUSY, says: /too many calls/ },
  {
    name: '429 with Retry-After in seconds',
    strike: gateway(429, 'APIGW.0308', { 'Retry-After': '1' }),
    ...BUSY,
    says: /asks to wait 1 s/,
  },
  {
    name: '429 with Retry-After as a date that is past',
    strike: gateway(429, 'APIGW.0308', { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    ...BUSY,
    says: /too many calls/,
  },
  {
    name: '429 with Retry-After in seconds, beyond the call',
    strike: gateway(429, 'APIGW.0308', { 'Retry-After': '120' }),
    ...BUSY_FOR_LONG,
    says: /asks to wait 120 s/,
  },
  {
    name: '429 with Retry-After as a date beyond the call',
    strike: gateway(429, 'APIGW.0308', { 'Retry-After': new Date(Date.now() + 3_600_000).toUTCString() }),
    ...BUSY_FOR_LONG,
    says: /asks to wait 3\d\d\d s/,
  },
  { name: '500', strike: gateway(500, 'APIGW.0201'), ...BROKEN, says: /HTTP 500/ },
  { name: '502', strike: gateway(502, 'APIGW.0201'), ...BROKEN, says: /HTTP 502/ },
  { name: '502 in HTML', strike: respond(502, html), ...BROKEN, says: /HTTP 502/ },
  { name: '503', strike: respond(503, ''), ...BUSY, says: /HTTP 503/ },
  { name: '504', strike: gateway(504, 'APIGW.0201'), ...BROKEN, says: /HTTP 504/ },
  ...[301, 302, 307, 308].map((status) => ({
    name: `${status} to another host`,
    strike: respond(status, '', { Location: 'https://hss.invalid/steal' }),
    ...OWNER,
    says: /does not come from the service/,
  })),
];

const CONTENTS: readonly Fault[] = [
  { name: '204', strike: respond(204, ''), ...NO_CONTENT, scan: 'accepted', says: /HTTP 204, but/ },
  { name: '200 without a body', strike: respond(200, ''), ...NO_CONTENT, scan: 'accepted', says: /HTTP 200, but/ },
  { name: '200 with an error', strike: gateway(200, 'HSS.1105'), ...SAID_IN_PASSING, says: /HSS\.1105/ },
  {
    name: '200 with an error of Keystone',
    strike: respond(200, JSON.stringify({ error: { code: 403, message: ECHO } })),
    ...SAID_IN_PASSING,
    says: /HTTP 200, 403/,
  },
  {
    name: '200 with a message only',
    strike: respond(200, JSON.stringify({ error_msg: ECHO })),
    ...SAID_IN_PASSING,
    says: /HTTP 200/,
  },
  {
    name: 'an answer of tiny rows',
    strike: respond(200, `{"total_num": 1, "data_list": [${'{},'.repeat(300_000)}{}], "projects": [], "token": {}}`),
    ...NO_CONTENT,
    says: /more than \d+ entries/,
  },
  {
    name: 'an answer of tiny rows within a row',
    strike: respond(200, `{"data_list": [{"cve_list": [${'{},'.repeat(10_000)}{}]}]}`),
    ...NO_CONTENT,
    says: /more than 10000 entries/,
  },
  { name: 'HTML', strike: respond(200, html), ...NO_CONTENT, says: /proxy, a login page/ },
  { name: 'JSON cut short', strike: respond(200, '{"total_num": 1, "da'), ...NO_CONTENT, says: /HTTP 200, but/ },
  { name: 'binary', strike: respond(200, Buffer.from([0, 0xff, 0xfe])), ...NO_CONTENT, says: /HTTP 200, but/ },
  {
    name: 'a gzip bomb',
    strike: respond(200, gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'Content-Encoding': 'gzip' }),
    ...CHANGED,
    says: /encoded as gzip/,
  },
  {
    name: 'an answer beyond 8 MiB',
    strike: respond(200, Buffer.alloc(8 * 1024 * 1024 + 1, ' ')),
    ...CHANGED,
    says: /larger than 8388608 bytes/,
  },
  {
    name: 'an answer beyond 8 MiB of unknown length',
    strike: bytes(`HTTP/1.1 200 OK\r\n\r\n${' '.repeat(8 * 1024 * 1024 + 1)}`),
    ...CHANGED,
    says: /larger than 8388608 bytes/,
  },
  {
    name: 'a length longer than the body',
    strike: bytes('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"total_num": 0}'),
    ...BROKEN,
    says: /ended within the answer/,
  },
  {
    name: 'a length shorter than the body',
    strike: bytes('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"total_num": 0}'),
    ...NO_CONTENT,
    says: /HTTP 200, but/,
  },
  {
    name: 'two lengths',
    strike: bytes('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'),
    ...BROKEN,
    says: /before an answer came/,
  },
  {
    name: 'headers beyond 16 KiB',
    strike: bytes(`HTTP/1.1 200 OK\r\nX-Large: ${'x'.repeat(100_000)}\r\n\r\n`),
    ...BROKEN,
    says: /before an answer came/,
  },
  { name: 'another protocol', strike: bytes('SSH-2.0-x\r\n'), ...BROKEN, says: /before an answer came/ },
];

const CONNECTIONS: readonly Fault[] = [
  { name: 'refused', strike: gate({ kind: 'refuse' }), ...NO_CONNECTION, says: /ECONNREFUSED/ },
  { name: 'an unknown host', strike: { at: 'name' }, ...NO_CONNECTION, says: /ENOTFOUND|EAI_AGAIN/ },
  {
    name: 'reset on the request',
    strike: gate({ kind: 'reset-on-request' }),
    ...BROKEN,
    says: /before an answer came/,
  },
  {
    name: 'reset before it is done',
    strike: server({ kind: 'reset-before' }),
    ...BROKEN,
    says: /before an answer came/,
  },
  {
    name: 'reset after it was done',
    strike: server({ kind: 'reset-after' }),
    ...BROKEN,
    says: /before an answer came/,
  },
  { name: 'truncated after it was done', strike: server({ kind: 'truncate' }), ...BROKEN, says: /within the answer/ },
  { name: 'half-open', strike: gate({ kind: 'silent' }), ...BROKEN, says: /no complete answer within 1000 ms/ },
  {
    name: 'no answer, though it was done',
    strike: server({ kind: 'hang', carryOut: true }),
    ...BROKEN,
    says: /HSS_TIMEOUT_MS/,
  },
  {
    name: 'slow headers',
    strike: gate({ kind: 'trickle', bytes: `HTTP/1.1 200 OK\r\nX-Slow: ${'x'.repeat(99)}`, intervalMs: 40 }),
    ...BROKEN,
    says: /no complete answer within 1000 ms/,
  },
  {
    name: 'a slow body',
    strike: gate({
      kind: 'trickle',
      bytes: `HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n${' '.repeat(99)}`,
      intervalMs: 15,
    }),
    ...BROKEN,
    says: /no complete answer within 1000 ms/,
  },
];

const TLS_AND_PROXY: readonly Fault[] = [
  { name: 'TLS for another name', strike: tunnel('wrong-name'), ...NOT_TRUSTED, says: /ALTNAME_INVALID/ },
  { name: 'TLS of an untrusted root', strike: tunnel('untrusted'), ...NOT_TRUSTED, says: /not trusted/ },
  { name: 'no TLS', strike: tunnel('no-tls'), ...NOT_TRUSTED, says: /ERR_SSL/ },
  { name: 'a proxy that refuses', strike: tunnel('HTTP/1.1 403 Forbidden'), ...NOT_TRUSTED, says: /HTTPS_PROXY/ },
  {
    name: 'a proxy that wants a password',
    strike: tunnel('HTTP/1.1 407 Proxy Authentication Required'),
    ...NOT_TRUSTED,
    says: /its user and password/,
  },
  { name: 'a proxy that gets no further', strike: tunnel('HTTP/1.1 502 Bad Gateway'), ...NO_CONNECTION, says: /502/ },
  { name: 'a proxy that hangs up', strike: tunnel('drop'), ...NO_CONNECTION, says: /no connection/ },
  {
    name: 'a proxy that says nothing',
    strike: tunnel('silent'),
    ...NO_CONNECTION,
    says: /no connection/,
  },
];

const FAULTS: readonly Fault[] = [...ANSWERS, ...CONTENTS, ...CONNECTIONS, ...TLS_AND_PROXY];

/**
 * Every fault that a service can have, with what has to come of it.
 * @param first index of the one to begin with: tests that run side by side begin apart, so that the heavy ones do not
 * come all at once.
 */
export function faultsOf(service: Service, first = 0): readonly Fault[] {
  const faults = FAULTS.filter(({ only }) => (only ?? service) === service);
  return [...faults.slice(first), ...faults.slice(0, first)];
}

/** Who can mend a fault of a service. */
export function sourceOf({ source, iamSource = source }: Fault, service: Service): FailureSource {
  return service === 'IAM' ? iamSource : source;
}
