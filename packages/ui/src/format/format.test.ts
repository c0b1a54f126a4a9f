import fc from 'fast-check';
import {
  formatAge,
  formatCount,
  formatDuration,
  formatLocalTime,
  formatMoney,
  formatMoneyDelta,
  formatUtc,
  joinWords,
} from '.';

describe('formatMoney', () => {
  it.each([
    [1235.7, '$1,235.70'],
    [-4, '−$4.00'],
    [-0.001, '$0.00'],
    [0, '$0.00'],
    [Number.NaN, 'unknown'],
  ])('%p is %s', (amount, text) => {
    expect(formatMoney(amount)).toBe(text);
  });

  it('can be read back to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), cents => {
        const text = formatMoney(cents / 100);
        const read = Number(text.replace(/[$,]/g, '').replace('−', '-'));
        expect(Math.round(read * 100)).toBe(cents);
      }),
    );
  });

  it('says a change with sign and share', () => {
    expect(formatMoneyDelta(1535, 1719.2)).toBe('+$184.20 (+12 %)');
    expect(formatMoneyDelta(100, 50)).toBe('−$50.00 (−50 %)');
    expect(formatMoneyDelta(0, 5)).toBe('+$5.00');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [340, '0.4 s'],
    [999, '0.9 s'],
    [48_000, '48 s'],
    [400_000, '6 min 40 s'],
    [60_000, '1 min'],
    [7_500_000, '2 h 5 min'],
    [86_400_000 * 3 + 3_600_000 * 4, '3 d 4 h'],
    [Number.NaN, 'unknown'],
  ])('%p ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('never says more than there is, and at most one smaller unit less', () => {
    const inSeconds: Record<string, number> = {
      s: 1,
      min: 60,
      h: 3_600,
      d: 86_400,
    };
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1e11 }), milliseconds => {
        const parts = formatDuration(milliseconds).split(' ');
        let seconds = 0;
        for (let i = 0; i < parts.length; i += 2) {
          seconds += Number(parts[i]) * inSeconds[parts[i + 1]];
        }
        const exact = milliseconds / 1_000;
        expect(seconds).toBeLessThanOrEqual(exact);
        expect(exact - seconds).toBeLessThan(
          milliseconds < 3_600_000 ? 1 : 3_600,
        );
      }),
    );
  });
});

describe('times', () => {
  const iso = '2026-11-21T13:05:12.345Z';

  it('are said where the reader is, with the zone, and in UTC', () => {
    expect(formatLocalTime(iso, 'America/New_York')).toMatch(
      /^21 Nov 2026, 08:05:12 (GMT-5|EST)$/,
    );
    expect(formatUtc(iso)).toBe('2026-11-21 13:05:12 UTC');
    expect(formatUtc('rubbish')).toBe('unknown');
    expect(formatLocalTime('rubbish')).toBe('unknown');
  });

  it('have an age', () => {
    const now = Date.parse(iso);
    expect(formatAge(iso, now + 1_000)).toBe('just now');
    expect(formatAge(iso, now + 48_000)).toBe('48 s ago');
    expect(formatAge(iso, now + 12 * 86_400_000)).toBe('12 days ago');
    expect(formatAge('rubbish', now)).toBe('unknown');
  });
});

it('says how many, and joins words', () => {
  expect(formatCount(1, 'resource')).toBe('1 resource');
  expect(formatCount(1204, 'property', 'properties')).toBe('1,204 properties');
  expect(joinWords(['a', 'b', 'c'])).toBe('a, b and c');
  expect(joinWords([])).toBe('');
});
