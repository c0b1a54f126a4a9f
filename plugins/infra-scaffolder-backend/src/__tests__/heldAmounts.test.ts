import { TestDatabases } from '@backstage/backend-test-utils';
import {
  compareDecimals,
  sumDecimals,
  type Account,
  type CostEstimate,
  type PolicyFinding,
  type PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  CostEstimator,
  PlanToReview,
  PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { failure, FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, SAM, startPortal, type Portal } from '../__testUtils__/portal';
import { travel } from '../__testUtils__/travel';

jest.setTimeout(90_000);

/** Each node costs ten dollars. */
class NodeEstimator implements CostEstimator {
  async estimate({
    environment,
    operation,
    parameters,
  }: PlanToReview): Promise<CostEstimate> {
    return {
      pricesOf: '2026-11-01',
      region: environment.region,
      monthlyBeforeUsd: '0.00',
      monthlyUsd:
        operation === 'destroy' ? '0.00' : `${Number(parameters.nodeMin)}0.00`,
      lines: [],
      unpriced: [],
      assumptions: [],
    };
  }
}

const TEAM_MOST_USD = '100';
const CEILING = {
  rule: 'team-ceiling',
  title: 'A team stays within its month',
  effect: 'deny',
} as const;

/** Holds the team of the payments to its month. */
class CeilingChecker implements PolicyChecker {
  rules(): PolicyRule[] {
    return [{ ...CEILING, policies: [] }];
  }

  async check({
    environment,
    estimate,
    teamEnvironments = [],
  }: PlanToReview & { estimate?: CostEstimate }): Promise<PolicyFinding[]> {
    const all = sumDecimals(
      [
        estimate?.monthlyUsd,
        ...teamEnvironments.map(each => each.monthlyUsd),
      ].filter(usd => usd !== undefined),
    );
    return environment.owner === 'group:default/payments' &&
      compareDecimals(all, TEAM_MOST_USD) > 0
      ? [{ ...CEILING, message: `They come to $${all}.`, mend: 'Less.' }]
      : [];
  }
}

describe('what runs hold of amounts', () => {
  const world = new FakeWorld();
  let knex: Knex;
  let portal: Portal;
  afterAll(async () => {
    world.open();
    await portal?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    portal = await startPortal({
      knex,
      world,
      reviewers: {
        estimator: new NodeEstimator(),
        checker: new CeilingChecker(),
      },
    });
  }, 60_000);

  const used = async () => {
    const { items } = (await portal.as(MAYA).get('/accounts').expect(200))
      .body as { items: Account[] };
    return items.find(({ accountId }) => accountId === '210987654321')!.quotas
      .monthlyUsd!.used;
  };
  const ready = (name: string, block: number) =>
    portal.ready({
      name,
      accountId: '210987654321',
      cidr: `10.${block}.0.0/16`,
    });
  /** Planned, and not confirmed. */
  const change = async (name: string, nodeMin: number): Promise<string> => {
    const { runId } = (
      await portal
        .as(MAYA)
        .post(`/environments/${name}/update`, {
          parameters: { nodeMin, nodeMax: 20 },
        })
        .expect(202)
    ).body;
    await portal.runIs(runId, 'waiting');
    return runId;
  };
  const failed = async (name: string, nodeMin: number) => {
    const runId = await change(name, nodeMin);
    world.failNext.apply = failure('AWS is out of order.');
    await portal.confirm(runId);
    await portal.runIs(runId, 'failed');
    return runId;
  };
  const command = (runId: string, body: object) =>
    portal.as(MAYA).post(`/runs/${runId}/commands`, body).expect(200);
  const cancel = async (runId: string) => {
    await command(runId, { type: 'cancel' });
    await portal.runIs(runId, 'cancelled');
  };
  const hashOf = async (runId: string) =>
    (await portal.as(SAM).get(`/runs/${runId}/plan`)).body.plan.hash as string;

  it('stays held by what failed half way, whatever is planned and given up after it, until something succeeds', async () => {
    await ready('kept', 1);
    expect(await used()).toBe('10.00');
    await failed('kept', 10);
    expect(await used()).toBe('100.00');
    await cancel(await change('kept', 2));
    expect(await used()).toBe('100.00');

    const smaller = await change('kept', 3);
    world.close();
    await portal.confirm(smaller);
    await portal.runIs(smaller, 'running');
    expect(await used()).toBe('100.00');
    world.open();
    await portal.runIs(smaller, 'succeeded');
    expect(await used()).toBe('30.00');

    await cancel(await failed('kept', 11));
    expect(await used()).toBe('30.00');
  });

  it('is free once what failed before anything was begun cannot go on', async () => {
    const runId = await change('kept', 8);
    await command(runId, { type: 'pause' });
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/confirm`, { planHash: await hashOf(runId) })
      .expect(204);
    const freeze = '/environments/kept/freeze';
    const { id } = await portal.environment('kept');
    await portal
      .as(SAM)
      .put(freeze.replace('kept', id), { reason: 'Incident 7' })
      .expect(204);
    await command(runId, { type: 'resume' });
    await portal.runIs(runId, 'failed');
    expect(await used()).toBe('80.00');
    await portal.as(SAM).delete(freeze.replace('kept', id)).expect(204);
    const later = await change('kept', 4);
    expect(await used()).toBe('30.00');
    await cancel(later);
    expect(await used()).toBe('30.00');
  });

  it('is not held by a confirmation that comes while the run is given up', async () => {
    const runId = await change('kept', 10);
    const planHash = await hashOf(runId);
    const registration = await knex.transaction();
    await registration.raw('SELECT pg_advisory_xact_lock(5417001)');
    const confirmation = portal
      .as(MAYA)
      .post(`/runs/${runId}/confirm`, { planHash })
      .then(answer => answer);
    await portal.until('the confirmation waits', async () => {
      const { rows } = await knex.raw(
        "SELECT FROM pg_locks JOIN pg_database d ON d.oid = database AND datname = current_database() WHERE locktype = 'advisory' AND objid = 5417001 AND NOT granted",
      );
      return rows.length > 0;
    });
    await cancel(runId);
    await registration.rollback();
    expect((await confirmation).status).toBe(409);
    expect(await used()).toBe('30.00');
  });

  it('is what a plan came to whose recording was skipped', async () => {
    const runId = await change('kept', 5);
    await knex.schema.alterTable('environments', table =>
      table.renameColumn('estimate_prices_of', 'not_there'),
    );
    await portal.confirm(runId);
    const run = await portal.until('recording has failed', async () => {
      const now = await portal.run(runId);
      return now.steps.some(({ id, problem }) => id === 'record' && problem) &&
        ['failed', 'needs-attention'].includes(now.state)
        ? now
        : undefined;
    });
    await knex.schema.alterTable('environments', table =>
      table.renameColumn('not_there', 'estimate_prices_of'),
    );
    expect(run.steps.find(({ id }) => id === 'apply')!.state).toBe('succeeded');
    await command(runId, { type: 'skip', stepId: 'record', reason: 'Known' });
    await portal.runIs(runId, 'succeeded');
    expect(await used()).toBe('50.00');
  });

  it('is touched by the destroy at the end only where it succeeds', async () => {
    const { id } = await portal.environment('kept');
    await failed('kept', 9);
    expect(await used()).toBe('90.00');
    await travel(knex, id, 7 * 24 - 0.5);
    await portal.trigger('lifetimes');
    await travel(knex, id, 2);
    world.failNext.apply = failure('AWS is out of order.');
    await portal.trigger('lifetimes');
    const newest = async () =>
      (await portal.as(SAM).get(`/environments/${id}/runs`)).body.items[0].id;
    await portal.runIs(await newest(), 'failed');
    expect(await used()).toBe('90.00');
    await travel(knex, id, 2);
    await portal.trigger('lifetimes');
    await portal.runIs(await newest(), 'succeeded');
    expect((await portal.environment(id)).status).toBe('destroyed');
    expect(await used()).toBe('0.00');
  });

  it('counts for a team too, so that of two confirmed at once for what its ceiling leaves one is refused', async () => {
    const planned = async (name: string, block: number) => {
      const { runId } = await portal.create(
        {
          name,
          owner: 'group:default/payments',
          cidr: `10.${block}.0.0/16`,
          parameters: { nodeMin: 6, nodeMax: 20 },
        },
        SAM,
      );
      await portal.runIs(runId, 'waiting');
      return { runId, planHash: await hashOf(runId) };
    };
    const two = [await planned('team-one', 20), await planned('team-two', 21)];
    const answers = await Promise.all(
      two.map(({ runId, planHash }) =>
        portal.as(SAM).post(`/runs/${runId}/confirm`, { planHash }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(
      answers.find(({ status }) => status === 409)!.body.error.message,
    ).toContain('Rule team-ceiling denies the plan: They come to $120.00.');
  });
});
