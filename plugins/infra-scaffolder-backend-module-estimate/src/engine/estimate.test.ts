import type { JsonObject } from '@backstage/types';
import type {
  CostEstimate,
  CostPart,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import fc from 'fast-check';
import { resource } from '../__testUtils__/plans';
import { readAssumptions, readFreeTypes, readPrices } from '../data/knowledge';
import { pricers } from '../pricers';
import { estimate } from './estimate';
import { Exact, sum } from './money';
import { PriceBook } from './PriceBook';

const KNOWLEDGE = {
  book: PriceBook.of(readPrices()),
  assumptions: readAssumptions(),
  freeTypes: readFreeTypes(),
  pricers,
};
const AT = new Date('2026-11-25T09:00:00Z');

function priced(
  before: DescribedResource[],
  after: DescribedResource[],
  region = 'us-east-1',
): CostEstimate {
  return estimate({ before, after }, { region, at: AT }, KNOWLEDGE);
}

const total = (resources: DescribedResource[]) =>
  new Exact(priced([], resources).monthlyUsd);

/** Types that are paid for, with what a plan says of them. */
const KINDS: Array<[string, fc.Arbitrary<JsonObject>]> = [
  ['AWS::EC2::NatGateway', fc.constant({})],
  ['AWS::EC2::EIP', fc.constant({ Domain: 'vpc' })],
  [
    'AWS::EKS::Cluster',
    fc.record({ Version: fc.constantFrom('1.32', '1.33', '1.35', '1.36') }),
  ],
  [
    'AWS::EKS::Nodegroup',
    fc.record({
      InstanceTypes: fc.constantFrom(['t3.medium'], ['t3.large'], ['m5.large']),
      CapacityType: fc.constantFrom('ON_DEMAND', 'SPOT'),
      ScalingConfig: fc.record({ DesiredSize: fc.integer({ min: 0, max: 9 }) }),
      DiskSize: fc.integer({ min: 1, max: 500 }),
    }),
  ],
  [
    'AWS::RDS::DBInstance',
    fc.record({
      Engine: fc.constant('postgres'),
      EngineVersion: fc.constant('15.13'),
      DBInstanceClass: fc.constantFrom('db.t3.micro', 'db.t3.small'),
      MultiAZ: fc.boolean(),
      StorageType: fc.constant('gp3'),
      AllocatedStorage: fc
        .integer({ min: 20, max: 399 })
        .map(gigabytes => String(gigabytes)),
      BackupRetentionPeriod: fc.integer({ min: 1, max: 35 }),
    }),
  ],
  ['AWS::S3::Bucket', fc.constant({})],
  ['AWS::SQS::Queue', fc.constant({})],
  ['AWS::KMS::Key', fc.constant({})],
  ['AWS::Logs::LogGroup', fc.record({ RetentionInDays: fc.constant(30) })],
  ['AWS::CloudWatch::Alarm', fc.record({ Period: fc.constantFrom(10, 60) })],
  ['AWS::IAM::Role', fc.constant({})],
];

const UNKNOWN = 'AWS::QuantumLedger::Cat';

const anyResource = fc.oneof(
  ...[...KINDS, [UNKNOWN, fc.constant({})] as (typeof KINDS)[number]].map(
    ([type, properties]) =>
      properties.map(each => ({ type, properties: each })),
  ),
);

/** Names are given out in order, so that two states share some of them. */
const state = fc
  .array(anyResource, { maxLength: 25 })
  .map(all =>
    all.map(({ type, properties }, index) =>
      resource(type, properties, `R${index}`),
    ),
  );

const amounts = (texts: string[]) => sum(texts.map(text => new Exact(text)));

describe('an estimate', () => {
  it('adds up: parts to lines, lines to the total, and quantity times price to each part', () => {
    fc.assert(
      fc.property(state, resources => {
        const { lines, monthlyUsd } = priced([], resources);
        const of = (parts: CostPart[]) => parts.map(part => part.monthlyUsd);
        for (const line of lines) {
          expect(amounts(of(line.parts)).toFixed(2)).toBe(line.monthlyUsd);
          for (const {
            quantity,
            unitPriceUsd,
            monthlyUsd: told,
          } of line.parts) {
            expect(
              new Exact(quantity)
                .times(unitPriceUsd)
                .toDecimalPlaces(2)
                .toFixed(2),
            ).toBe(told);
          }
        }
        expect(amounts(lines.map(line => line.monthlyUsd)).toFixed(2)).toBe(
          monthlyUsd,
        );
      }),
    );
  });

  it('before and difference make after, line by line', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const change = priced(before, after);
        const difference = sum(
          change.lines.map(line =>
            new Exact(line.monthlyUsd).minus(line.monthlyBeforeUsd ?? 0),
          ),
        );
        expect(
          new Exact(change.monthlyBeforeUsd).plus(difference).toFixed(2),
        ).toBe(change.monthlyUsd);
        expect(change.monthlyBeforeUsd).toBe(priced([], before).monthlyUsd);
        expect(change.monthlyUsd).toBe(priced([], after).monthlyUsd);
      }),
    );
  });

  it('never falls when something is added or there is more of it', () => {
    fc.assert(
      fc.property(state, anyResource, (resources, { type, properties }) => {
        expect(
          total([...resources, resource(type, properties, 'One more')]).gte(
            total(resources),
          ),
        ).toBe(true);
      }),
    );
    const grows = (
      type: string,
      least: number,
      properties: (count: number) => JsonObject,
    ) =>
      fc.assert(
        fc.property(
          fc.integer({ min: least, max: 60_000 }),
          fc.integer({ min: 1, max: 5_000 }),
          (count, more) => {
            const [few, many] = [count, count + more].map(each =>
              total([resource(type, properties(each))]),
            );
            expect(many.gte(few)).toBe(true);
          },
        ),
      );
    grows('AWS::EKS::Nodegroup', 0, DesiredSize => ({
      InstanceTypes: ['t3.large'],
      ScalingConfig: { DesiredSize },
    }));
    grows('AWS::ElastiCache::ReplicationGroup', 1, NumCacheClusters => ({
      CacheNodeType: 'cache.r6g.xlarge',
      NumCacheClusters,
    }));
    grows('AWS::EC2::Volume', 1, Size => ({ VolumeType: 'gp3', Size }));
    grows('AWS::Logs::LogGroup', 1, RetentionInDays => ({ RetentionInDays }));
  });

  it('of what nobody knows is never nothing: it is named, with why', () => {
    fc.assert(
      fc.property(state, resources => {
        const { unpriced, lines } = priced([], resources);
        const unknown = resources
          .filter(({ type }) => type === UNKNOWN)
          .map(({ path }) => path);
        expect(
          unpriced
            .filter(({ type }) => type === UNKNOWN)
            .map(({ path }) => path),
        ).toEqual(unknown);
        expect(lines.map(line => line.type)).not.toContain(UNKNOWN);
      }),
    );
    expect(
      priced([], [resource('AWS::EC2::NatGateway')], 'eu-north-1'),
    ).toMatchObject({
      monthlyUsd: '0.00',
      unpriced: [
        { reason: 'The price list has no prices of region eu-north-1.' },
      ],
    });
    expect(
      priced(
        [],
        [
          resource('AWS::EC2::Instance', {
            InstanceType: 'u7i-12tb.224xlarge',
          }),
        ],
      ).unpriced,
    ).toMatchObject(
      [{ reason: /u7i-12tb\.224xlarge in us-east-1/ }].map(({ reason }) => ({
        reason: expect.stringMatching(reason),
      })),
    );
  });

  it('is of the oldest day among the prices that it used', () => {
    const days = readPrices().map(({ pricesOf }) => pricesOf);
    const { pricesOf } = priced([], [resource('AWS::KMS::Key')]);
    expect(days).toContain(pricesOf);
    expect(pricesOf >= [...days].sort()[0]).toBe(true);
  });

  it('has Kubernetes past its standard support cost 365 dollars a month more, from that day on', () => {
    const cost = (at: string) =>
      estimate(
        {
          before: [],
          after: [resource('AWS::EKS::Cluster', { Version: '1.33' })],
        },
        { region: 'us-east-1', at: new Date(at) },
        KNOWLEDGE,
      );
    const [then, now] = ['2026-07-28T23:59:59Z', '2026-07-29T00:00:00Z'].map(
      cost,
    );
    expect(new Exact(now.monthlyUsd).minus(then.monthlyUsd).toFixed(2)).toBe(
      '365.00',
    );
    expect(now.lines[0].title).toMatch(/in extended support since 2026-07-29/);
  });

  it('of 500 resources takes no more than 100 ms', () => {
    const many = fc
      .sample(state, { seed: 23, numRuns: 200 })
      .flat()
      .slice(0, 500)
      .map((each, index) => ({ ...each, logicalId: `R${index}` }));
    expect(many).toHaveLength(500);
    priced([], many);
    const began = performance.now();
    priced(many, many);
    expect(performance.now() - began).toBeLessThan(100);
  });
});
