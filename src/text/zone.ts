/** A moment on the clock of some place; the month counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly ms?: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Beyond it JavaScript knows no date. */
const LAST_MS = 8.64e15;

/** Whether `name` is a time zone of the IANA database: `Asia/Shanghai`, `UTC`. */
export function isTimeZone(name: string): boolean {
  // Newer engines also know offsets as names; what a setting takes must not hang on the engine.
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone that the environment asks for; UTC where it asks for none, or for what is no zone: a wrong one stops nothing. */
export function timeZoneOf({ HSS_TIME_ZONE = '' }: Readonly<Record<string, string | undefined>>): string {
  const name = HSS_TIME_ZONE.trim();
  return isTimeZone(name) ? name : 'UTC';
}

/** Other names of UTC, which needs no calendar: to make one takes longer than all else at the start. */
const UTC_NAMES = /^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu)$/i;

/** The clock of the zone that is used; undefined for UTC. */
let clock: Intl.DateTimeFormat | undefined;

/** Makes `zone` the one of all times that people read and write from now on. @throws {RangeError} for what is no zone. */
export function useTimeZone(zone: string): void {
  const chosen = UTC_NAMES.test(zone) ? undefined : clockOf(zone);
  clock = chosen && UTC_NAMES.test(chosen.resolvedOptions().timeZone) ? undefined : chosen;
}

/**
 * A time for people: ISO 8601 without fractions of a second, in the zone that is used, with its offset
 * (`2026-11-25T20:00:00+08:00`); in UTC with a Z. What is beyond all dates, as no upper bound is, stays a number.
 */
export function timeForPeople(ms: number): string {
  if (!(Math.abs(ms) <= LAST_MS)) return String(ms);
  const offset = offsetAt(ms);
  // Clocks of long ago were seconds off, which no offset of ISO 8601 can say.
  if (!clock || offset % MINUTE_MS !== 0) return secondsOf(ms, 'Z');
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (number: number) => String(number).padStart(2, '0');
  return secondsOf(ms + offset, `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

/**
 * A text as people read it: a whole time in UTC, as results hold it, in the zone that is used and as exact as it is; any
 * other text as it is.
 */
export function forPeople(text: string): string {
  const written = !clock ? null : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.exec(text);
  const ms = written ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) return text;
  const [seconds, fraction = ''] = [timeForPeople(ms), written?.[1]];
  return seconds.replace(/(?=Z$|[+-]\d\d:\d\d$)/, fraction);
}

/**
 * When the clocks of the zone show `time`, in ms since 1970. What they show twice is meant the first time; what they
 * leave out is as long after the jump as it says. Undefined for what no calendar has.
 */
export function instantOf(time: LocalTime): number | undefined {
  const local = utcOf(time);
  if (local === undefined) return undefined;
  const [before, after] = [offsetAt(local - DAY_MS), offsetAt(local + DAY_MS)];
  const fitting = [local - before, local - after].filter((instant) => instant + offsetAt(instant) === local);
  return fitting.length > 0 ? Math.min(...fitting) : local - before;
}

/** When the clocks of UTC show `time`, in ms since 1970. Undefined for what no calendar has. */
export function utcOf({ year, month, day, hour = 0, minute = 0, second = 0, ms = 0 }: LocalTime): number | undefined {
  const shown = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of a century.
  shown.setUTCFullYear(year, month - 1, day);
  if (shown.getUTCMonth() !== month - 1 || shown.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return shown.setUTCHours(hour, minute, second, ms);
}

/** The date that the clocks of the zone show at `ms`. */
export function dateAt(ms: number): Required<Pick<LocalTime, 'year' | 'month' | 'day'>> {
  const shown = new Date(ms + offsetAt(ms));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** How far the clocks of the zone are before UTC at `ms`, in milliseconds. */
function offsetAt(ms: number): number {
  if (!clock || Math.abs(ms) > LAST_MS - DAY_MS) return 0;
  const shown: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(ms)) shown[type] = value;
  const part = (name: string) => Number(shown[name]);
  const local = new Date(0);
  local.setUTCFullYear(shown.era === 'BC' ? 1 - part('year') : part('year'), part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() - Math.floor(ms / 1000) * 1000;
}

function secondsOf(ms: number, end: string): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, end);
}
