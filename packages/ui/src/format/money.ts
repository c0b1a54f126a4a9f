/**
 * Formats an amount of money for reading: `$1,235.70`, `−$4.00`.
 *
 * @param amount - in whole currency units (dollars, not cents).
 * @param currency - ISO 4217 code; `USD` unless told.
 * @public
 */
export function formatMoney(amount: number, currency = 'USD'): string {
  if (!Number.isFinite(amount)) {
    return 'unknown';
  }
  const cents = Math.round(amount * 100) / 100;
  const digits = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
  }).format(Math.abs(cents));
  return cents < 0 ? `−${digits}` : digits;
}

/**
 * Formats a change of money with its sign and share: `+$184.20 (+12 %)`.
 * The share is left out where there was nothing before.
 *
 * @param before - in whole currency units.
 * @param after - in whole currency units.
 * @public
 */
export function formatMoneyDelta(
  before: number,
  after: number,
  currency = 'USD',
): string {
  const delta = after - before;
  const money = formatMoney(delta, currency);
  const signed = delta > 0 ? `+${money}` : money;
  if (before === 0 || !Number.isFinite(before) || !Number.isFinite(after)) {
    return signed;
  }
  const percent = Math.round((delta / Math.abs(before)) * 100);
  const sign = percent < 0 ? '−' : '+';
  return `${signed} (${sign}${Math.abs(percent)} %)`;
}
