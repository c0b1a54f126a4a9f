import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  CostEstimate,
  SleepPlan,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { FakeChecker } from '../__testUtils__/FakeChecker';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import {
  FIONA,
  MAYA,
  SAM,
  startPortal,
  TOM,
  type Portal,
} from '../__testUtils__/portal';
import {
  describeWithAws,
  startSandboxAws,
  type SandboxAws,
} from '../__testUtils__/sandboxAws';
import { TABLES } from '../database/tables';

jest.setTimeout(120_000);

const DAY_MS = 24 * 3_600_000;

/** Up on the day after the next of UTC, so asleep now, whatever the hour. */
function asleepNow(): UpSchedule {
  const day = new Date(Date.now() + 2 * DAY_MS).getUTCDay() || 7;
  return {
    timeZone: 'UTC',
    weekdays: [day],
    from: '08:00',
    until: '20:00',
    holidays: [],
  };
}

/** Up on every day of the next years but one. */
const UP_NOW: UpSchedule = {
  timeZone: 'UTC',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  from: '00:00',
  until: '24:00',
  holidays: [new Date(Date.now() + 200 * DAY_MS).toISOString().slice(0, 10)],
};

/** A database for 73 dollars a month, of which 70 are hours. */
async function estimate(): Promise<CostEstimate> {
  return {
    pricesOf: '2026-11-01',
    region: 'us-east-1',
    monthlyBeforeUsd: '0.00',
    monthlyUsd: '73.00',
    lines: [
      {
        logicalId: 'Database',
        type: 'AWS::RDS::DBInstance',
        path: 'database',
        title: 'Database',
        monthlyUsd: '73.00',
        parts: [
          {
            title: 'Instance',
            quantity: '730',
            unit: 'hours',
            unitPriceUsd: '0.0958904110',
            monthlyUsd: '70.00',
          },
          {
            title: 'Storage',
            quantity: '26',
            unit: 'GB-months',
            unitPriceUsd: '0.115',
            monthlyUsd: '3.00',
          },
        ],
      },
    ],
    unpriced: [],
    assumptions: [],
  };
}

