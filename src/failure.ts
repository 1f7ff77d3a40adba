/**
 * Who can mend a failure: `input` the caller (other arguments), `owner` the owner of the settings or the account
 * (a variable, a permission, an edition), `passing` nobody: it may pass by itself (throttling, network, server).
 */
export type FailureSource = 'input' | 'owner' | 'passing';

/**
 * What became of the request that acts (a scan request): `not_sent` none left this machine; `refused` it was answered
 * with a refusal and had no effect; `uncertain` it left, and whether it was carried out is not known.
 */
export type Effect = 'not_sent' | 'refused' | 'uncertain';

/** All that a reader of a failure needs. Texts are plain sentences; `next` says what to do now. */
export interface FailureDetails {
  readonly source: FailureSource;
  readonly effect: Effect;
  readonly next: string;
  /** Whether the same call can succeed later without anything being changed. */
  readonly retry: boolean;
  /** HSS, gateway or IAM code, e.g. `HSS.0001`, `APIGW.0301`. */
  readonly code?: string | undefined;
  /** What the service said, in its own words (foreign text). */
  readonly said?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** Whether the service says that the caller lacks a permission. */
  readonly forbidden?: boolean | undefined;
  /** Seconds until the limit of requests leaves a place again, where that is why it failed. */
  readonly readyIn?: number | undefined;
}

/** The one kind of error that reaches a caller as text. Anything else thrown is a defect of this program. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly details: FailureDetails;

  constructor(message: string, details: FailureDetails, options?: ErrorOptions) {
    super(message, options);
    this.details = details;
  }
}

/** A failure that the caller can mend by other arguments. Nothing was sent. */
export function badInput(message: string, next: string): Failure {
  return new Failure(message, { source: 'input', effect: 'not_sent', retry: false, next });
}

/** A failure that the owner of the settings has to mend. Nothing was sent. */
export function badSettings(message: string, next: string): Failure {
  return new Failure(message, { source: 'owner', effect: 'not_sent', retry: false, next });
}
