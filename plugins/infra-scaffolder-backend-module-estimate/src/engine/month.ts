/** Hours of the month that AWS's own calculator reckons with: 365 × 24 ÷ 12. */
export const HOURS = 730;

/** Days of a month, where retention is told in days. */
export const DAYS = 30;
