/**
 * The day of an end as one says it: `25 December 2026`; UTC, as all ends are.
 *
 * @param iso - ISO 8601.
 */
export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(iso));
}
