import { words } from '../words/words.js';

/** Bytes as a person reads them, in powers of 1024: `117.7 MiB`. */
export function readableSize(bytes: number): string {
  if (bytes < 1024) return words().result.bytes(bytes);
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** Milliseconds since 1970 as ISO 8601 without milliseconds, in UTC; undefined for 0 and for what is no date. */
export function readableTime(ms: number | undefined): string | undefined {
  if (!ms || Math.abs(ms) > 8.64e15) return undefined;
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
