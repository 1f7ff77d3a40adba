import { type Effect, Failure } from '../failure.js';
import { type Repeatability, retryAfterMs } from '../http/retry.js';
import type { HttpFailure, HttpResponse } from '../http/transport.js';
import { readApiError } from './api-error.js';
import { clockSkew } from './clock.js';
import { adviceByStatus, type CodeAdvice, GATEWAY_CODES } from './gateway-codes.js';

/** The operation that a failure is about. */
export interface OperationInfo {
  readonly service: 'HSS' | 'IAM';
  /** The service's own name, e.g. `BatchScanLocalImage`. */
  readonly name: string;
  readonly repeatability: Repeatability;
  /** Codes of the service itself; those of the gateway are known here. */
  readonly codes: Readonly<Record<string, CodeAdvice>>;
  /** Advice that follows that of the code. */
  readonly hint?: string;
}

/** The failure that an answer with an error status stands for, by code and status, never by text. */
export function failureOfResponse(operation: OperationInfo, response: HttpResponse, now = Date.now()): Failure {
  const { status } = response;
  const { code, said, requestId } = readApiError(response);
  const advice = (code && (operation.codes[code] ?? GATEWAY_CODES[code])) || adviceByStatus(status);
  const wait = retryAfterMs(response, now);
  const next = [
    advice.next,
    operation.hint,
    wait > 0 && `The service asks to wait ${Math.ceil(wait / 1000)} s.`,
    status === 401 && clockAdvice(response, now),
  ];
  return new Failure(
    `${operation.service} answered ${operation.name} with HTTP ${status}${code ? `, ${code}` : ''}: ${advice.meaning}.`,
    {
      source: advice.source,
      effect: operation.repeatability === 'act' ? effectOfStatus(status) : 'not_sent',
      retry: advice.retry,
      next: next.filter(Boolean).join(' '),
      code,
      said,
      status,
      requestId,
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
  const source = failure.kind === 'tls' ? 'owner' : 'passing';
  const retry = failure.kind !== 'tls' && certain;
  return new Failure(
    `${operation.service} could not be asked for ${operation.name} at ${origin}: ${failure.message}.`,
    { source, effect: certain ? 'not_sent' : 'uncertain', retry, next: EXCHANGE_ADVICE[failure.kind] },
    { cause: failure },
  );
}

const EXCHANGE_ADVICE: Readonly<Record<HttpFailure['kind'], string>> = {
  connect: 'Check that this machine reaches the endpoint (network, DNS, HTTPS_PROXY) and that HSS_REGION is right.',
  tls: 'If a company proxy opens TLS, give its certificate in NODE_EXTRA_CA_CERTS. Verification is never turned off.',
  timeout: 'Try again; if it stays slow, raise HSS_TIMEOUT_MS (at most 40000) or ask for fewer rows.',
  reset: 'Try again; if it goes on, look for a proxy or firewall that ends connections.',
  truncated: 'Try again; if it goes on, look for a proxy or firewall that ends connections.',
  'too-large': 'Ask for fewer rows with limit.',
  encoded: 'A proxy changes the answers of HSS. Go around it with NO_PROXY.',
  aborted: 'The call was cancelled.',
};

/** 429 and 503 come from in front of the service; other 5xx may come after it has acted. */
function effectOfStatus(status: number): Effect {
  return status === 408 || (status >= 500 && status !== 503) ? 'uncertain' : 'refused';
}

function clockAdvice(response: HttpResponse, now: number): string {
  const skew = clockSkew(response, now);
  return skew.tooLarge ? `The clock of this machine is ${skew.text}'s: set it right.` : '';
}
