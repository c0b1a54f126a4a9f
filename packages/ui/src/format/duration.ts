const UNITS: Array<{ seconds: number; name: string }> = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'min' },
  { seconds: 1, name: 's' },
];

/**
 * Formats a length of time by its two largest units: `0.4 s`, `48 s`, `6 min 40 s`, `2 h 5 min`, `3 d 4 h`.
 *
 * @param milliseconds - rounded down to whole seconds from 1 s on, up to tenths below; negative counts as none.
 * @public
 */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) {
    return 'unknown';
  }
  if (milliseconds < 1_000) {
    const tenths = Math.min(9, Math.ceil(milliseconds / 100));
    return milliseconds <= 0 ? '0 s' : `0.${tenths} s`;
  }
  const seconds = Math.floor(milliseconds / 1_000);
  const first = UNITS.findIndex(unit => seconds >= unit.seconds);
  const head = UNITS[first];
  const whole = Math.floor(seconds / head.seconds);
  const tail = UNITS[first + 1];
  const rest = tail ? Math.floor((seconds % head.seconds) / tail.seconds) : 0;
  return rest > 0
    ? `${whole} ${head.name} ${rest} ${tail.name}`
    : `${whole} ${head.name}`;
}

/**
 * How long ago something was, by its largest unit: `just now`, `48 s ago`, `12 days ago`.
 *
 * @param iso - when it was, ISO 8601.
 * @param nowMs - the time of reading, in milliseconds since 1970.
 * @public
 */
export function formatAge(iso: string, nowMs: number): string {
  const age = ageOf(iso, nowMs);
  if (age === undefined) {
    return 'unknown';
  }
  return age < 5_000 ? 'just now' : `${largestUnit(age)} ago`;
}

/**
 * How old something is, by its largest unit: `48 s`, `12 days`.
 *
 * @param iso - when it came to be, ISO 8601.
 * @param nowMs - the time of reading, in milliseconds since 1970.
 * @public
 */
export function formatAgeShort(iso: string, nowMs: number): string {
  const age = ageOf(iso, nowMs);
  return age === undefined ? 'unknown' : largestUnit(age);
}

function ageOf(iso: string, nowMs: number): number | undefined {
  const then = Date.parse(iso);
  return Number.isNaN(then) ? undefined : Math.max(0, nowMs - then);
}

function largestUnit(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  if (days >= 1) {
    return days === 1 ? '1 day' : `${days} days`;
  }
  const [value, unit] = formatDuration(Math.max(1_000, milliseconds)).split(
    ' ',
  );
  return `${value} ${unit}`;
}
