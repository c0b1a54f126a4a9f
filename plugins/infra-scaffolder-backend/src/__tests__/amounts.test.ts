import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  awsAccessServiceRef,
  ConfiguredAwsAccess,
} from '@slipway/plugin-aws-node';
import type { Account, Plan } from '@slipway/plugin-infra-scaffolder-common';
import { FakeEstimator } from '../__testUtils__/FakeEstimator';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, startPortal, type Portal } from '../__testUtils__/portal';

jest.setTimeout(60_000);

/** One environment comes to $43.00. */
const MOST_USD = 100;

describe('the amount of an account', () => {
  let portal: Portal;
  const world = new FakeWorld();
  afterAll(async () => {
    world.open();
    await portal?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    const access = ConfiguredAwsAccess.fromConfig(
      new ConfigReader({
        aws: {
          targets: [
            {
              accountId: '123456789012',
              name: 'sandbox',
              regions: ['us-east-1'],
              quotas: { monthlyUsd: MOST_USD },
            },
          ],
        },
      }),
    );
    portal = await startPortal({
      knex: await databases.init('POSTGRES_18'),
      world,
      reviewers: { estimator: new FakeEstimator() },
      aws: createServiceFactory({
        service: awsAccessServiceRef,
        deps: {},
        factory: () => access,
      }),
    });
  }, 60_000);

  const used = async () => {
    const { items } = (await portal.as(MAYA).get('/accounts').expect(200))
      .body as { items: Account[] };
    return items[0].quotas.monthlyUsd!.used;
  };

  async function planned(name: string, cidr: string) {
    const { runId } = await portal.create({ name, cidr });
    await portal.runIs(runId, 'waiting');
    const { plan } = (
      await portal.as(MAYA).get(`/runs/${runId}/plan`).expect(200)
    ).body as { plan: Plan };
    return { runId, planHash: plan.hash };
  }

  const confirm = ({ runId, planHash }: { runId: string; planHash: string }) =>
    portal.as(MAYA).post(`/runs/${runId}/confirm`, { planHash });

  it('is held by who confirms, so that of two at once for what is left one is refused', async () => {
    await portal.ready({ name: 'first' });
    expect(await used()).toBe('43.00');
    const two = await Promise.all([
      planned('second', '10.1.0.0/16'),
      planned('third', '10.2.0.0/16'),
    ]);
    expect(await used()).toBe('43.00');

    const answers = await Promise.all(two.map(confirm));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const loser = answers.findIndex(({ status }) => status === 409);
    expect(answers[loser].body.error.message).toContain(
      'come to $129.00 a month by their estimates, and it takes $100 at most',
    );
    expect(await used()).toBe('86.00');

    const { runId: winner } = two[1 - loser];
    await portal.runIs(winner, 'succeeded');
    expect(await used()).toBe('86.00');
    expect((await confirm(two[loser])).status).toBe(409);
    expect((await portal.run(two[loser].runId)).state).toBe('waiting');
  });

  it('is free again once what held it is gone, and not taken by what was given up', async () => {
    const waiting = (await portal.as(MAYA).get('/environments').expect(200))
      .body.items as Array<{
      id: string;
      name: string;
      status: string;
      activeRun?: { runId: string };
    }>;
    const { activeRun } = waiting.find(each => each.status === 'planning')!;
    const { id } = waiting.find(
      ({ name, status }) => name !== 'first' && status === 'ready',
    )!;
    await portal.as(MAYA).post(`/environments/${id}/destroy`, {}).expect(400);
    const { name } = await portal.environment(id);
    const { runId } = (
      await portal
        .as(MAYA)
        .post(`/environments/${id}/destroy`, { confirmName: name })
        .expect(202)
    ).body as { runId: string };
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
    expect(await used()).toBe('43.00');

    const again = (
      await portal.as(MAYA).get(`/runs/${activeRun!.runId}/plan`).expect(200)
    ).body.plan as Plan;
    await confirm({ runId: activeRun!.runId, planHash: again.hash }).expect(
      204,
    );
    await portal.runIs(activeRun!.runId, 'succeeded');
    expect(await used()).toBe('86.00');
  });
});
