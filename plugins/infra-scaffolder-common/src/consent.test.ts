import type { Blueprint } from './blueprint';
import { consentWords, fatesOf } from './consent';

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

describe('fatesOf', () => {
  const blueprint = {
    sizes: { prod: { parameters: { finalSnapshot: true } } },
    parameters: { finalSnapshot: { default: false } },
    fates: [
      {
        sentence: 'A snapshot is kept.',
        when: { parameter: 'finalSnapshot', is: true },
      },
      {
        sentence: 'No snapshot is kept.',
        when: { parameter: 'finalSnapshot', is: false },
      },
      { sentence: 'Buckets are emptied and deleted.' },
    ],
  } as unknown as Blueprint;

  it('goes by the parameters as size and person set them', () => {
    expect(fatesOf(blueprint, { size: 'prod', parameters: {} })).toEqual([
      'A snapshot is kept.',
      'Buckets are emptied and deleted.',
    ]);
    expect(
      fatesOf(blueprint, {
        size: 'prod',
        parameters: { finalSnapshot: false },
      })[0],
    ).toBe('No snapshot is kept.');
  });

  it('says the worst of a blueprint that says nothing', () => {
    expect(fatesOf(undefined, { size: 'dev', parameters: {} })).toEqual([
      'All data in it are deleted.',
    ]);
  });
});
