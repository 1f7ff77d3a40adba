/** A request that reached the sandbox, and what became of it. */
export interface RecordedRequest {
  /** Name of the operation, `unknown` when there is none. */
  readonly operation: string;
  /** Region of the listener; empty for IAM. */
  readonly region: string;
  readonly method: string;
  /** Path and query exactly as received. */
  readonly target: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Status of the answer; absent while it is pending, or when there was none. */
  status?: number;
  /** Whether the operation was really executed. */
  carriedOut: boolean;
}

/**
 * Requests kept at most. Enough for whoever looks at what has come; little enough for an embedded HSS that runs for
 * days beside an assistant, because a scan request of many images is long.
 */
export const MOST_KEPT = 1_000;

/** The latest requests, and counts of all of them. It takes up no more room after a million requests than after a few. */
export class RequestLog {
  readonly #latest: RecordedRequest[] = [];
  readonly #came = new Map<string, number>();
  readonly #carriedOut = new Map<string, number>();

  /** The latest {@link MOST_KEPT} requests, in the order in which they came. */
  get latest(): readonly RecordedRequest[] {
    return this.#latest;
  }

  add(record: RecordedRequest): void {
    increment(this.#came, record.operation);
    this.#latest.push(record);
    if (this.#latest.length > MOST_KEPT) this.#latest.shift();
  }

  /** Notes that the operation of a request was really executed. */
  noteCarriedOut(record: RecordedRequest): void {
    record.carriedOut = true;
    increment(this.#carriedOut, record.operation);
  }

  /** How many requests have asked for an operation since the start. */
  count(operation: string): number {
    return this.#came.get(operation) ?? 0;
  }

  /** How often an operation was really executed since the start. */
  carriedOut(operation: string): number {
    return this.#carriedOut.get(operation) ?? 0;
  }
}

function increment(counts: Map<string, number>, operation: string): void {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
}
