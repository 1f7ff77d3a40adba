import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readTime } from '../../src/text/dates.js';
import { isTimeZone, timeForPeople, timeZoneOf, useTimeZone } from '../../src/text/zone.js';

afterEach(() => useTimeZone('UTC'));

/** Half hours and quarters, jumps at midnight and at two, in both halves of the world, and a day that never was. */
const ZONES = [
  ...['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'America/Sao_Paulo'],
  ...['America/Havana', 'Africa/Cairo', 'Asia/Kathmandu', 'Asia/Beirut', 'Australia/Lord_Howe', 'Pacific/Apia'],
];
const HOUR_MS = 3_600_000;
/** From 1975 on offsets are whole minutes everywhere. */
const moments = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 11, 31) });
const dates = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 11, 31) }).map((ms) => isoDate(ms));

const isoDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What the clocks of a zone show, by an Intl of the test's own. */
function shown(zone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return (ms: number) => format.format(ms);
}

describe.each(ZONES)('in %s', (zone) => {
  const clock = shown(zone);

  it('a time is the one that the clocks show, and reads back to the same second', () => {
    useTimeZone(zone);
    fc.assert(
      fc.property(moments, (ms) => {
        const text = timeForPeople(ms);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);
        expect(text.slice(0, 19).replace('T', ' ')).toBe(clock(ms));
        expect(Date.parse(text)).toBe(Math.floor(ms / 1000) * 1000);
        expect(readTime(text, 'start')).toBe(Date.parse(text));
      }),
    );
  });

  it('a local time is the first moment at which the clocks show it, or lies behind the jump that leaves it out', () => {
    useTimeZone(zone);
    fc.assert(
      fc.property(moments, (ms) => {
        const local = clock(Math.floor(ms / 1000) * 1000);
        const read = readTime(local, 'start') ?? Number.NaN;
        expect(clock(read)).toBe(local);
        expect(read).toBeLessThanOrEqual(ms);
      }),
    );
  });

  it('a date is the whole of its day: its first and its last millisecond', () => {
    useTimeZone(zone);
    fc.assert(
      fc.property(dates, (date) => {
        const first = readTime(date, 'start') ?? Number.NaN;
        const last = readTime(date, 'end') ?? Number.NaN;
        // One day never was in Apia: it stands for nothing.
        if (zone === 'Pacific/Apia' && date === '2011-12-30') return;
        expect(clock(first).slice(0, 10)).toBe(date);
        expect(clock(last).slice(0, 10)).toBe(date);
        expect(clock(first - 1).slice(0, 10) < date).toBe(true);
        expect(clock(last + 1).slice(0, 10) > date).toBe(true);
        expect(last - first).toBeGreaterThan(22 * HOUR_MS);
      }),
    );
  });
});

describe('a day with a jump', () => {
  it.each([
    // zone, written, the same in UTC
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    // Midnight is left out: the day begins at one.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z'],
    // Midnight comes twice: the day begins with the first.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
  ])('in %s, %s', (zone, date, first, last) => {
    useTimeZone(zone);
    expect(new Date(readTime(date, 'start') ?? 0).toISOString()).toBe(first);
    expect(new Date(readTime(date, 'end') ?? 0).toISOString()).toBe(last);
  });

  it('shows and leaves out an hour', () => {
    useTimeZone('Europe/Berlin');
    const read = (text: string) => new Date(readTime(text, 'start') ?? 0).toISOString();
    expect(read('2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(read('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(timeForPeople(Date.UTC(2026, 9, 25, 0, 30))).toBe('2026-10-25T02:30:00+02:00');
    expect(timeForPeople(Date.UTC(2026, 9, 25, 1, 30))).toBe('2026-10-25T02:30:00+01:00');
  });
});

describe('a time as people write it', () => {
  const now = Date.UTC(2026, 10, 25, 17);

  it.each([
    ['2026-11-01', 'start', '2026-10-31T16:00:00.000Z'],
    ['2026-11-01', 'end', '2026-11-01T15:59:59.999Z'],
    ['2026/11/1', 'start', '2026-10-31T16:00:00.000Z'],
    ['2026年11月1日', 'start', '2026-10-31T16:00:00.000Z'],
    ['2026-11-01 08:00', 'start', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01 08:00', 'end', '2026-11-01T00:00:00.000Z'],
    ['2026年11月1日 08:00', 'start', '2026-11-01T00:00:00.000Z'],
    ['2026年11月1日08:00', 'start', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:00:09.5', 'start', '2026-11-01T00:00:09.500Z'],
    ['2026-11-01T08:00:09.123456Z', 'start', '2026-11-01T08:00:09.123Z'],
    ['2026-11-01T08:00:00+08:00', 'end', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:00-0330', 'start', '2026-11-01T11:30:00.000Z'],
    [' 2026-11-01 ', 'start', '2026-10-31T16:00:00.000Z'],
    // It is one in the morning of the 26th there.
    ['today', 'start', '2026-11-25T16:00:00.000Z'],
    ['Today', 'end', '2026-11-26T15:59:59.999Z'],
    ['今天', 'start', '2026-11-25T16:00:00.000Z'],
    ['yesterday', 'start', '2026-11-24T16:00:00.000Z'],
    ['昨天', 'end', '2026-11-25T15:59:59.999Z'],
  ] as const)('%j at the %s is %s', (text, edge, iso) => {
    useTimeZone('Asia/Shanghai');
    expect(new Date(readTime(text, edge, now) ?? 0).toISOString()).toBe(iso);
  });

  it.each([
    ...['', 'x', 'tomorrow', '2026-02-29', '2026-13-01', '2026-00-10', '2026-11-31 08:00', '2026-11-01 24:00'],
    ...['2026-11-01 8', '2026-11-01T', '2026-11-01 08:00 CST', '2026-11-01+08:00', '11/01/2026', '2026-11-01x'],
    ...['constructor', '26-11-01', '2026-11', '2026-11/01', '1793589000000'],
  ])('%j is none', (text) => {
    expect(readTime(text, 'start', now)).toBeUndefined();
  });

  it('is never anything but a moment or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('start' as const, 'end' as const), (text, edge) => {
        const read = readTime(text, edge);
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true);
      }),
    );
  });
});

describe('times of no use to people', () => {
  it.each(ZONES)('are still told in %s', (zone) => {
    useTimeZone(zone);
    for (const ms of [0, -8.64e15, 8.64e15, Date.UTC(1890, 0, 1), -62_200_000_000_000])
      expect(Date.parse(timeForPeople(ms))).toBe(ms);
    expect(timeForPeople(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });
});

describe('the zone', () => {
  it.each(['UTC', 'Etc/UTC', 'Asia/Shanghai', 'asia/shanghai', 'Europe/Berlin', 'America/Argentina/Ushuaia'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['', '+08:00', 'Beijing', 'UTC+8', 'Asia', '北京时间', 'Asia/Shanghai '])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  it.each([
    [{}, 'UTC'],
    [{ HSS_TIME_ZONE: '' }, 'UTC'],
    [{ HSS_TIME_ZONE: ' Asia/Shanghai ' }, 'Asia/Shanghai'],
    [{ HSS_TIME_ZONE: '${HSS_TIME_ZONE}' }, 'UTC'],
    [{ HSS_TIME_ZONE: 'Beijing' }, 'UTC'],
  ])('of %o is %s', (env, zone) => {
    expect(timeZoneOf(env)).toBe(zone);
  });
});
