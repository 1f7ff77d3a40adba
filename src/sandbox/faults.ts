import type { RecordedRequest } from './record.js';

/** What goes wrong with an answer. */
export type FaultKind =
  /** This answer instead of the real one; the operation is not carried out. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  /** The connection is reset before the operation is carried out. */
  | { readonly kind: 'reset-before' }
  /** The operation is carried out, then the connection is reset without an answer. */
  | { readonly kind: 'reset-after' }
  /** No answer ever comes; `carryOut` says whether the operation is carried out all the same. */
  | { readonly kind: 'hang'; readonly carryOut: boolean }
  /** Everything happens `ms` later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection ends in the middle of the body, before the announced length. */
  | { readonly kind: 'truncate' }
  /** The headers come at once, then one byte of the body every `intervalMs`. */
  | { readonly kind: 'slow-body'; readonly intervalMs: number };

/** A fault, and the requests it strikes. */
export type Fault = FaultKind & {
  /** HSS or IAM operation name; any request when absent. */
  readonly operation?: string;
  /** A text that the request must hold in its path, query or body as they are on the wire; any request when absent. */
  readonly holding?: string;
  /** How many requests it strikes, default 1; `Infinity` is allowed. */
  readonly times?: number;
};

/** Faults waiting for a request; of several that fit, the oldest strikes. */
export class FaultQueue {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  /** Adds a fault behind those already waiting. */
  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Drops every fault that still waits. */
  clear(): void {
    this.#waiting = [];
  }

  /** The fault that strikes this request, used up once. */
  take(request: RecordedRequest): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => strikes(fault, request));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}

function strikes({ operation, holding = '' }: Fault, request: RecordedRequest): boolean {
  const named = operation === undefined || operation === request.operation;
  return named && (request.target.includes(holding) || request.body.includes(holding));
}
