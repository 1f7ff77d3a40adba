import type { CallScope, HssClient } from '../hss/client.js';
import type { HssOperationName } from '../hss/operations.js';

/** The operations that the index reads by. */
export type FindingsSource = Pick<
  HssClient,
  | 'listContainerNodes'
  | 'listGeneralImageVuls'
  | 'listImageHandleAffectVulnerabilities'
  | 'listImageLocal'
  | 'listLocalImageHosts'
  | 'listVulAffectImageApps'
  | 'listVulAffectImages'
>;

/** One request of a filling, and what becomes of its answer. */
export interface Step {
  /** Equal for the same request: it runs once at a time, whoever asks. */
  readonly key: string;
  readonly operation: HssOperationName;
  /** Sends the request and keeps what it brought. */
  read(hss: FindingsSource, scope: CallScope): Promise<void>;
  /** Keeps in mind that HSS refuses this one request, where the others do not depend on it. */
  giveUp?(): void;
}

/** How the pace of requests stands. */
export interface Pace {
  /** Seconds until `requests` more requests of an operation could have gone out; 0 when nothing holds them back. */
  waitSeconds(operation: HssOperationName, region: string, requests: number): number;
}

/** Nothing holds requests back. */
export const NO_PACE: Pace = { waitSeconds: () => 0 };

/** {@link Pace} of one region. */
export type Wait = (operation: HssOperationName, requests: number) => number;
