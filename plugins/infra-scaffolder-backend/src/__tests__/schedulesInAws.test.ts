import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateNodegroupCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { TestDatabases } from '@backstage/backend-test-utils';
import cloudNative from '@slipway/blueprint-cloud-native';
import cdkEngine from '@slipway/plugin-infra-scaffolder-backend-module-cdk';
import type {
  DriftReport,
  SleepPlan,
} from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, startPortal, type Portal } from '../__testUtils__/portal';
import {
  describeWithAws,
  startSandboxAws,
  type SandboxAws,
} from '../__testUtils__/sandboxAws';
import { TABLES } from '../database/tables';

jest.setTimeout(300_000);

const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const NAME = 'slipway-night';
const DAY_SECONDS = 24 * 3_600;

describeWithAws('an environment with a cluster and a database', () => {
  let knex: Knex;
  let aws: SandboxAws;
  let portal: Portal;
  let autoScaling: AutoScalingClient;
  let eks: EKSClient;
  let rds: RDSClient;

  afterAll(async () => {
    await portal?.stop();
    autoScaling?.destroy();
    eks?.destroy();
    rds?.destroy();
    await aws?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    const world = new FakeWorld();
    world.isEngine = false;
    world.blueprints = [];
    knex = await databases.init('POSTGRES_18');
    aws = await startSandboxAws();
    portal = await startPortal({
      knex,
      world,
      aws: aws.service,
      features: [cdkEngine, cloudNative],
    });
    const config = await aws.access.clientConfig(PLACE);
    autoScaling = new AutoScalingClient(config);
    eks = new EKSClient(config);
    rds = new RDSClient(config);
  }, 120_000);

  const described = async () => {
    const { nodegroups = [] } = await eks.send(
      new ListNodegroupsCommand({ clusterName: NAME }),
    );
    return Promise.all(
      nodegroups.sort().map(nodegroupName =>
        eks
          .send(
            new DescribeNodegroupCommand({
              clusterName: NAME,
              nodegroupName,
            }),
          )
          .then(({ nodegroup }) => nodegroup!),
      ),
    );
  };
  const groups = async () =>
    (await described()).map(({ scalingConfig }) => scalingConfig!);
  /** A node group that has no nodes until an autoscaler asks for some. */
  const withSpare = async (environmentId: string) => {
    const [{ nodeRole, subnets, instanceTypes }] = await described();
    await eks.send(
      new CreateNodegroupCommand({
        clusterName: NAME,
        nodegroupName: 'spare',
        nodeRole,
        subnets,
        instanceTypes,
        scalingConfig: { minSize: 0, maxSize: 2, desiredSize: 0 },
        tags: { [ENVIRONMENT_ID_TAG]: environmentId },
      }),
    );
    await portal.until('there is a spare group', async () =>
      (await described()).every(({ status }) => status === 'ACTIVE'),
    );
  };
  /** In the order of {@link groups}. */
  const scaling = async () => {
    const { AutoScalingGroups = [] } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({}),
    );
    return AutoScalingGroups.sort((a, b) =>
      a.AutoScalingGroupName! < b.AutoScalingGroupName! ? -1 : 1,
    );
  };
  /** As a cluster autoscaler does: sizes in the order of {@link scaling}. */
  const askForNodes = async (sizes: number[]) => {
    const behind = await scaling();
    for (const [at, DesiredCapacity] of sizes.entries()) {
      const { AutoScalingGroupName } = behind[at];
      await autoScaling.send(
        new SetDesiredCapacityCommand({
          AutoScalingGroupName,
          DesiredCapacity,
        }),
      );
    }
  };
  const refuse = (operation: string) =>
    aws.control('POST', 'faults', {
      effect: { kind: 'throttle' },
      match: { service: 'autoscaling', operation },
    });
  /** Ends what AWS refuses, once a run has failed of it, and lets the time pass until it is made up for. */
  const madeUpFor = async (id: string) => {
    const failed = await portal.until('it has failed', async () => {
      const { sleep, lease } = await portal.environment('night');
      return sleep?.retryAt && !lease ? sleep : undefined;
    });
    await aws.control('DELETE', 'faults', {});
    await knex(TABLES.environments)
      .where('id', id)
      .update({ sleep_retry_at: knex.raw("now() - interval '1 minute'") });
    return failed;
  };
  const cluster = async () => {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
    expect(DBClusters).toHaveLength(1);
    return DBClusters![0];
  };
  const look = () => portal.trigger('schedules');
  const sleepIs = async (state: string | undefined) => {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const found = await portal.environment('night');
      if (found.sleep?.state === state && !found.lease) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`It is ${JSON.stringify(found.sleep)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  };
  const report = async (): Promise<DriftReport> =>
    (await portal.as(MAYA).get('/environments/night/drift').expect(200)).body;
  const checked = async () => {
    const before = await report();
    await portal.as(MAYA).post('/environments/night/drift/check').expect(202);
    return portal.until('it is checked', async () => {
      const after = await report();
      return (
        after.state !== 'checking' &&
        after.checkedAt !== before.checkedAt &&
        after
      );
    });
  };

  it('sleeps, which is no drift; sleeps again after AWS has woken its database; and wakes to the same sizes', async () => {
    const created = await portal.create({
      name: 'night',
      blueprint: { id: 'cloud-native', version: '1.0.0' },
    });
    await portal.confirm(created.runId);
    const deadline = Date.now() + 150_000;
    while ((await portal.run(created.runId)).state !== 'succeeded') {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    const { id } = created.environment;
    await withSpare(id);
    const before = await groups();
    expect(before.length).toBeGreaterThan(0);
    expect(before.some(({ desiredSize }) => desiredSize! > 0)).toBe(true);
    const synced = await checked();

    const day = new Date(Date.now() + 2 * DAY_SECONDS * 1_000).getUTCDay() || 7;
    const hours = {
      timeZone: 'UTC',
      weekdays: [day],
      from: '08:00',
      until: '20:00',
      holidays: [],
    };
    const plan: SleepPlan = (
      await portal
        .as(MAYA)
        .post('/environments/night/sleep-plan', { hours })
        .expect(200)
    ).body;
    expect(plan.stays).toEqual([]);
    expect(plan.stops.map(({ kind }) => kind).sort()).toEqual([
      'db-cluster',
      ...before.map(() => 'nodegroup'),
    ]);
    await portal
      .as(MAYA)
      .put('/environments/night/schedule', { hours, planHash: plan.hash })
      .expect(200);
    await refuse('SuspendProcesses');
    await look();
    await madeUpFor(id);
    await look();
    await sleepIs('asleep');
    for (const each of await groups()) {
      expect(each).toMatchObject({ minSize: 0, desiredSize: 0 });
    }
    // An autoscaler that still runs asks for nodes, in the group that had none too.
    await askForNodes(before.map(() => 1));
    expect(await groups()).toContainEqual(
      expect.objectContaining({ minSize: 0, desiredSize: 1 }),
    );
    await aws.control('POST', 'emulator/time', { seconds: 600 });
    expect((await scaling()).flatMap(({ Instances }) => Instances)).toEqual([]);
    expect((await cluster()).Status).toBe('stopped');

    const asleep = await checked();
    expect(asleep).toMatchObject({
      state: synced.state,
      findings: synced.findings,
    });
    expect(asleep.explained).toContainEqual(
      expect.objectContaining({ type: 'AWS::EKS::Nodegroup' }),
    );

    await aws.control('POST', 'emulator/time', { seconds: 7 * DAY_SECONDS });
    await portal.until(
      'AWS has started it',
      async () => (await cluster()).Status === 'available',
    );
    await knex(TABLES.environments)
      .where('id', id)
      .update({
        sleep_looked_at: knex.raw("sleep_looked_at - interval '1 hour'"),
      });
    await look();
    await sleepIs('asleep');
    expect((await cluster()).Status).toBe('stopped');

    // By now the size alone looks as if it were awake.
    await askForNodes(before.map(({ desiredSize }) => desiredSize!));
    await refuse('ResumeProcesses');
    await portal
      .as(MAYA)
      .post('/environments/night/wake', { hours: 1 })
      .expect(200);
    const { runId } = await madeUpFor(id);
    expect(await groups()).toEqual(before);
    expect(JSON.stringify(await portal.run(runId))).toContain(
      'until the role may resume it (autoscaling:ResumeProcesses)',
    );
    await look();
    await sleepIs(undefined);
    expect(await groups()).toEqual(before);
    for (const { SuspendedProcesses } of await scaling()) {
      expect(SuspendedProcesses).toEqual([]);
    }
    await portal.until('there are as many nodes as before', async () => {
      const sizes = (await scaling()).map(({ Instances }) => Instances!.length);
      return sizes.every((size, at) => size === before[at].desiredSize);
    });
    expect((await cluster()).Status).toBe('available');
    expect(await checked()).toMatchObject({
      state: synced.state,
      findings: synced.findings,
      explained: synced.explained,
    });
  });
});
