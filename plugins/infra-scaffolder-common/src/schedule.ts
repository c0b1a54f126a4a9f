/** When an environment is up: within the hours, on the days of the week, in its own time zone; it sleeps otherwise. @public */
export interface UpSchedule {
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: string;
  /** 1 is Monday, 7 Sunday. */
  weekdays: number[];
  /** Local, `HH:MM`; up from here */
  from: string;
  /** until before here; later than `from`. `24:00` is the end of the day. */
  until: string;
  /** Local days, `YYYY-MM-DD`, on which it sleeps all day. */
  holidays: string[];
}

interface LocalTime {
  day: string;
  time: string;
  weekday: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** No zone puts its clocks forward by more. */
const CLOCK_CHANGE_MS = 60 * MINUTE_MS;
/** Beyond this no change is looked for: a schedule whose days are all holidays has none. */
const LOOK_AHEAD_DAYS = 400;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function localOf(at: Date, timeZone: string): LocalTime {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${part.year}-${part.month}-${part.day}`;
  return { day, time: `${part.hour}:${part.minute}`, weekday: weekdayOf(day) };
}

/** What is wrong with a schedule and how to mend it; undefined where it is right. @public */
export function checkSchedule(schedule: UpSchedule): string | undefined {
  try {
    formatOf(schedule.timeZone);
  } catch {
    return `There is no time zone "${schedule.timeZone}". Write one like Europe/Berlin.`;
  }
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  if (!time.test(schedule.from)) {
    return `"${schedule.from}" is not a time. Write it like 08:00.`;
  }
  if (schedule.until !== '24:00' && !time.test(schedule.until)) {
    return `"${schedule.until}" is not a time. Write it like 19:00, or 24:00 for the end of the day.`;
  }
  if (schedule.from >= schedule.until) {
    return 'It has to end after it begins, on the same day.';
  }
  if (
    schedule.weekdays.length === 0 ||
    !schedule.weekdays.every(
      day => Number.isInteger(day) && day >= 1 && day <= 7,
    )
  ) {
    return 'Choose at least one day of the week, 1 for Monday to 7 for Sunday.';
  }
  if (asleepShare(schedule) === 0 && schedule.holidays.length === 0) {
    return 'By this it would never sleep. Choose fewer days or hours.';
  }
  const odd = schedule.holidays.find(
    day => !/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)),
  );
  return odd && `"${odd}" is not a day. Write it like 2026-12-25.`;
}

function isUpDay(
  schedule: UpSchedule,
  { day, weekday }: Pick<LocalTime, 'day' | 'weekday'>,
): boolean {
  return (
    schedule.weekdays.includes(weekday) && !schedule.holidays.includes(day)
  );
}

/** Whether it is meant to be up at a time. @public */
export function isUp(schedule: UpSchedule, at: Date): boolean {
  const local = localOf(at, schedule.timeZone);
  return (
    isUpDay(schedule, local) &&
    local.time >= schedule.from &&
    local.time < schedule.until
  );
}

/**
 * Instants to look at, in order, so that no change is missed: where clocks are put back a time comes twice, and where they
 * are put forward it never comes.
 */
function* boundaries(schedule: UpSchedule, at: Date): Generator<number> {
  const { timeZone } = schedule;
  const today = Date.parse(`${localOf(at, timeZone).day}T00:00:00Z`);
  for (let ahead = -1; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = new Date(today + ahead * DAY_MS).toISOString().slice(0, 10);
    if (isUpDay(schedule, { day, weekday: weekdayOf(day) })) {
      const from = instantOf(day, schedule.from, timeZone);
      const until = instantOf(day, schedule.until, timeZone);
      yield* [from, until - MINUTE_MS, until]
        .flatMap(each => [each - CLOCK_CHANGE_MS, each, each + CLOCK_CHANGE_MS])
        .sort((a, b) => a - b);
    }
  }
}

/** When it is that time of that day in a zone, milliseconds since 1970. */
function instantOf(day: string, time: string, timeZone: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  const wanted =
    Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * MINUTE_MS;
  const offsetAt = (instant: number) => {
    const local = localOf(new Date(instant), timeZone);
    return Date.parse(`${local.day}T${local.time}:00Z`) - instant;
  };
  return wanted - offsetAt(wanted - offsetAt(wanted));
}

/** When it next goes to sleep or wakes after a time, to the minute; undefined where it never does. @public */
export function nextChange(schedule: UpSchedule, at: Date): Date | undefined {
  const now = isUp(schedule, at);
  const first = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const hasChanged = (instant: number) =>
    instant >= first && isUp(schedule, new Date(instant)) !== now;
  for (const boundary of boundaries(schedule, at)) {
    if (hasChanged(boundary)) {
      let change = boundary;
      while (hasChanged(change - MINUTE_MS)) {
        change -= MINUTE_MS;
      }
      return new Date(change);
    }
  }
  return undefined;
}

/** The share of a usual week, 0 to 1, in which it sleeps; holidays are not counted. @public */
export function asleepShare({ weekdays, from, until }: UpSchedule): number {
  const minutes = (text: string) => {
    const [hours, rest] = text.split(':').map(Number);
    return hours * 60 + rest;
  };
  const up = new Set(weekdays).size * (minutes(until) - minutes(from));
  return 1 - up / (7 * 24 * 60);
}
