import fc from 'fast-check';
import {
  checkExpiry,
  defaultExpiry,
  destroyDueAt,
  expiryAfterResize,
  latestExpiry,
  lifetimeRuleOf,
  retryAfterMinutes,
  warningsDue,
  WARNING_LEAD_HOURS,
  type Lifetime,
  type LifetimeWarning,
} from './lifetime';

const HOUR_MS = 3_600_000;
const now = new Date('2026-11-25T09:00:00Z');
const dev = { defaultDays: 7, maxDays: 30 };
const hoursOn = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);

/** What goes out when the task runs at these hours: each the settled warnings of a real run. */
function walk(lifetime: Lifetime, hours: number[]) {
  const settled: LifetimeWarning[] = [];
  const sent: { lead: number; hour: number }[] = [];
  for (const hour of hours) {
    const due = warningsDue(lifetime, settled, hoursOn(hour));
    const at = hoursOn(hour).toISOString();
    const leads = due.send === undefined ? [] : [due.send];
    for (const leadHours of [...due.leaveOut, ...leads]) {
      settled.push({ expiresAt: lifetime.expiresAt, leadHours, at });
    }
    for (const lead of leads) sent.push({ lead, hour });
  }
  return { settled, sent };
}

const lives = fc.integer({ min: 24, max: 24 * 90 }).map(hours => ({
  hours,
  lifetime: {
    expiresAt: hoursOn(hours).toISOString(),
    setAt: now.toISOString(),
  },
}));
const ticks = fc
  .array(fc.integer({ min: 0, max: 24 * 100 }), { maxLength: 60 })
  .map(hours => hours.sort((a, b) => a - b));

describe('the end of an environment', () => {
  it('is offered and bounded by the rule of the stage', () => {
    expect(defaultExpiry(dev, now)).toBe('2026-12-02T09:00:00.000Z');
    expect(defaultExpiry(undefined, now)).toBeUndefined();
    expect(checkExpiry(latestExpiry(dev, now), dev, now)).toBeUndefined();
  });

  it.each([
    ['2026-12-26', dev, 'choose 2026-12-25 09:00 UTC or earlier'],
    ['2026-11-26T08:59:59Z', dev, 'less than one day away'],
    ['soon', dev, 'write it like 2026-12-25T09:00:00.000Z'],
    ['2026-12-02', undefined, 'leave the end out'],
  ])('says how to mend %s', (expiresAt, rule, message) => {
    expect(checkExpiry(expiresAt, rule, now)).toContain(message);
  });
});

describe('the rule', () => {
  const rules = { sizes: { dev }, endlessAccountIds: ['000000000001'] };

  it('goes by size, and knows no end in production', () => {
    expect(lifetimeRuleOf(rules, { size: 'dev' })).toEqual(dev);
    expect(lifetimeRuleOf(rules, { size: 'prod' })).toBeUndefined();
    expect(lifetimeRuleOf(rules, { size: 'toString' })).toBeUndefined();
    expect(
      lifetimeRuleOf(rules, { accountId: '000000000001', size: 'dev' }),
    ).toBeUndefined();
  });

  it('holds for what changes its size', () => {
    const near = hoursOn(48).toISOString();
    const far = hoursOn(24 * 60).toISOString();
    expect(expiryAfterResize(near, undefined, now)).toBeUndefined();
    expect(expiryAfterResize(undefined, dev, now)).toBe(
      '2026-12-02T09:00:00.000Z',
    );
    expect(expiryAfterResize(near, dev, now)).toBe(near);
    expect(expiryAfterResize(far, dev, now)).toBe(latestExpiry(dev, now));
  });
});

describe('warnings', () => {
  it('go out at 72, 24 and 1 hours', () => {
    const lifetime = {
      expiresAt: hoursOn(168).toISOString(),
      setAt: now.toISOString(),
    };
    const everyHour = Array.from({ length: 200 }, (_, hour) => hour);
    expect(walk(lifetime, everyHour).sent).toEqual([
      { lead: 72, hour: 96 },
      { lead: 24, hour: 144 },
      { lead: 1, hour: 167 },
    ]);
  });

  it('go out once each, in order, never early, whenever the task runs', () => {
    fc.assert(
      fc.property(lives, ticks, ({ hours, lifetime }, at) => {
        const { sent } = walk(lifetime, at);
        const leads = sent.map(({ lead }) => lead);
        expect(new Set(leads).size).toBe(leads.length);
        expect(leads).toEqual([...leads].sort((a, b) => b - a));
        for (const { lead, hour } of sent) {
          expect(hour).toBeGreaterThanOrEqual(hours - lead);
          expect(hours - lead).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('begin anew with an extension', () => {
    const first = {
      expiresAt: hoursOn(100).toISOString(),
      setAt: now.toISOString(),
    };
    const { settled } = walk(first, [99]);
    const extended = {
      expiresAt: hoursOn(99 + 720).toISOString(),
      setAt: hoursOn(99).toISOString(),
    };
    expect(warningsDue(extended, settled, hoursOn(99))).toEqual({
      send: undefined,
      leaveOut: [],
    });
    expect(warningsDue(extended, settled, hoursOn(99 + 719)).send).toBe(1);
    expect(destroyDueAt(extended, settled)).toBeUndefined();
  });
});

describe('the destroy at the end', () => {
  it('comes after the end, and an hour after a warning at the earliest', () => {
    fc.assert(
      fc.property(lives, ticks, ({ lifetime }, at) => {
        const { sent, settled } = walk(lifetime, at);
        const due = destroyDueAt(lifetime, settled);
        expect(due === undefined).toBe(sent.length === 0);
        const dueMs = due === undefined ? Infinity : Date.parse(due);
        const warned = sent.map(({ hour }) =>
          hoursOn(hour + Math.min(...WARNING_LEAD_HOURS)).getTime(),
        );
        expect(dueMs).toBeGreaterThanOrEqual(
          Math.max(Date.parse(lifetime.expiresAt), ...warned.slice(0, 1)),
        );
      }),
    );
  });

  it('is tried again ever later, but every day', () => {
    expect([1, 2, 3, 20].map(retryAfterMinutes)).toEqual([15, 30, 60, 1440]);
  });
});
