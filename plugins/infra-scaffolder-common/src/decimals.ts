function parts(text: string): {
  negative: boolean;
  whole: string;
  fraction: string;
} {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match) {
    throw new Error(`"${text}" is not a decimal number such as 1234.50.`);
  }
  return {
    negative: match[1] === '-',
    whole: match[2],
    fraction: match[3] ?? '',
  };
}

/** As whole numbers of the smallest place that one of them has, at least of hundredths. */
function scaled(texts: string[]): { amounts: bigint[]; places: number } {
  const all = texts.map(parts);
  const places = Math.max(2, ...all.map(({ fraction }) => fraction.length));
  return {
    places,
    amounts: all.map(
      ({ negative, whole, fraction }) =>
        BigInt(whole + fraction.padEnd(places, '0')) * (negative ? -1n : 1n),
    ),
  };
}

/**
 * Compares two decimal texts of any length exactly: below zero, zero or above, as `Array.sort` wants it.
 * @throws Error where one is not decimal text, e.g. `1e3`.
 * @public
 */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = scaled([left, right]).amounts;
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/**
 * Adds decimal texts of any length exactly. The sum has as many places as the longest of them and two at least: `0.00`
 * of none.
 * @throws Error where one is not decimal text, e.g. `1e3`.
 * @public
 */
export function sumDecimals(texts: string[]): string {
  const { amounts, places } = scaled(texts);
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(
    -places,
  )}`;
}
