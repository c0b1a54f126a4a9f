import fc from 'fast-check';
import {
  freezeOutlook,
  freezeRefusal,
  type FreezePeriod,
  type FreezeScope,
} from './freezePeriods';

const SHOP = {
  accountId: '123456789012',
  size: 'prod',
  system: 'system:default/shop',
};

function period(
  from: string,
  until: string,
  scope: Partial<FreezeScope> = {},
): FreezePeriod {
  return {
    id: `${from}-${until}`,
    title: 'Black Friday',
    from: `2026-11-${from}:00Z`,
    until: `2026-11-${until}:00Z`,
    scope: { accountIds: [], sizes: [], systems: [], ...scope },
    createdBy: 'user:default/sam',
  };
}

const at = (text: string) => new Date(`2026-11-${text}:00Z`);

describe('what keeps applies away', () => {
  const friday = period('27T00:00', '30T00:00');

  it.each([
    ['25T23:59', 0, 0],
    ['26T00:00', 0, 1],
    ['26T23:59', 0, 1],
    ['27T00:00', 1, 0],
    ['29T23:59', 1, 0],
    ['30T00:00', 0, 0],
  ])('at %s: %i now, %i within a day', (when, now, soon) => {
    const outlook = freezeOutlook([friday], SHOP, at(when));
    expect([outlook.now.length, outlook.soon.length]).toEqual([now, soon]);
  });

  it.each([
    [{}, true],
    [{ accountIds: ['123456789012'] }, true],
    [{ accountIds: ['999999999999'] }, false],
    [{ sizes: ['prod'], systems: ['system:default/shop'] }, true],
    [{ sizes: ['prod'], systems: ['system:default/other'] }, false],
    [{ sizes: ['dev', 'staging'] }, false],
  ])('covers by scope %j: %s', (scope, isCovered) => {
    const { now } = freezeOutlook(
      [period('27T00:00', '30T00:00', scope)],
      SHOP,
      at('28T00:00'),
    );
    expect(now.length === 1).toBe(isCovered);
  });

  it('names the one that ends last, and when', () => {
    const { now } = freezeOutlook(
      [friday, { ...period('20T00:00', '30T12:00'), title: 'Year end' }],
      SHOP,
      at('28T00:00'),
    );
    expect(freezeRefusal('shop', now[0])).toBe(
      'Nothing is applied to shop now: the change freeze "Year end" holds until 2026-11-30T12:00:00Z.',
    );
  });

  it('never tells of one as both in force and to come', () => {
    const hours = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(hours, hours, hours, (from, until, now) => {
        const two = (hour: number) => String(hour).padStart(2, '0');
        const outlook = freezeOutlook(
          [period(`10T${two(from)}:00`, `10T${two(until)}:00`)],
          SHOP,
          at(`10T${two(now)}:00`),
        );
        expect(outlook.now.length).toBe(Number(from <= now && now < until));
        expect(outlook.soon.length).toBe(Number(now < from && from < until));
      }),
    );
  });
});
