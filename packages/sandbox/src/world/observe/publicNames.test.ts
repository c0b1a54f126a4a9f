import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import { answer } from '../../dns/routing';
import { type Resolve, sharesOf } from './publicNames';

const NAME = 'api.shop.slipway.example';

function resolver(
  records: ResourceRecordSet[],
  unhealthy: string[] = [],
): Resolve {
  return (name, type, client, draw) =>
    answer(name, type, {
      records,
      isHealthy: id => !unhealthy.includes(id),
      targetServes: () => true,
      client,
      draw,
    });
}

function record(
  region: string,
  more: Partial<ResourceRecordSet>,
): ResourceRecordSet {
  return {
    Name: NAME,
    Type: 'CNAME',
    TTL: 30,
    SetIdentifier: region,
    ResourceRecords: [{ Value: `${region}.shop.slipway.example` }],
    ...more,
  };
}

it('shares follow weights to a hundredth, and add up to one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 1, max: 255 }),
      (east, west) => {
        const { shares, nowhere } = sharesOf(
          resolver([
            record('us-east-1', { Weight: east }),
            record('us-west-2', { Weight: west }),
          ]),
          NAME,
        );
        const sum = Object.values(shares).reduce((all, one) => all + one, 0);
        expect(sum + nowhere).toBeCloseTo(1);
        const off = (shares['us-east-1'] ?? 0) - east / (east + west);
        expect(Math.abs(off)).toBeLessThanOrEqual(0.011);
      },
    ),
  );
});

it('a failover pair leads to one region, by the health of the first', () => {
  const pair = [
    record('us-east-1', { Failover: 'PRIMARY', HealthCheckId: 'home' }),
    record('us-west-2', { Failover: 'SECONDARY' }),
  ];
  expect(sharesOf(resolver(pair), NAME)).toEqual({
    shares: { 'us-east-1': 1 },
    nowhere: 0,
    ttlSeconds: 30,
  });
  expect(sharesOf(resolver(pair, ['home']), NAME).shares).toEqual({
    'us-west-2': 1,
  });
});

it('latency records divide users by where they are', () => {
  const { shares } = sharesOf(
    resolver([
      record('us-east-1', { Region: 'us-east-1' }),
      record('us-west-2', { Region: 'us-west-2' }),
    ]),
    NAME,
  );
  expect(shares['us-west-2']).toBeCloseTo(1 / 3);
  expect(shares['us-east-1']).toBeCloseTo(2 / 3);
});

it('a name that nobody has, or that leads out of AWS, leads nowhere', () => {
  expect(sharesOf(resolver([]), NAME)).toMatchObject({
    nowhere: 1,
    shares: {},
  });
  const elsewhere = record('x', {
    SetIdentifier: undefined,
    ResourceRecords: [{ Value: 'www.example.org' }],
  });
  expect(sharesOf(resolver([elsewhere]), NAME).nowhere).toBe(1);
});
