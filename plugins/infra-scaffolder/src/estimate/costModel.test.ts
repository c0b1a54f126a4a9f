import fc from 'fast-check';
import type {
  CostEstimate,
  CostLine,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleChangeEstimate, sampleEstimate } from '../testing';
import {
  centsOf,
  costSentence,
  costWords,
  groupsOf,
  rowsOf,
  shortened,
  unpricedCount,
} from './costModel';

const money = fc
  .integer({ min: 0, max: 10_000_000 })
  .map(cents => (cents / 100).toFixed(2));

const estimates = fc
  .array(
    fc.record({
      group: fc.constantFrom('network', 'database', 'bucket["logs"]'),
      before: fc.option(money, { nil: undefined }),
      after: money,
    }),
  )
  .map((lines): CostEstimate => {
    const sum = (amounts: string[]) =>
      (amounts.reduce((total, each) => total + centsOf(each), 0) / 100).toFixed(
        2,
      );
    return sampleEstimate({
      monthlyBeforeUsd: sum(lines.map(({ before }) => before ?? '0')),
      monthlyUsd: sum(lines.map(({ after }) => after)),
      lines: lines.map(
        ({ group, before, after }, index): CostLine => ({
          logicalId: `R${index}`,
          type: 'AWS::Fake::Thing',
          path: `${group}/thing-${index}`,
          title: 'Thing',
          ...(before && { monthlyBeforeUsd: before }),
          monthlyUsd: after,
          parts: [],
        }),
      ),
    });
  });

it('groups and rows come to what the estimate says, to the cent', () => {
  fc.assert(
    fc.property(estimates, estimate => {
      const rows = rowsOf(estimate);
      const groups = groupsOf(rows);
      for (const items of [rows, groups, shortened(groups, 1)]) {
        const total = (key: 'beforeCents' | 'afterCents') =>
          items.reduce((sum, each) => sum + each[key], 0);
        expect(total('beforeCents')).toBe(centsOf(estimate.monthlyBeforeUsd));
        expect(total('afterCents')).toBe(centsOf(estimate.monthlyUsd));
      }
      expect(groupsOf(rows).map(({ name }) => name)).not.toContain(
        'bucket["logs"]',
      );
    }),
  );
});

it('has the dearest first', () => {
  expect(rowsOf(sampleChangeEstimate()).map(({ line }) => line.path)).toEqual([
    'cluster/control-plane',
    'database/instance',
    'assets-bucket',
    'database/secret',
  ]);
});

it.each<[string, CostEstimate, string, string]>([
  ['of a new one', sampleEstimate(), '$112.04 a month', ', +$112.04 a month'],
  [
    'of a change with a thing that nobody could price',
    sampleChangeEstimate(),
    '$112.04 a month, +$17.63 (+19 %), without 1 resource that could not be priced',
    ', +$17.63 a month',
  ],
  [
    'of one that costs the same',
    sampleEstimate({ monthlyBeforeUsd: '112.04' }),
    '$112.04 a month as before',
    '',
  ],
  [
    'of one that goes',
    sampleEstimate({ monthlyBeforeUsd: '112.04', monthlyUsd: '0.00' }),
    '$0.00 a month, −$112.04 (−100 %)',
    ', −$112.04 a month',
  ],
])('says the cost %s', (_, estimate, sentence, words) => {
  expect(costSentence(estimate)).toBe(sentence);
  expect(costWords(estimate)).toBe(words);
});

it('counts resources that could not be priced, not reasons', () => {
  const [one] = sampleChangeEstimate().unpriced;
  expect(
    unpricedCount(
      sampleEstimate({ unpriced: [one, { ...one, reason: 'Another.' }] }),
    ),
  ).toBe(1);
});
