import type { CallOver } from '../call/limits.js';
import { type Effect, Failure, type FailureDetails } from '../failure.js';
import { type Repeatability, retryAfterMs } from '../http/retry.js';
import type { HttpFailure, HttpResponse } from '../http/transport.js';
import { clockSkew } from './clock-skew.js';
import { readApiError } from './error-body.js';
import { type AdviceByCode, adviceByStatus, GATEWAY_CODES } from './gateway-codes.js';

/** The operation that a failure is about. */
export interface OperationInfo {
  readonly service: 'HSS' | 'IAM';
  /** The service's own name, e.g. `BatchScanLocalImage`. */
  readonly name: string;
  readonly repeatability: Repeatability;
  /** Codes of the service itself, where it has its own; those of the gateway are known here. */
  readonly codes?: AdviceByCode;
  /** Advice that follows that of the code. */
  readonly hint?: string;
  /** Which permission it needs: advice where the caller lacks one. */
  readonly permission?: string;
  /** Rows of its list at most, where these are not the 200 of a page. */
  readonly mostRows?: number;
}

/**
 * The failure that an answer with an error stands for, by code and status, never by text.
 * @param readyIn seconds until the limit of requests leaves a place again.
 */
export function failureOfResponse(operation: OperationInfo, response: HttpResponse, readyIn?: number): Failure {
  const now = Date.now();
  const { status } = response;
  const { code, said, requestId } = readApiError(response);
  const advice =
    (code && (operation.codes?.get(code) ?? GATEWAY_CODES.get(code))) || adviceByStatus(status, operation.service);
  const wait = retryAfterMs(response, now);
  const next = [
    advice.next,
    advice.forbids && operation.permission,
    operation.hint,
    wait > 0 && `The service asks to wait ${Math.ceil(wait / 1000)} s.`,
    status === 401 && clockAdvice(response, now),
  ];
  const effect = operation.repeatability === 'act' ? effectOfStatus(status) : 'not_sent';
  return new Failure(
    `${operation.service} answered ${operation.name} with HTTP ${status}${code ? `, ${code}` : ''}: ${advice.meaning}.`,
    {
      source: advice.source,
      effect,
      retry: advice.retry && effect !== 'uncertain',
      next: next.filter(Boolean).join(' '),
      code,
      said,
      status,
      requestId,
      forbidden: advice.forbids,
      readyIn: readyIn === undefined ? undefined : Math.max(readyIn, Math.ceil(wait / 1000)),
    },
  );
}

/** The failure of an answer with a good status that is not what the operation answers. */
export function failureOfContent(operation: OperationInfo, response: HttpResponse, what: string): Failure {
  const { requestId } = readApiError(response);
  return new Failure(`${operation.service} answered ${operation.name} with HTTP ${response.status}, but ${what}.`, {
    source: 'passing',
    effect: operation.repeatability === 'act' ? 'uncertain' : 'not_sent',
    retry: operation.repeatability === 'read',
    next: 'Something between this machine and Huawei Cloud may have answered (a proxy, a login page). Check HTTPS_PROXY and the endpoint.',
    status: response.status,
    requestId,
  });
}

/** The failure of an exchange that brought no complete answer. */
export function failureOfExchange(operation: OperationInfo, failure: HttpFailure, origin: string): Failure {
  const certain = !failure.started || operation.repeatability === 'read';
  const { source, next } = EXCHANGE_ADVICE[failure.kind];
  return new Failure(
    `${operation.service} could not be asked for ${operation.name} at ${origin}: ${failure.message}.`,
    { source, effect: certain ? 'not_sent' : 'uncertain', retry: certain && source === 'passing', next },
    { cause: failure },
  );
}

/** The failure of a request that the limit of requests leaves no place for in time. @param readyIn seconds until it does. */
export function failureOfPace(operation: OperationInfo, readyIn: number): Failure {
  return new Failure(
    `${operation.service} limits how often ${operation.name} may be called, and the next place is free in ${readyIn} s.`,
    { source: 'passing', effect: 'not_sent', retry: true, next: `Call again in ${readyIn} s.`, readyIn },
  );
}

/** The failure of a request that this call did not begin, or left to others who wait for the same. */
export function failureOfTime(operation: OperationInfo, { message }: CallOver): Failure {
  const next = 'Call again: what was begun may be ready then. If it goes on, ask for less at once.';
  return new Failure(`No time was left for ${operation.name} of ${operation.service}: ${message}.`, {
    source: 'passing',
    effect: 'not_sent',
    retry: true,
    next,
  });
}

const owner = (next: string) => ({ source: 'owner', next }) as const;
const passing = (next: string) => ({ source: 'passing', next }) as const;
const BROKEN_OFF = passing('Try again; if it goes on, look for a proxy or firewall that ends connections.');

const EXCHANGE_ADVICE: Readonly<Record<HttpFailure['kind'], Pick<FailureDetails, 'source' | 'next'>>> = {
  connect: passing(
    'Check that this machine reaches the endpoint (network, DNS, HTTPS_PROXY) and that HSS_REGION is right; if it is only slow, raise HSS_TIMEOUT_MS (at most 40000).',
  ),
  proxy: owner('Check HTTPS_PROXY with its user and password, or go around the proxy with NO_PROXY.'),
  tls: owner(
    'If a company proxy opens TLS, give its certificate in NODE_EXTRA_CA_CERTS. Verification is never turned off.',
  ),
  timeout: passing('Try again; if it stays slow, raise HSS_TIMEOUT_MS (at most 40000) or ask for fewer rows.'),
  reset: BROKEN_OFF,
  truncated: BROKEN_OFF,
  'too-large': owner(
    'No answer of Huawei Cloud should be that large: look for a proxy that answers in its place, or ask for fewer rows with limit.',
  ),
  encoded: owner('A proxy changes the answers of Huawei Cloud. Go around it with NO_PROXY.'),
  aborted: passing('The call was cancelled.'),
};

/**
 * 429 and 503 come from in front of the service; other 5xx may come after it has acted, and an error under a good status
 * says neither.
 */
function effectOfStatus(status: number): Effect {
  return status < 300 || status === 408 || (status >= 500 && status !== 503) ? 'uncertain' : 'refused';
}

function clockAdvice(response: HttpResponse, now: number): string {
  const skew = clockSkew(response, now);
  return skew.tooLarge ? `The clock of this machine is ${skew.text}'s: set it right.` : '';
}
