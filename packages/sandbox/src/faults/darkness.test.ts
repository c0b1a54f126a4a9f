import fc from 'fast-check';
import { darknessOf, isRegionDark, isZoneDark } from './darkness';
import type { Fault, FaultEffect, FaultMatch } from './types';

const region: fc.Arbitrary<string> = fc.constantFrom(
  'us-east-1',
  'us-west-2',
  'ap-southeast-1',
);
const zone = fc
  .tuple(region, fc.constantFrom('a', 'b', 'c'))
  .map(([name, letter]) => `${name}${letter}`);
const dark = { kind: 'dark', mode: 'drop' } as const;

function fault(
  match: FaultMatch,
  probability = 1,
  effect: FaultEffect = dark,
): Fault {
  return {
    id: 'f',
    effect,
    match,
    probability,
    startedBy: 'command',
    startedAt: '2026-01-01T00:00:00.000Z',
  };
}

it('what is dark is what the faults name, and all zones of what they name', () => {
  fc.assert(
    fc.property(
      fc.array(region),
      fc.array(zone),
      zone,
      (regions, zones, some) => {
        const darkness = darknessOf([
          ...regions.map(name => fault({ region: name })),
          ...zones.map(name => fault({ zone: name })),
        ]);
        const regionOfIt = some.slice(0, -1);
        expect(isRegionDark(darkness, regionOfIt)).toBe(
          regions.includes(regionOfIt),
        );
        expect(isZoneDark(darkness, some)).toBe(
          zones.includes(some) || regions.includes(regionOfIt),
        );
      },
    ),
  );
});

it('an outage of a service, of some calls, or another fault darkens no place', () => {
  fc.assert(
    fc.property(
      region,
      fc.constantFrom<Partial<FaultMatch>>(
        { service: 'rds' },
        { operation: 'Describe*' },
        { account: '111111111111' },
      ),
      (name, narrower) => {
        expect(
          darknessOf([
            fault({ region: name, ...narrower }),
            fault({ region: name }, 0.5),
            fault({ region: name }, 1, { kind: 'throttle' }),
          ]),
        ).toEqual({ regions: [], zones: [] });
      },
    ),
  );
});
