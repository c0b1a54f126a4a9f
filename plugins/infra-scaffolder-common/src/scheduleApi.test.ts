import {
  isWantedUp,
  nextTurn,
  nextWake,
  remember,
  sleepDue,
  upScheduleSchema,
  type EnvironmentSchedule,
  type EnvironmentSleep,
  type Sleeper,
} from './scheduleApi';
import { sleepSavings } from './sleepSavings';

const hours = {
  timeZone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '19:00',
  holidays: [],
};
const schedule: EnvironmentSchedule = {
  hours,
  consent: {
    by: 'user:default/anna',
    at: '2026-11-01T00:00:00Z',
    words: '',
    arns: [],
  },
};
const noon = new Date('2026-11-25T12:00:00Z');
const night = new Date('2026-11-25T22:00:00Z');
const later = '2026-11-26T02:00:00.000Z';
const group: Sleeper = {
  kind: 'nodegroup',
  arn: 'arn:aws:eks:eu-central-1:000000000001:nodegroup/one/apps/1',
  id: 'apps',
  cluster: 'one',
  minSize: 2,
  desiredSize: 3,
};
const database: Sleeper = {
  kind: 'db-instance',
  arn: 'arn:aws:rds:eu-central-1:000000000001:db:orders',
  id: 'orders',
};
const asleep: EnvironmentSleep = {
  state: 'asleep',
  since: '2026-11-25T18:00:00Z',
  runId: 'r',
  slept: [group],
};
const status = 'ready' as const;

