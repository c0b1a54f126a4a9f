import fc from 'fast-check';
import { compareDecimals, sumDecimals } from './decimals';

const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

function text(amount: bigint): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('decimals', () => {
  it('are added exactly, in any order', () => {
    fc.assert(
      fc.property(fc.array(cents), amounts => {
        const sum = amounts.reduce((a, b) => a + b, 0n);
        expect(sumDecimals(amounts.map(text))).toBe(text(sum));
        expect(sumDecimals(amounts.map(text).reverse())).toBe(text(sum));
      }),
    );
  });

  it('are compared as their sums say', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const difference = sumDecimals([text(a), text(-b)]);
        expect(compareDecimals(text(a), text(b))).toBe(
          compareDecimals(difference, '0'),
        );
      }),
    );
  });

  it.each([
    [[], '0.00'],
    [['0.1', '0.2'], '0.30'],
    [['1', '2.5', '0.0001'], '3.5001'],
    [['-0.005', '0'], '-0.005'],
  ])('%j come to %s', (texts, sum) => {
    expect(sumDecimals(texts)).toBe(sum);
  });

  it('refuse what is not decimal text', () => {
    expect(() => sumDecimals(['1e3'])).toThrow('"1e3" is not a decimal');
  });
});
