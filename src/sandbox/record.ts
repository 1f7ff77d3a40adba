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
