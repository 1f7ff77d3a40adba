import type { Choices } from '../choices.js';

/** A time of a scan (ms, 0 for never) in the form that was chosen for rows; as text, never is an empty one. */
export function scanTime(ms: number, { scanTimes }: Choices): number | string {
  if (scanTimes === 'number') return ms;
  return ms === 0 ? '' : String(ms);
}