describeWithAws('schedules of environments', () => {
  const world = new FakeWorld();
  let knex: Knex;
  let aws: SandboxAws;
  let portal: Portal;
  let rds: RDSClient;
  let block = 0;

  afterAll(async () => {
    world.open();
    await portal?.stop();
    rds?.destroy();
    await aws?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    aws = await startSandboxAws();
    portal = await startPortal({
      knex,
      world,
      aws: aws.service,
      reviewers: { estimator: { estimate }, checker: new FakeChecker() },
      config: {
        approvals: {
          production: true,
          destroy: 'never',
          monthlyAboveUsd: false,
          replacedDatabase: false,
        },
      },
    });
    rds = new RDSClient(
      await aws.access.clientConfig({
        accountId: '123456789012',
        region: 'us-east-1',
      }),
    );
  }, 120_000);

  const look = () => portal.trigger('schedules');
  const statusOf = async (id: string) =>
    (
      await rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
      )
    ).DBInstances![0].DBInstanceStatus;
  const statusIs = (id: string, status: string) =>
    portal.until(
      `${id} is ${status}`,
      async () => (await statusOf(id)) === status,
    );
  const database = async (id: string, environmentId: string) => {
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: id,
        Engine: 'postgres',
        DBInstanceClass: 'db.t4g.medium',
        AllocatedStorage: 20,
        MasterUsername: 'slipway',
        ManageMasterUserPassword: true,
        BackupRetentionPeriod: 1,
        Tags: [{ Key: ENVIRONMENT_ID_TAG, Value: environmentId }],
      }),
    );
    await statusIs(id, 'available');
  };
  /** An environment with a database of its own. */
  const withDatabase = async (name: string) => {
    block += 1;
    const environment = await portal.ready({
      name,
      cidr: `10.${block}.0.0/16`,
    });
    await database(`${name}-db`, environment.id);
    return environment;
  };
  const pathOf = (name: string) => `/environments/${name}`;
  const planOf = async (name: string, hours: UpSchedule): Promise<SleepPlan> =>
    (
      await portal
        .as(MAYA)
        .post(`${pathOf(name)}/sleep-plan`, { hours })
        .expect(200)
    ).body;
  const schedule = async (name: string, hours: UpSchedule) => {
    const { hash } = await planOf(name, hours);
    return (
      await portal
        .as(MAYA)
        .put(`${pathOf(name)}/schedule`, { hours, planHash: hash })
        .expect(200)
    ).body;
  };
  const sleepIs = (name: string, state: string | undefined) =>
    portal.until(`${name} is ${state ?? 'awake'}`, async () => {
      const found = await portal.environment(name);
      return found.sleep?.state === state && !found.lease && found;
    });
  const asleep = async (name: string) => {
    const environment = await withDatabase(name);
    await schedule(name, asleepNow());
    await look();
    await sleepIs(name, 'asleep');
    return environment;
  };
  const runs = async (name: string) =>
    (
      await portal
        .as(SAM)
        .get(`${pathOf(name)}/runs`)
        .expect(200)
    ).body.items as Array<{ id: string; kind: string; createdBy: string }>;
  const activity = async (name: string) =>
    (
      await portal
        .as(SAM)
        .get(`${pathOf(name)}/activity`)
        .expect(200)
    ).body.items as Array<{ action: string; actor: string; message: string }>;
  const audited = (eventId: string) =>
    portal.audited.filter(each => each.eventId === eventId);
  /** Lets hours pass for what is remembered of its sleep. */
  const pass = async (id: string, hours: number) => {
    const earlier = (column: string) =>
      knex.raw(`${column} - ? * interval '1 hour'`, [hours]);
    await knex(TABLES.environments)
      .where('id', id)
      .update({
        sleep_looked_at: earlier('sleep_looked_at'),
        sleep_retry_at: earlier('sleep_retry_at'),
        schedule_override: knex.raw(
          `schedule_override || jsonb_build_object('until',
            to_char((schedule_override ->> 'until')::timestamptz at time zone 'UTC'
              - ? * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
          [hours],
        ),
      });
  };

  /** Lets it be another time of its day: what it is meant to be now, its hours say. */
  const hoursBecome = (id: string, hours: UpSchedule) =>
    knex(TABLES.environments)
      .where('id', id)
      .update({
        schedule: knex.raw(`jsonb_set(schedule::jsonb, '{hours}', ?::jsonb)`, [
          JSON.stringify(hours),
        ]),
      });
  const refuse = (operation: string, kind = 'throttle', service = 'rds') =>
    aws.control('POST', 'faults', {
      effect: { kind },
      match: { service, operation },
    });
  const heal = () => aws.control('DELETE', 'faults', {});
  const hasFailed = (name: string, state: string) =>
    portal.until(`it has failed: ${name} ${state}`, async () => {
      const { sleep, lease } = await portal.environment(name);
      return sleep?.state === state && sleep.retryAt && !lease
        ? { ...sleep, retryAt: sleep.retryAt }
        : undefined;
    });

  it('show what is stopped, what stays and why, and what that saves, before anybody agrees', async () => {
    const { id } = await withDatabase('shown');
    await rds.send(
      new CreateDBInstanceReadReplicaCommand({
        DBInstanceIdentifier: 'shown-replica',
        SourceDBInstanceIdentifier: 'shown-db',
        Tags: [{ Key: ENVIRONMENT_ID_TAG, Value: id }],
      }),
    );
    await database('shown-other', id);
    await statusIs('shown-replica', 'available');
    const plan = await planOf('shown', asleepNow());
    expect(plan.stops).toEqual([
      expect.objectContaining({ kind: 'db-instance', id: 'shown-other' }),
    ]);
    expect(plan.stays).toEqual([
      expect.objectContaining({
        id: 'shown-db',
        why: 'It has read replicas; AWS does not stop such a database.',
      }),
      expect.objectContaining({
        id: 'shown-replica',
        why: 'It is a read replica, which AWS does not stop.',
      }),
    ]);
    expect(plan.savings).toMatchObject({
      monthlyUsd: '0.00',
      leftOut: ['db-instance'],
    });
    expect(plan.words).toContain('cannot be reached: shown-other.');
    expect((await portal.environment('shown')).schedule).toBeUndefined();

    await withDatabase('saving');
    expect((await planOf('saving', asleepNow())).savings).toEqual({
      // 70 dollars of hours, asleep 156 of 168.
      monthlyUsd: '65.00',
      pricesOf: '2026-11-01',
      asleepShare: 156 / 168,
      leftOut: [],
    });
  });

  it('are set by who may, for exactly what was shown', async () => {
    const { id } = await withDatabase('agreed');
    const hours = UP_NOW;
    const plan = await planOf('agreed', hours);
    const request = { hours, planHash: plan.hash };
    const path = `${pathOf('agreed')}/schedule`;
    await portal.as(TOM).put(path, request).expect(404);
    await portal.as(FIONA).put(path, request).expect(403);
    await portal.as(FIONA).delete(path).expect(403);
    for (const deed of ['sleep', 'wake', 'sleep-plan']) {
      await portal
        .as(FIONA)
        .post(
          `${pathOf('agreed')}/${deed}`,
          deed === 'sleep-plan' ? { hours } : {},
        )
        .expect(403);
    }
    await portal
      .as(MAYA)
      .put(path, { ...request, hours: { ...hours, from: '06:00' } })
      .expect(409);
    const wrong = await portal
      .as(MAYA)
      .put(path, { ...request, hours: { ...hours, timeZone: 'Mars/Base' } })
      .expect(400);
    expect(wrong.body.error.message).toContain(
      'There is no time zone "Mars/Base"',
    );

    await database('agreed-later', id);
    const stale = await portal.as(MAYA).put(path, request).expect(409);
    expect(stale.body.error.message).toBe(
      'What would be stopped of agreed is not what you were shown. Look at it again and agree to what it shows.',
    );
    const set = await schedule('agreed', hours);
    expect(set.schedule).toMatchObject({
      hours,
      consent: { by: MAYA, words: expect.stringContaining('agreed-later') },
    });
    expect(audited('schedule-set')).toEqual(
      expect.arrayContaining([
        { eventId: 'schedule-set', outcome: 'failed' },
        { eventId: 'schedule-set', outcome: 'succeeded' },
      ]),
    );
    expect((await activity('agreed'))[0]).toMatchObject({
      action: 'environment.scheduled',
      actor: MAYA,
    });
    await look();
    expect((await portal.environment('agreed')).sleep).toBeUndefined();
    expect((await portal.as(MAYA).get(pathOf('agreed'))).body.allowed).toEqual({
      update: true,
      destroy: true,
      freeze: false,
      schedule: true,
    });
  });

  it('of nothing that can be stopped are refused', async () => {
    block += 1;
    await portal.ready({ name: 'bare', cidr: `10.${block}.0.0/16` });
    const { hash } = await planOf('bare', UP_NOW);
    const { body } = await portal
      .as(MAYA)
      .put(`${pathOf('bare')}/schedule`, { hours: UP_NOW, planHash: hash })
      .expect(409);
    expect(body.error.message).toContain('Nothing of bare can be stopped');
  });

  it('put to sleep by the portal, which keeps others off, and stop again what AWS has started', async () => {
    const { id } = await asleep('sleeper');
    expect(await statusOf('sleeper-db')).toBe('stopped');
    const [run] = await runs('sleeper');
    expect(run).toMatchObject({
      kind: 'infra.sleep',
      createdBy: 'portal:schedule',
    });
    const events = (
      await portal.as(MAYA).get(`/runs/${run.id}/events`).expect(200)
    ).body.items;
    expect(JSON.stringify(events)).toContain('StopDBInstance');
    expect(audited('environment-sleep')).toContainEqual({
      eventId: 'environment-sleep',
      outcome: 'succeeded',
    });
    const refused = [
      portal.as(MAYA).post(`${pathOf(id)}/update`, { size: 'prod' }),
      portal.as(MAYA).post(`${pathOf(id)}/destroy`, { confirmName: 'sleeper' }),
      portal
        .as('plugin:dr-console')
        .post(`${pathOf(id)}/leases`, { reason: 'Drill', seconds: 60 }),
    ];
    for (const each of refused) {
      expect((await each.expect(409)).body.error.message).toContain(
        'Wake it first',
      );
    }

    await aws.control('POST', 'emulator/time', { seconds: 7 * 24 * 3_600 });
    await statusIs('sleeper-db', 'available');
    await look();
    expect(await runs('sleeper')).toHaveLength(2);
    await pass(id, 1);
    await look();
    await sleepIs('sleeper', 'asleep');
    expect(await runs('sleeper')).toHaveLength(3);
    expect(await statusOf('sleeper-db')).toBe('stopped');
    expect(await activity('sleeper')).toContainEqual(
      expect.objectContaining({
        action: 'environment.sleep',
        actor: 'portal:schedule',
        message: expect.stringContaining('after seven days'),
      }),
    );
  });

  it('leave what the policies say of it as it is, because sleeping changes nothing that stands', async () => {
    const { id } = await asleep('judged');
    const { applied } = (
      await portal.as(MAYA).get(`/environments/${id}/findings`).expect(200)
    ).body;
    expect(applied).toMatchObject({ findings: [] });
    const [newest] = await runs('judged');
    expect(newest.id).not.toBe(applied.runId);
  });

  it('give way to a person who wakes it, for as long as that was asked', async () => {
    const { id } = await asleep('woken');
    await portal
      .as(MAYA)
      .post(`${pathOf('woken')}/wake`, { hours: 25 })
      .expect(400);
    const { body } = await portal
      .as(MAYA)
      .post(`${pathOf('woken')}/wake`, { hours: 2 })
      .expect(200);
    expect(body.sleep.state).toBe('waking');
    await look();
    await sleepIs('woken', undefined);
    expect(await statusOf('woken-db')).toBe('available');
    expect((await runs('woken'))[0]).toMatchObject({
      kind: 'infra.wake',
      createdBy: MAYA,
    });
    expect(audited('environment-wake')).toContainEqual({
      eventId: 'environment-wake',
      outcome: 'succeeded',
    });
    await look();
    expect((await portal.environment('woken')).sleep).toBeUndefined();
    expect((await activity('woken')).map(({ action }) => action)).not.toContain(
      'schedule.held-up',
    );
    await pass(id, 2);
    await look();
    await sleepIs('woken', 'asleep');
  });

  it('give way to a person who puts it to sleep, until they wake it next', async () => {
    await withDatabase('early');
    await portal
      .as(MAYA)
      .post(`${pathOf('early')}/sleep`)
      .expect(409);
    const { holidays } = UP_NOW;
    await schedule('early', UP_NOW);
    await portal
      .as(MAYA)
      .post(`${pathOf('early')}/sleep`)
      .expect(200);
    const { schedule: set } = await sleepIs('early', 'asleep');
    expect(set!.override).toEqual({
      up: false,
      by: MAYA,
      until: new Date(Date.parse(holidays[0]) + DAY_MS).toISOString(),
    });
    await look();
    expect((await portal.environment('early')).sleep?.state).toBe('asleep');

    await portal
      .as(MAYA)
      .delete(`${pathOf('early')}/schedule`)
      .expect(200);
    expect(audited('schedule-remove')).toContainEqual({
      eventId: 'schedule-remove',
      outcome: 'succeeded',
    });
    await look();
    const awake = await sleepIs('early', undefined);
    expect(awake.schedule).toBeUndefined();
    expect(await statusOf('early-db')).toBe('available');
  });

  it('give way to the end of its life: it is woken, so that it can be destroyed', async () => {
    const { id } = await asleep('ending');
    await knex(TABLES.environments)
      .where('id', id)
      .update({
        expires_at: knex.raw("now() - interval '1 minute'"),
        expiry_set_at: knex.raw("now() - interval '8 days'"),
      });
    await look();
    await sleepIs('ending', undefined);
    await look();
    expect((await portal.environment('ending')).sleep).toBeUndefined();
    await portal
      .as(MAYA)
      .post(`${pathOf(id)}/destroy`, { confirmName: 'ending' })
      .expect(202);
  });

  it('are held up by a freeze, which is told once, and wake in spite of one', async () => {
    await withDatabase('frozen');
    await schedule('frozen', asleepNow());
    const freeze = `${pathOf('frozen')}/freeze`;
    await portal.as(SAM).put(freeze, { reason: 'Audit' }).expect(204);
    await look();
    await look();
    const held = await portal.environment('frozen');
    expect(held.schedule!.heldUpBy).toContain('frozen by user:default/sam');
    expect(held.sleep).toBeUndefined();
    expect(
      (await activity('frozen')).filter(
        ({ action }) => action === 'schedule.held-up',
      ),
    ).toHaveLength(1);
    await portal
      .as(MAYA)
      .post(`${pathOf('frozen')}/sleep`)
      .expect(409);
    await portal.as(SAM).delete(freeze).expect(204);
    await look();
    const sleeping = await sleepIs('frozen', 'asleep');
    expect(sleeping.schedule!.heldUpBy).toBeUndefined();
    await portal.as(SAM).put(freeze, { reason: 'Audit' }).expect(204);
    await portal
      .as(MAYA)
      .post(`${pathOf('frozen')}/wake`, {})
      .expect(200);
    await sleepIs('frozen', undefined);
  });

  it('stop nothing that nobody has agreed to, and nothing twice that a person has stopped', async () => {
    const { id } = await asleep('partial');
    await database('partial-second', id);
    await portal
      .as(MAYA)
      .post(`${pathOf('partial')}/wake`, {})
      .expect(200);
    await sleepIs('partial', undefined);
    await pass(id, 4);
    await look();
    const { sleep } = await sleepIs('partial', 'asleep');
    expect(sleep!.slept.map(each => each.id)).toEqual(['partial-db']);
    expect(await statusOf('partial-second')).toBe('available');
    const events = (
      await portal.as(MAYA).get(`/runs/${sleep!.runId}/events`).expect(200)
    ).body.items;
    expect(events).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(/^partial-second is left as it is/),
      }),
    );

    await rds.send(
      new StopDBInstanceCommand({ DBInstanceIdentifier: 'partial-second' }),
    );
    await statusIs('partial-second', 'stopped');
    expect(await planOf('partial', asleepNow())).toMatchObject({
      stops: [{ id: 'partial-db' }],
      stays: [
        {
          id: 'partial-second',
          why: 'It is stopped already, and not by the portal.',
        },
      ],
    });
  });

  it('go on after an answer that was lost, without giving the order twice', async () => {
    await withDatabase('lost');
    await schedule('lost', asleepNow());
    await aws.control('POST', 'faults', {
      effect: { kind: 'lose' },
      match: { service: 'rds', operation: 'StopDBInstance' },
      times: 1,
    });
    await look();
    const { sleep } = await sleepIs('lost', 'asleep');
    expect(await statusOf('lost-db')).toBe('stopped');
    expect(await portal.run(sleep!.runId)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('are made up for, later, where AWS does not take an order', async () => {
    const { id } = await withDatabase('trying');
    await schedule('trying', asleepNow());
    await aws.control('POST', 'faults', {
      effect: { kind: 'throttle' },
      match: { service: 'rds', operation: 'StopDBInstance' },
    });
    await look();
    const failed = await portal.until('its sleep has failed', async () => {
      const found = await portal.environment('trying');
      return found.sleep?.retryAt ? found : undefined;
    });
    expect(failed.sleep!.state).toBe('falling-asleep');
    const minutes = (Date.parse(failed.sleep!.retryAt!) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({
          title: 'Put trying to sleep: failed',
        }),
      }),
    );
    await look();
    expect(await runs('trying')).toHaveLength(2);
    await aws.control('DELETE', 'faults', {});
    await pass(id, 1);
    await look();
    const { sleep } = await sleepIs('trying', 'asleep');
    expect(sleep).not.toHaveProperty('retryAt');
    expect(await runs('trying')).toHaveLength(3);
  });

  it('have nothing to do where all of it is gone', async () => {
    const { id } = await withDatabase('emptied');
    await schedule('emptied', asleepNow());
    await rds.send(
      new DeleteDBInstanceCommand({
        DBInstanceIdentifier: 'emptied-db',
        SkipFinalSnapshot: true,
      }),
    );
    await portal.until('it is gone', () =>
      statusOf('emptied-db').then(
        () => false,
        () => true,
      ),
    );
    await look();
    const { sleep } = await sleepIs('emptied', 'asleep');
    expect(sleep!.slept).toEqual([]);
    await pass(id, 2);
    await look();
    expect(await runs('emptied')).toHaveLength(2);
  });

  it('wake at once in the morning after a sleep that failed, and make up for a wake as if nothing had failed before', async () => {
    const { id } = await withDatabase('morning');
    await schedule('morning', asleepNow());
    await refuse('StopDBInstance');
    await look();
    await hasFailed('morning', 'falling-asleep');
    await heal();
    await rds.send(
      new StopDBInstanceCommand({ DBInstanceIdentifier: 'morning-db' }),
    );
    await statusIs('morning-db', 'stopped');
    await hoursBecome(id, UP_NOW);
    await refuse('StartDBInstance');
    await look();
    const waking = await hasFailed('morning', 'waking');
    const minutes = (Date.parse(waking.retryAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(16);
    await look();
    expect((await portal.environment('morning')).sleep!.runId).toBe(
      waking.runId,
    );
    await heal();
    await pass(id, 1);
    await look();
    await sleepIs('morning', undefined);
    expect(await statusOf('morning-db')).toBe('available');
  });

  it('make up for a wake that AWS does not answer, instead of waiting for a person', async () => {
    const { id } = await asleep('unanswered');
    await hoursBecome(id, UP_NOW);
    await refuse('StartDBInstance', 'error');
    await look();
    const { runId } = await hasFailed('unanswered', 'waking');
    const run = await portal.run(runId);
    expect(run.state).toBe('failed');
    expect(JSON.stringify(run)).toContain('AWS does not answer');
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({ title: 'Wake unanswered: failed' }),
      }),
    );
    await heal();
    await pass(id, 1);
    await look();
    await sleepIs('unanswered', undefined);
    expect(await statusOf('unanswered-db')).toBe('available');
  });

  it('wake what they have stopped, also where it has lost its tag since and the schedule is gone', async () => {
    const { id } = await withDatabase('kept');
    await database('kept-second', id);
    await schedule('kept', asleepNow());
    await look();
    const { sleep } = await sleepIs('kept', 'asleep');
    expect(sleep!.slept).toHaveLength(2);
    await rds.send(
      new RemoveTagsFromResourceCommand({
        ResourceName: sleep!.slept.find(each => each.id === 'kept-second')!.arn,
        TagKeys: [ENVIRONMENT_ID_TAG],
      }),
    );
    await rds.send(
      new StartDBInstanceCommand({ DBInstanceIdentifier: 'kept-db' }),
    );
    await statusIs('kept-db', 'available');
    await pass(id, 1);
    await look();
    const again = await sleepIs('kept', 'asleep');
    expect(again.sleep!.runId).not.toBe(sleep!.runId);
    expect(again.sleep!.slept.map(each => each.id).sort()).toEqual([
      'kept-db',
      'kept-second',
    ]);
    await portal
      .as(MAYA)
      .delete(`${pathOf('kept')}/schedule`)
      .expect(200);
    await look();
    await sleepIs('kept', undefined);
    expect(await statusOf('kept-db')).toBe('available');
    expect(await statusOf('kept-second')).toBe('available');
  });

  it('forget nothing, and stop nothing, where their schedule is removed while they fall asleep again', async () => {
    const { id } = await asleep('removed');
    await rds.send(
      new StartDBInstanceCommand({ DBInstanceIdentifier: 'removed-db' }),
    );
    await statusIs('removed-db', 'available');
    await pass(id, 1);
    // So that the schedule is gone before the run has looked at what there is.
    await aws.control('POST', 'faults', {
      effect: { kind: 'latency', delayMs: 2_000 },
      match: { service: 'tagging' },
    });
    await look();
    await portal
      .as(MAYA)
      .delete(`${pathOf('removed')}/schedule`)
      .expect(200);
    const { sleep } = await sleepIs('removed', 'asleep');
    await heal();
    expect(sleep!.slept.map(each => each.id)).toEqual(['removed-db']);
    expect(await statusOf('removed-db')).toBe('available');
    await look();
    await sleepIs('removed', undefined);
    expect(await statusOf('removed-db')).toBe('available');
  });

  it('of production are agreed to by an SRE or an admin, and by nobody but a person', async () => {
    const { id } = await withDatabase('serious');
    const hours = UP_NOW;
    const { hash: planHash } = await planOf('serious', hours);
    const path = `${pathOf('serious')}/schedule`;
    const request = { hours, planHash };
    await portal.as('plugin:agents').put(path, request).expect(403);
    await knex(TABLES.environments).where('id', id).update({ size: 'prod' });
    const refused = await portal.as(MAYA).put(path, request).expect(403);
    expect(refused.body.error.message).toBe(
      'serious is production: only an SRE or an admin agrees to stopping it. Ask one of them.',
    );
    await portal.as(SAM).put(path, request).expect(200);
    await portal
      .as(MAYA)
      .post(`${pathOf('serious')}/sleep`)
      .expect(403);
    await portal
      .as('plugin:agents')
      .post(`${pathOf('serious')}/sleep`)
      .expect(403);
    expect((await portal.environment('serious')).sleep).toBeUndefined();
    await portal
      .as(SAM)
      .post(`${pathOf('serious')}/sleep`)
      .expect(200);
    await sleepIs('serious', 'asleep');
    await portal
      .as(MAYA)
      .post(`${pathOf('serious')}/wake`, {})
      .expect(200);
    await sleepIs('serious', undefined);
  });

  it('do not let a sleep that failed be retried against a freeze, nor by day', async () => {
    const { id } = await withDatabase('retried');
    await schedule('retried', asleepNow());
    await refuse('StopDBInstance');
    await look();
    const { runId } = await hasFailed('retried', 'falling-asleep');
    await heal();
    const retry = () =>
      portal
        .as(MAYA)
        .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'stop' });
    const freeze = `${pathOf('retried')}/freeze`;
    await portal.as(SAM).put(freeze, { reason: 'Audit' }).expect(204);
    expect((await retry().expect(409)).body.error.message).toContain(
      'frozen by user:default/sam',
    );
    await portal.as(SAM).delete(freeze).expect(204);
    const { body: period } = await portal
      .as(SAM)
      .post('/freezes', {
        title: 'Quarter end',
        from: new Date(Date.now() - 60_000).toISOString(),
        until: new Date(Date.now() + DAY_MS).toISOString(),
        scope: { accountIds: [], sizes: [], systems: [] },
      })
      .expect(201);
    expect((await retry().expect(409)).body.error.message).toContain(
      '“Quarter end” covers retried',
    );
    await portal.as(SAM).delete(`/freezes/${period.id}`).expect(204);
    await hoursBecome(id, UP_NOW);
    expect((await retry().expect(409)).body.error.message).toContain(
      'meant to be up now',
    );
    await hoursBecome(id, asleepNow());
    await retry().expect(200);
    await sleepIs('retried', 'asleep');
  });

  it('are not held up any more once it is day again', async () => {
    const { id } = await withDatabase('relieved');
    await schedule('relieved', asleepNow());
    await portal
      .as(SAM)
      .put(`${pathOf('relieved')}/freeze`, { reason: 'Audit' })
      .expect(204);
    await look();
    expect((await portal.environment('relieved')).schedule!.heldUpBy).toContain(
      'Audit',
    );
    await hoursBecome(id, UP_NOW);
    await look();
    expect((await portal.environment('relieved')).schedule).not.toHaveProperty(
      'heldUpBy',
    );
  });

  it('make a check of drift that they overlap give up, instead of finding the sleep', async () => {
    const { id } = await withDatabase('compared');
    await schedule('compared', asleepNow());
    let end = () => {};
    world.detection = new Promise<void>(resolve => {
      end = resolve;
    });
    const begun = world.detections;
    await portal
      .as(MAYA)
      .post(`${pathOf(id)}/drift/check`)
      .expect(202);
    await portal.until('it compares', async () => world.detections > begun);
    await look();
    await sleepIs('compared', 'asleep');
    end();
    const report = await portal.until('it has compared', async () => {
      const { body } = await portal.as(MAYA).get(`${pathOf(id)}/drift`);
      return body.state !== 'checking' && body;
    });
    expect(report).toMatchObject({
      state: 'unknown',
      reason:
        'compared was put to sleep or woken while it was compared with what was applied.',
    });
  });
});
