import type {
  Sleeper,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What somebody agrees to who gives an environment a schedule. */
export function sleepWords(
  name: string,
  { weekdays, from, until, timeZone, holidays }: UpSchedule,
  stops: readonly Sleeper[],
): string {
  const days = [...new Set(weekdays)].sort().map(day => DAYS[day - 1]);
  const free =
    holidays.length > 0 ? `, and not on ${holidays.length} named days` : '';
  return `${name} is up ${days.join(
    ', ',
  )} from ${from} to ${until} (${timeZone})${free}. At all other times it is stopped and cannot be reached: ${stops
    .map(({ id }) => id)
    .join(', ')}. Work that runs then is broken off. Data are kept.`;
}
