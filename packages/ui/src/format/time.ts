/**
 * A time of day where the reader is, with the zone's name: `21 Nov 2026, 14:05:12 CET`.
 *
 * @param iso - ISO 8601.
 * @param timeZone - IANA name; the reader's own unless told.
 * @public
 */
export function formatLocalTime(iso: string, timeZone?: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return 'unknown';
  }
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(date);
}

/**
 * The hour of a time where the reader is: `14:05:12`.
 *
 * @param iso - ISO 8601.
 * @public
 */
export function formatClock(iso: string, timeZone?: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return 'unknown';
  }
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  }).format(date);
}

/**
 * The same time in UTC, to the second: `2026-11-21 13:05:12 UTC`.
 *
 * @param iso - ISO 8601.
 * @public
 */
export function formatUtc(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
