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

/**
 * Compares two decimal texts of any length exactly: below zero, zero or above, as `Array.sort` wants it.
 * @throws Error where one is not decimal text, e.g. `1e3`.
 * @public
 */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [parts(left), parts(right)];
  const places = Math.max(a.fraction.length, b.fraction.length);
  const scaled = ({ negative, whole, fraction }: typeof a) =>
    BigInt(whole + fraction.padEnd(places, '0')) * (negative ? -1n : 1n);
  const difference = scaled(a) - scaled(b);
  if (difference === 0n) {
    return 0;
  }
  return difference < 0n ? -1 : 1;
}
