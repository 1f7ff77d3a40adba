import type { CallOver } from '../call/limits.js';
import { type Effect, Failure, type FailureSource } from '../failure.js';
import { type Repeatability, retryAfterMs } from '../http/retry.js';
import type { HttpFailure, HttpResponse } from '../http/transport.js';
import { sentences } from '../words/prose.js';
import { type Words, words } from '../words/words.js';
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
  /** Advice that follows that of the code, in the language that is spoken. */
  readonly hint?: () => string;
  /** Which permission it needs, in the language that is spoken: advice where the caller lacks one. */
  readonly permission?: () => string;
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
  const say = words();
  const next = sentences([
    say.codes.next[advice.next],
    advice.forbids && operation.permission?.(),
    operation.hint?.(),
    wait > 0 && say.failures.wait_asked_for(Math.ceil(wait / 1000)),
    status === 401 && clockAdvice(response, now),
  ]);
  const effect = operation.repeatability === 'act' ? effectOfStatus(status) : 'not_sent';
  return new Failure(
    say.failures.answered(operation.service, operation.name, status, code, say.codes.meaning[advice.meaning]),
    {
      source: advice.source,
      effect,
      retry: advice.retry && effect !== 'uncertain',
      next,
      code,
      said,
      status,
      requestId,
      forbidden: advice.forbids,
      readyIn: readyIn === undefined ? undefined : Math.max(readyIn, Math.ceil(wait / 1000)),
    },
  );
}

/**
 * The failure of an answer with a good status that is not what the operation answers.
 * @param what what came instead, in the language that is spoken, as the end of a sentence.
 */
export function failureOfContent(operation: OperationInfo, response: HttpResponse, what: string): Failure {
  const { requestId } = readApiError(response);
  const say = words().failures;
  return new Failure(say.answered_something_else(operation.service, operation.name, response.status, what), {
    source: 'passing',
    effect: operation.repeatability === 'act' ? 'uncertain' : 'not_sent',
    retry: operation.repeatability === 'read',
    next: say.somebody_else_answered,
    status: response.status,
    requestId,
  });
}

/** The failure of an exchange that brought no complete answer. */
export function failureOfExchange(operation: OperationInfo, failure: HttpFailure, origin: string): Failure {
  const certain = !failure.started || operation.repeatability === 'read';
  const { source, next } = EXCHANGE_ADVICE[failure.kind];
  const say = words().failures;
  return new Failure(
    say.not_asked(operation.service, operation.name, origin, failure.message),
    {
      source,
      effect: certain ? 'not_sent' : 'uncertain',
      retry: certain && source === 'passing',
      next: say.next[next],
    },
    { cause: failure },
  );
}

/** The failure of a request that the limit of requests leaves no place for in time. @param readyIn seconds until it does. */
export function failureOfPace(operation: OperationInfo, readyIn: number): Failure {
  const say = words().failures;
  return new Failure(say.no_place(operation.service, operation.name, readyIn), {
    source: 'passing',
    effect: 'not_sent',
    retry: true,
    next: say.call_again_in(readyIn),
    readyIn,
  });
}

/** The failure of a request that this call did not begin, or left to others who wait for the same. */
export function failureOfTime(operation: OperationInfo, { message }: CallOver): Failure {
  const say = words().failures;
  return new Failure(say.no_time(operation.service, operation.name, message), {
    source: 'passing',
    effect: 'not_sent',
    retry: true,
    next: say.call_again,
  });
}

type NextKey = keyof Words['failures']['next'];
const owner = (next: NextKey) => ({ source: 'owner', next }) as const;
const passing = (next: NextKey) => ({ source: 'passing', next }) as const;

const EXCHANGE_ADVICE: Readonly<
  Record<HttpFailure['kind'], { readonly source: FailureSource; readonly next: NextKey }>
> = {
  connect: passing('connect'),
  proxy: owner('proxy'),
  tls: owner('tls'),
  timeout: passing('timeout'),
  reset: passing('broken_off'),
  truncated: passing('broken_off'),
  'too-large': owner('too_large'),
  encoded: owner('encoded'),
  aborted: passing('aborted'),
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
  return skew.tooLarge ? words().failures.clock_is_off(skew.minutes, skew.behind) : '';
}
