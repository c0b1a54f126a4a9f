import fc from 'fast-check';
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { answer, type RoutingContext } from './routing';

function context(
  records: ResourceRecordSet[],
  unhealthy: string[] = [],
  extra: Partial<RoutingContext> = {},
): RoutingContext {
  return {
    records,
    isHealthy: id => !unhealthy.includes(id),
    targetServes: () => true,
    client: {},
    draw: 0,
    ...extra,
  };
}

const a = (value: string, rest: Partial<ResourceRecordSet>) =>
  ({
    Name: 'shop.example.com.',
    Type: 'A',
    TTL: 30,
    ResourceRecords: [{ Value: value }],
    ...rest,
  } as ResourceRecordSet);

describe('failover records', () => {
  const pair = [
    a('10.0.0.1', {
      Failover: 'PRIMARY',
      SetIdentifier: 'east',
      HealthCheckId: 'p',
    }),
    a('10.0.0.2', {
      Failover: 'SECONDARY',
      SetIdentifier: 'west',
      HealthCheckId: 's',
    }),
  ];

  it.each([
    ['both healthy', [], '10.0.0.1'],
    ['primary unhealthy', ['p'], '10.0.0.2'],
    ['secondary unhealthy', ['s'], '10.0.0.1'],
    ['both unhealthy: the primary, as AWS documents', ['p', 's'], '10.0.0.1'],
  ])('%s', (_name, unhealthy, expected) => {
    expect(answer('SHOP.example.com', 'A', context(pair, unhealthy))).toEqual(
      expect.objectContaining({ ttlSeconds: 30, values: [expected] }),
    );
  });
});

describe('weighted records', () => {
  it('are drawn in proportion, never an unhealthy one while another is healthy', () => {
    const weight = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(weight, fc.boolean()), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (parts, draw) => {
          const records = parts.map(([Weight], index) =>
            a(`10.0.0.${index}`, {
              Weight,
              SetIdentifier: `${index}`,
              HealthCheckId: `${index}`,
            }),
          );
          const unhealthy = parts.flatMap(([, healthy], index) =>
            healthy ? [] : [`${index}`],
          );
          const got = answer(
            'shop.example.com',
            'A',
            context(records, unhealthy, { draw }),
          )!;
          const isUnhealthy = unhealthy.includes(got.setIdentifier!);
          expect(isUnhealthy).toBe(unhealthy.length === parts.length);
        },
      ),
    );
    const records = [
      a('10.0.0.1', { Weight: 90, SetIdentifier: 'a' }),
      a('10.0.0.2', { Weight: 10, SetIdentifier: 'b' }),
    ];
    const winners = Array.from(
      { length: 100 },
      (_, index) =>
        answer(
          'shop.example.com',
          'A',
          context(records, [], { draw: index / 100 }),
        )!.setIdentifier,
    );
    expect(winners.filter(winner => winner === 'b')).toHaveLength(10);
  });
});

describe('aliases', () => {
  const alias = (DNSName: string, rest: Partial<ResourceRecordSet> = {}) =>
    ({
      Name: 'shop.example.com.',
      Type: 'A',
      AliasTarget: { DNSName, HostedZoneId: 'Z', EvaluateTargetHealth: true },
      ...rest,
    } as ResourceRecordSet);

  it('turn to the secondary when the load balancer they name cannot serve', () => {
    const records = [
      alias('lb.us-east-1.elb.amazonaws.com', {
        Failover: 'PRIMARY',
        SetIdentifier: 'east',
      }),
      alias('lb.us-west-2.elb.amazonaws.com', {
        Failover: 'SECONDARY',
        SetIdentifier: 'west',
      }),
    ];
    const dark = context(records, [], {
      targetServes: name => !name.includes('us-east-1'),
    });
    expect(
      answer('shop.example.com', 'A', context(records))?.setIdentifier,
    ).toBe('east');
    expect(answer('shop.example.com', 'A', dark)).toEqual({
      ttlSeconds: 60,
      values: [],
      alias: 'lb.us-west-2.elb.amazonaws.com.',
      setIdentifier: 'west',
    });
  });

  it('are followed within the zone, and a loop ends without an answer', () => {
    const records = [
      alias('origin.example.com'),
      { ...a('10.9.9.9', {}), Name: 'origin.example.com.' },
    ];
    expect(answer('shop.example.com', 'A', context(records))?.values).toEqual([
      '10.9.9.9',
    ]);
    const loop = [alias('shop.example.com')];
    expect(
      answer('shop.example.com', 'A', context(loop))?.values ?? [],
    ).toEqual([]);
  });
});

it('answers by the region or the place that the question comes from', () => {
  const latency = [
    a('10.0.0.1', { Region: 'us-east-1', SetIdentifier: 'east' }),
    a('10.0.0.2', {
      Region: 'us-west-2',
      SetIdentifier: 'west',
      HealthCheckId: 'w',
    }),
  ];
  const client = { region: 'us-west-2' };
  expect(
    answer('shop.example.com', 'A', context(latency, [], { client }))
      ?.setIdentifier,
  ).toBe('west');
  expect(
    answer('shop.example.com', 'A', context(latency, ['w'], { client }))
      ?.setIdentifier,
  ).toBe('east');
  const geo = [
    a('10.0.0.1', { GeoLocation: { CountryCode: '*' }, SetIdentifier: 'rest' }),
    a('10.0.0.2', {
      GeoLocation: { ContinentCode: 'EU' },
      SetIdentifier: 'eu',
    }),
  ];
  expect(
    answer(
      'shop.example.com',
      'A',
      context(geo, [], { client: { country: 'DE', continent: 'EU' } }),
    )?.setIdentifier,
  ).toBe('eu');
  expect(answer('shop.example.com', 'A', context(geo))?.setIdentifier).toBe(
    'rest',
  );
  expect(answer('other.example.com', 'A', context(geo))).toBeUndefined();
});
