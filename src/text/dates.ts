import { dateAt, instantOf, type LocalTime, utcOf } from './zone.js';

/** Days that people name, by how many they are from today. */
const NAMED_DAYS: Readonly<Record<string, number>> = { today: 0, 今天: 0, 今日: 0, yesterday: -1, 昨天: -1, 昨日: -1 };

const DATE = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)/;
const TIME = /^(?:T| +)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? *(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** Which moment of a day a date by itself means: of a range that begins or ends with it. */
export type DayEdge = 'start' | 'end';

/**
 * The moment that people and programs write as a time, in ms since 1970: `2026-11-01`, `2026-11-01 08:00`, ISO 8601 with
 * or without an offset, `2026年11月1日`, `today`, `昨天`. Without an offset it is of the zone that people use
 * (text/zone). A date by itself is the first or the last millisecond of its day. Undefined for what is no time.
 */
export function readTime(text: string, edge: DayEdge, now = Date.now()): number | undefined {
  const written = text.trim();
  const days = Object.hasOwn(NAMED_DAYS, written.toLowerCase()) ? NAMED_DAYS[written.toLowerCase()] : undefined;
  if (days !== undefined) return edgeOf(plusDays(dateAt(now), days), edge);
  const [whole = '', year, ...rest] = DATE.exec(written) ?? [];
  const [month, day] = rest.filter((part) => part !== undefined);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const clock = written.slice(whole.length);
  return clock === '' ? edgeOf(date, edge) : momentOf(date, clock);
}

function momentOf(date: LocalTime, text: string): number | undefined {
  const [, hour, minute, second = '0', fraction = '', offset] = TIME.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const time = { ...date, hour: Number(hour), minute: Number(minute), second: Number(second), ms };
  if (offset === undefined) return instantOf(time);
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const asUtc = utcOf(time);
  return asUtc === undefined ? undefined : asUtc - ahead;
}

function edgeOf(date: LocalTime, edge: DayEdge): number | undefined {
  if (instantOf(date) === undefined || edge === 'start') return instantOf(date);
  const next = instantOf(plusDays(date, 1));
  return next === undefined ? undefined : next - 1;
}

function plusDays({ year, month, day }: LocalTime, days: number): LocalTime {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day + days);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
