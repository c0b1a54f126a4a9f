import * as fc from 'fast-check';
import { addressCount, formatCidr, parseCidr } from './cidr';
import { subnetLayout } from './subnetLayout';

const vpcs = fc
  .tuple(fc.integer({ min: 16, max: 20 }), fc.nat({ max: 2 ** 32 - 1 }))
  .map(([prefixLength, address]) =>
    formatCidr({
      first: address - (address % addressCount(prefixLength)),
      prefixLength,
    }),
  );

const range = (cidr: string) => {
  const { first, prefixLength } = parseCidr(cidr);
  return { first, end: first + addressCount(prefixLength), prefixLength };
};

describe('subnetLayout', () => {
  it('splits the VPC of document 004 as the document does', () => {
    expect(subnetLayout('10.0.0.0/16', 3)).toEqual({
      private: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
      public: ['10.0.48.0/24', '10.0.49.0/24', '10.0.50.0/24'],
      database: ['10.0.52.0/24', '10.0.53.0/24', '10.0.54.0/24'],
    });
  });

  it('keeps every subnet within the VPC, apart from the others, and large enough for a load balancer', () => {
    fc.assert(
      fc.property(vpcs, cidr => {
        const layout = subnetLayout(cidr, 3);
        const vpc = range(cidr);
        const subnets = [
          ...layout.private,
          ...layout.public,
          ...layout.database,
        ]
          .map(range)
          .sort((a, b) => a.first - b.first);
        expect(subnets).toHaveLength(9);
        for (const [index, subnet] of subnets.entries()) {
          const before = index === 0 ? vpc.first : subnets[index - 1].end;
          expect(subnet.first).toBeGreaterThanOrEqual(before);
          expect(subnet.end).toBeLessThanOrEqual(vpc.end);
          expect(subnet.prefixLength).toBeLessThanOrEqual(27);
        }
      }),
    );
  });

  it.each([
    ['10.0.0.0/15', 'must be a /16 to /20'],
    ['10.0.0.0/21', 'must be a /16 to /20'],
    ['10.0.1.0/16', 'use 10.0.0.0/16'],
    ['10.0.0/16', 'write it like 10.0.0.0/16'],
    ['10.0.0.256/16', 'write it like 10.0.0.0/16'],
    ['::/16', 'write it like 10.0.0.0/16'],
  ])('refuses %s', (cidr, message) => {
    expect(() => subnetLayout(cidr, 3)).toThrow(message);
  });
});

describe('cidr', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(vpcs, cidr => {
        expect(formatCidr(parseCidr(cidr))).toBe(cidr);
      }),
    );
  });
});
