import fc from 'fast-check';
import { faultsThatHit, matchesCall } from './matching';
import { seededRandom } from './seededRandom';
import type { AwsCall, Fault } from './types';

const call = fc.record({
  account: fc.constantFrom('111111111111', '222222222222'),
  region: fc.constantFrom('us-east-1', 'us-west-2'),
  service: fc.constantFrom('ec2', 's3', 'iam'),
  operation: fc.stringMatching(/^[A-Z][a-z]{0,6}[A-Z][a-z]{0,6}$/),
  dependsOn: fc.subarray(['us-east-1', 'us-west-2'], { minLength: 1 }),
});

function fault(parts: Partial<Fault>): Fault {
  return {
    id: 'f',
    effect: { kind: 'throttle' },
    match: {},
    probability: 1,
    startedBy: 'command',
    startedAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}

describe('matching of faults', () => {
  it('a match made from any fields of a call covers it, and none with another value in one', () => {
    fc.assert(
      fc.property(
        call,
        fc.subarray(['account', 'region', 'service', 'operation'] as const, {
          minLength: 1,
        }),
        (some, keys) => {
          const match = Object.fromEntries(keys.map(key => [key, some[key]]));
          expect(matchesCall(match, some, false)).toBe(true);
          for (const key of keys) {
            const other = { ...match, [key]: `${some[key]}x` };
            expect(matchesCall(other, some, false)).toBe(false);
          }
        },
      ),
    );
  });

  it('a star stands for any letters, also none, wherever it is', () => {
    fc.assert(
      fc.property(call, fc.nat(), fc.nat(), (some, first, second) => {
        const { operation } = some;
        const [from, to] = [first, second]
          .map(position => position % (operation.length + 1))
          .sort((a, b) => a - b);
        const pattern = `${operation.slice(0, from)}*${operation.slice(to)}`;
        expect(matchesCall({ operation: pattern }, some, false)).toBe(true);
        expect(matchesCall({ operation: `${pattern}Zz` }, some, false)).toBe(
          false,
        );
      }),
    );
  });

  it('only a dark region reaches calls that are signed elsewhere and need it', () => {
    fc.assert(
      fc.property(
        call,
        fc.constantFrom('us-east-1', 'us-west-2'),
        (some, region) => {
          expect(matchesCall({ region }, some, true)).toBe(
            some.dependsOn.includes(region),
          );
          expect(matchesCall({ region }, some, false)).toBe(
            some.region === region,
          );
        },
      ),
    );
  });

  it('neither used up nor over faults hit', () => {
    const some: AwsCall = {
      account: '111111111111',
      region: 'us-east-1',
      service: 'ec2',
      operation: 'RunInstances',
      dependsOn: ['us-east-1'],
    };
    const now = Date.parse('2026-01-01T00:01:00.000Z');
    const hits = (parts: Partial<Fault>) =>
      faultsThatHit([fault(parts)], some, now, () => 0).length;
    expect(hits({})).toBe(1);
    expect(hits({ timesLeft: 1 })).toBe(1);
    expect(hits({ timesLeft: 0 })).toBe(0);
    expect(hits({ endsAt: '2026-01-01T00:01:00.001Z' })).toBe(1);
    expect(hits({ endsAt: '2026-01-01T00:01:00.000Z' })).toBe(0);
  });

  it('an uncertain fault hits its share of calls, the same ones for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (seed, probability) => {
          const some = { dependsOn: ['us-east-1'] } as AwsCall;
          const draw = () => {
            const random = seededRandom(seed);
            return Array.from(
              { length: 2_000 },
              () =>
                faultsThatHit([fault({ probability })], some, 0, random).length,
            );
          };
          const hits = draw();
          expect(draw()).toEqual(hits);
          const share = hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
          expect(Math.abs(share - probability)).toBeLessThan(0.06);
        },
      ),
      { numRuns: 30 },
    );
  });
});
