import { setTimeout as sleep } from 'node:timers/promises';
import { CallOver } from '../call/limits.js';
import { Failure } from '../failure.js';
import type { CallScope } from '../hss/client.js';
import { words } from '../words/words.js';
import type { ScanSnapshot } from './follow.js';

/**
 * Pauses between the looks of one wait, in ms: at most four looks in 45 s, because HSS may allow no more than five a
 * minute. After a look that saw something change the first pause comes again: more is about to.
 */
const PAUSES_MS = [1_000, 9_000, 30_000] as const;
/** Time kept back to answer within the limit of the call, in ms. */
const TO_ANSWER_MS = 500;

/**
 * Looks until nothing can change any more or the time is up. A look that fails later on keeps what was seen; one that
 * the limit of requests leaves no place for is waited for, as far as the time goes.
 * @param earlier what a call before this one saw last.
 */
export async function waitFor(
  look: () => Promise<ScanSnapshot>,
  waitMs: number,
  { signal, deadline }: CallScope,
  report: (snapshot: ScanSnapshot, passedMs: number) => void,
  earlier?: ScanSnapshot,
): Promise<ScanSnapshot> {
  const begun = performance.now();
  const end = Math.min(begun + waitMs, deadline - TO_ANSWER_MS);
  let snapshot = await look().catch((error: unknown) => keptThrough(error, earlier));
  let changed = false;
  for (const pause of PAUSES_MS) {
    const now = performance.now();
    if (!snapshot.open || end <= now) break;
    report(snapshot, now - begun);
    const next = Math.max(now + (changed ? PAUSES_MS[0] : pause), snapshot.nextLookAt ?? 0);
    await sleep(Math.min(next, end) - now, undefined, { signal }).catch(() => {
      throw new CallOver('cancelled');
    });
    if ((snapshot.nextLookAt ?? 0) > end) break;
    try {
      const seen = await look();
      changed = seen.finished !== snapshot.finished || seen.failed !== snapshot.failed;
      snapshot = seen;
    } catch (error) {
      if (!(error instanceof Failure) || !error.details.retry) throw error;
      if (error.details.readyIn === undefined) {
        return { ...snapshot, notes: [...snapshot.notes, words().status.look_failed(error.message)] };
      }
      snapshot = keptThrough(error, snapshot);
    }
  }
  return snapshot;
}

/** What was seen before the limit of requests left no place for a look. @throws any other error. */
function keptThrough(error: unknown, seen: ScanSnapshot | undefined): ScanSnapshot {
  const readyIn = error instanceof Failure && error.details.retry ? error.details.readyIn : undefined;
  if (readyIn === undefined || !seen) throw error;
  return { ...seen, nextLookAt: performance.now() + readyIn * 1000 };
}
