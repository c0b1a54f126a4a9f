import fc from 'fast-check';
import {
  asleepShare,
  checkSchedule,
  isUp,
  nextChange,
  type UpSchedule,
} from './schedule';

const office: UpSchedule = {
  timeZone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '19:00',
  holidays: ['2026-12-25'],
};

describe('an off-hours schedule', () => {
  it.each([
    ['2026-11-25T07:00:00Z', true],
    ['2026-11-25T06:59:00Z', false],
    ['2026-11-25T17:59:00Z', true],
    ['2026-11-25T18:00:00Z', false],
    ['2026-07-01T06:00:00Z', true],
    ['2026-11-28T10:00:00Z', false],
    ['2026-12-25T10:00:00Z', false],
  ])('at %s is up: %s', (at, up) => {
    expect(isUp(office, new Date(at))).toBe(up);
  });

  it.each([
    ['2026-11-25T12:00:00Z', '2026-11-25T18:00:00.000Z'],
    ['2026-11-27T20:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['2026-12-24T20:00:00Z', '2026-12-28T07:00:00.000Z'],
    // Over the end of summer time the morning comes an hour later in UTC.
    ['2026-10-23T20:00:00Z', '2026-10-26T07:00:00.000Z'],
  ])('after %s changes at %s', (at, change) => {
    expect(nextChange(office, new Date(at))?.toISOString()).toBe(change);
  });

  it('never changes where all is up, or nothing', () => {
    const always = {
      ...office,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      from: '00:00',
      until: '24:00',
      holidays: [],
    };
    expect(
      nextChange(always, new Date('2026-11-25T00:00:00Z')),
    ).toBeUndefined();
    expect(asleepShare(always)).toBe(0);
    expect(asleepShare(office)).toBeCloseTo(1 - 55 / 168);
  });

  it('is up right up to a change and not before it', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 22 }),
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        (timeZone, begin, length, minutes) => {
          const hour = (value: number) =>
            `${String(value).padStart(2, '0')}:00`;
          const schedule = {
            ...office,
            timeZone,
            from: hour(begin),
            until: hour(Math.min(24, begin + length)),
          };
          const at = new Date(
            Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000,
          );
          const change = nextChange(schedule, at)!;
          expect(isUp(schedule, change)).toBe(!isUp(schedule, at));
          expect(isUp(schedule, new Date(change.getTime() - 60_000))).toBe(
            isUp(schedule, at),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('changes next when a look at every minute says so, also where clocks change', () => {
    const minute = (value: number) =>
      `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(
        value % 60,
      ).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.constantFrom(
          ['Europe/Berlin', '2026-03-28T12:00:00Z'],
          ['Europe/Berlin', '2026-10-24T12:00:00Z'],
          ['Australia/Lord_Howe', '2026-10-03T02:00:00Z'],
          ['America/St_Johns', '2026-03-07T12:00:00Z'],
        ),
        fc.integer({ min: 0, max: 1_438 }),
        fc.integer({ min: 1, max: 1_440 }),
        fc.integer({ min: 0, max: 1_000 }),
        ([timeZone, about], from, length, later) => {
          const schedule = {
            timeZone,
            weekdays: [1, 2, 3, 4, 5, 6, 7],
            from: minute(from),
            until: minute(Math.min(1_440, from + length)),
            holidays: ['2026-03-30'],
          };
          const at = Date.parse(about) + later * 60_000;
          const now = isUp(schedule, new Date(at));
          let slow = at + 60_000;
          while (
            isUp(schedule, new Date(slow)) === now &&
            slow < at + 3 * 86_400_000
          ) {
            slow += 60_000;
          }
          const quick = nextChange(schedule, new Date(at))?.getTime();
          // Within the three days that were looked at.
          expect(Math.min(quick ?? Infinity, at + 3 * 86_400_000)).toBe(slow);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'no time zone'],
    [{ from: '8:00' }, 'Write it like 08:00'],
    [{ from: '20:00' }, 'end after it begins'],
    [{ weekdays: [] }, 'at least one day'],
    [{ weekdays: [0] }, 'at least one day'],
    [{ holidays: ['Christmas'] }, 'Write it like 2026-12-25'],
    [
      {
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        from: '00:00',
        until: '24:00',
        holidays: [],
      },
      'never sleep',
    ],
  ])('refuses %j', (part, message) => {
    expect(checkSchedule({ ...office, ...part })).toContain(message);
  });
});
