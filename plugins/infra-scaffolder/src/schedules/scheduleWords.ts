import type {
  Sleeper,
  SleepSavings,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, joinWords } from '@slipway/ui';

/** Of the week, 1 is Monday. */
export const WEEKDAYS = [
  { day: 1, short: 'Mon', long: 'Monday' },
  { day: 2, short: 'Tue', long: 'Tuesday' },
  { day: 3, short: 'Wed', long: 'Wednesday' },
  { day: 4, short: 'Thu', long: 'Thursday' },
  { day: 5, short: 'Fri', long: 'Friday' },
  { day: 6, short: 'Sat', long: 'Saturday' },
  { day: 7, short: 'Sun', long: 'Sunday' },
] as const;

const KINDS: Record<Sleeper['kind'], [one: string, many: string]> = {
  nodegroup: ['Node group', 'node groups'],
  'db-instance': ['Database', 'databases'],
  'db-cluster': ['Aurora cluster', 'Aurora clusters'],
  instance: ['Instance', 'instances'],
};

/** `Mon–Fri`, `Mon, Wed and Sun`. */
function daysWords(weekdays: number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const names = days.map(day => WEEKDAYS[day - 1].short);
  const isRow = days.every((day, at) => at === 0 || day === days[at - 1] + 1);
  return isRow && days.length > 2
    ? `${names[0]}–${names[names.length - 1]}`
    : joinWords(names);
}

/** `Mon–Fri 08:00–19:00 (Europe/Berlin), but for 3 days`. */
export function hoursWords(hours: UpSchedule): string {
  const { weekdays, from, until, timeZone, holidays } = hours;
  const free =
    holidays.length > 0
      ? `, but for ${formatCount(holidays.length, 'day')}`
      : '';
  return `${daysWords(weekdays)} ${from}–${until} (${timeZone})${free}`;
}

/** What a thing is: `Node group, 3 nodes`. */
export function kindWords(each: { kind: Sleeper['kind'] } | Sleeper): string {
  const [one] = KINDS[each.kind];
  return 'desiredSize' in each
    ? `${one}, ${formatCount(each.desiredSize, 'node')}`
    : one;
}

/** What the savings leave out, and why; undefined where nothing. */
export function leftOutWords({ leftOut }: SleepSavings): string | undefined {
  return leftOut.length > 0
    ? `Savings of ${joinWords(
        leftOut.map(kind => KINDS[kind][1]),
      )} are not counted, because one of them stays up.`
    : undefined;
}
