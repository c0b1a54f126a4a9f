import { consentWords } from './consent';

describe('consentWords', () => {
  it('names the day in UTC and what becomes of the data', () => {
    expect(
      consentWords('shop-dev', '2026-12-02T23:30:00Z', [
        'The database is deleted; a final snapshot is kept.',
      ]),
    ).toBe(
      'shop-dev is destroyed on 2 December 2026 at 23:30 UTC unless you extend it. The database is deleted; a final snapshot is kept.',
    );
  });
});