describe('an environment with a schedule', () => {
  it('turns next by a person’s word, then by its hours, and not at its end', () => {
    const by = 'user:default/anna';
    const turn = (override: EnvironmentSchedule['override'], at: Date) =>
      nextTurn({ schedule: { ...schedule, override } }, at);
    expect(turn(undefined, noon)).toEqual({
      up: false,
      at: '2026-11-25T18:00:00.000Z',
    });
    expect(turn(undefined, night)).toEqual({
      up: true,
      at: '2026-11-26T07:00:00.000Z',
    });
    expect(turn({ up: true, until: later, by }, night)).toEqual({
      up: false,
      at: later,
    });
    // Kept awake over the morning: it sleeps in the evening.
    const ten = '2026-11-26T09:00:00.000Z';
    expect(turn({ up: true, until: ten, by }, night)).toEqual({
      up: false,
      at: '2026-11-26T18:00:00.000Z',
    });
    expect(nextTurn({}, noon)).toBeUndefined();
    expect(
      nextTurn({ schedule, expiresAt: '2026-11-25T20:00:00Z' }, night),
    ).toBeUndefined();
  });

  it('is wanted up by a person, then by its hours, and at its end', () => {
    const by = 'user:default/anna';
    const awake = { ...schedule, override: { up: true, until: later, by } };
    const down = { ...schedule, override: { up: false, until: later, by } };
    expect(isWantedUp({ schedule }, noon)).toBe(true);
    expect(isWantedUp({ schedule }, night)).toBe(false);
    expect(isWantedUp({ schedule: awake }, night)).toBe(true);
    expect(isWantedUp({ schedule: down }, noon)).toBe(false);
    expect(isWantedUp({ schedule: awake }, new Date(later))).toBe(false);
    expect(
      isWantedUp({ schedule, expiresAt: '2026-11-25T20:00:00Z' }, night),
    ).toBe(true);
    expect(isWantedUp({}, night)).toBe(true);
  });

  it.each([
    ['sleeps at night', { schedule, status }, night, 'sleep'],
    ['is let be by day', { schedule, status }, noon, undefined],
    ['wakes by day', { schedule, status, sleep: asleep }, noon, 'wake'],
    ['wakes without a schedule', { status, sleep: asleep }, night, 'wake'],
    [
      'is made up for where it did not fall asleep',
      {
        schedule,
        status,
        sleep: { ...asleep, state: 'falling-asleep' as const },
      },
      night,
      'sleep',
    ],
    [
      'is not tried again too soon',
      {
        schedule,
        status,
        sleep: {
          ...asleep,
          state: 'falling-asleep' as const,
          retryAt: later,
        },
      },
      night,
      undefined,
    ],
    [
      'wakes at once though its sleep failed a while ago',
      {
        schedule,
        status,
        sleep: {
          ...asleep,
          state: 'falling-asleep' as const,
          retryAt: '2026-11-25T16:00:00.000Z',
        },
      },
      noon,
      'wake',
    ],
    [
      'does not try a wake again too soon',
      {
        schedule,
        status,
        sleep: {
          ...asleep,
          state: 'waking' as const,
          retryAt: '2026-11-25T16:00:00.000Z',
        },
      },
      noon,
      undefined,
    ],
    [
      'sleeps at once though its wake failed a while ago',
      {
        schedule,
        status,
        sleep: { ...asleep, state: 'waking' as const, retryAt: later },
      },
      night,
      'sleep',
    ],
    [
      'does not sleep while it is not ready',
      { schedule, status: 'failed' as const },
      night,
      undefined,
    ],
  ])('%s', (_what, environment, at, due) => {
    expect(sleepDue(environment, undefined, at)).toBe(due);
  });

  it('is looked at each hour while it sleeps', () => {
    const environment = { schedule, status, sleep: asleep };
    const before = (minutes: number) =>
      new Date(night.getTime() - minutes * 60_000);
    expect(sleepDue(environment, before(59), night)).toBeUndefined();
    expect(sleepDue(environment, before(60), night)).toBe('look');
    expect(sleepDue(environment, undefined, night)).toBe('look');
  });

  it('goes back to the sizes it had, however often it was stopped', () => {
    const none = { ...group, minSize: 0, desiredSize: 0 };
    expect(remember([], [group])).toEqual([group]);
    expect(remember([group], [none, database])).toEqual([group, database]);
    // An autoscaler has asked for nodes since it was stopped.
    const asked = { ...group, minSize: 0, desiredSize: 1 };
    expect(remember([group], [asked])).toEqual([group]);
    expect(remember([], [none])).toEqual([none]);
    expect(remember([group], [])).toEqual([]);
  });

  it('wakes next in the morning, asked by day or by night', () => {
    const morning = '2026-11-26T07:00:00.000Z';
    expect(nextWake(hours, noon)?.toISOString()).toBe(morning);
    expect(nextWake(hours, night)?.toISOString()).toBe(morning);
  });

  it('is refused by the schema where it is not one', () => {
    expect(upScheduleSchema.safeParse(hours).success).toBe(true);
    const result = upScheduleSchema.safeParse({ ...hours, from: '20:00' });
    expect(result.error?.issues[0].message).toContain('end after it begins');
  });
});

describe('what it saves', () => {
  const part = (unit: string, monthlyUsd: string) => ({
    title: unit,
    quantity: '1',
    unit,
    unitPriceUsd: '1',
    monthlyUsd,
  });
  const line = (type: string, ...parts: ReturnType<typeof part>[]) => ({
    logicalId: type,
    type,
    path: type,
    title: type,
    monthlyUsd: '0',
    parts,
  });
  const estimate = {
    pricesOf: '2026-11-01',
    lines: [
      line('AWS::EKS::Nodegroup', part('hours', '168.00')),
      line(
        'AWS::RDS::DBInstance',
        part('hours', '16.8'),
        part('GB-months', '500'),
      ),
      line('AWS::EC2::NatGateway', part('hours', '1000')),
    ],
  };

  it('is the hours of what is stopped, for the share it sleeps', () => {
    const stops = [group, database];
    expect(sleepSavings(estimate, hours, { stops, stays: [] })).toEqual({
      monthlyUsd: '124.30',
      pricesOf: '2026-11-01',
      asleepShare: 1 - 55 / 168,
      leftOut: [],
    });
  });

  it('promises nothing of a kind of which one stays up', () => {
    const stays = [{ ...database, id: 'replica', why: 'It is a replica.' }];
    expect(
      sleepSavings(estimate, hours, { stops: [group, database], stays }),
    ).toMatchObject({ monthlyUsd: '113.00', leftOut: ['db-instance'] });
  });
});
