import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { failure, FakeWorld } from '../__testUtils__/FakeEngine';
import {
  ADA,
  MAYA,
  SAM,
  startPortal,
  type Portal,
} from '../__testUtils__/portal';
import { travel } from '../__testUtils__/travel';
import { TABLES } from '../database/tables';

jest.setTimeout(90_000);

const HOUR_MS = 3_600_000;

describe('an apply that is taken up again', () => {
  const world = new FakeWorld();
  let knex: Knex;
  let portal: Portal;
  let block = 0;

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
      config: {
        approvals: {
          production: true,
          destroy: 'never',
          monthlyAboveUsd: false,
          replacedDatabase: false,
        },
      },
    });
  }, 60_000);

  const next = (name: string, more: object = {}) => {
    block += 1;
    return { name, cidr: `10.${block}.0.0/16`, ...more };
  };
  const retry = (runId: string, stepId = 'apply') =>
    portal.as(MAYA).post(`/runs/${runId}/commands`, { type: 'retry', stepId });
  const halfDone = async (name: string) => {
    const created = await portal.create(next(name));
    world.failNext.apply = failure('AWS is out of order.');
    await portal.confirm(created.runId);
    await portal.runIs(created.runId, 'failed');
    return created;
  };

  it('is refused while the environment is frozen', async () => {
    const { environment, runId } = await halfDone('frozen-since');
    const freeze = `/environments/${environment.id}/freeze`;
    await portal.as(SAM).put(freeze, { reason: 'Incident 7' }).expect(204);
    const applies = world.applies;
    const { body } = await retry(runId).expect(409);
    expect(body.error.message).toContain('frozen by user:default/sam');
    expect(world.applies).toBe(applies);
    expect((await portal.environment(environment.id)).status).toBe('failed');
    await portal.as(SAM).delete(freeze).expect(204);
    await retry(runId).expect(200);
    await portal.runIs(runId, 'succeeded');
  });

  it('waits for the end of a change freeze that began meanwhile', async () => {
    const { environment, runId } = await halfDone('calendar-since');
    const { id } = (
      await portal
        .as(SAM)
        .post('/freezes', {
          title: 'Black Friday',
          from: new Date(Date.now() - HOUR_MS).toISOString(),
          until: new Date(Date.now() + HOUR_MS).toISOString(),
          scope: {},
        })
        .expect(201)
    ).body;
    const applies = world.applies;
    await retry(runId).expect(200);
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem?.code).toBe('infra.frozen');
    expect(world.applies).toBe(applies);
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'failed',
      statusReason: expect.stringMatching(
        /^Creating it failed\. .*Black Friday/,
      ),
    });
    await portal.as(SAM).delete(`/freezes/${id}`).expect(204);
    await retry(runId).expect(200);
    await portal.runIs(runId, 'succeeded');
  });

  it('does not end what was extended after its destroy had stopped half way', async () => {
    const ready = await portal.ready(next('half-ended'));
    await travel(knex, ready.id, 7 * 24 - 0.5);
    await portal.trigger('lifetimes');
    await travel(knex, ready.id, 2);
    world.failNext.apply = failure('AWS is out of order.');
    await portal.trigger('lifetimes');
    const { body } = await portal.as(SAM).get('/environments/half-ended/runs');
    const runId = body.items[0].id;
    await portal.runIs(runId, 'failed');
    await portal.as(MAYA).post(`/environments/${ready.id}/extend`).expect(200);
    const applies = world.applies;
    await retry(runId).expect(200);
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem?.code).toBe('infra.extended');
    expect(world.applies).toBe(applies);
    expect(world.stacks.has('half-ended')).toBe(true);
    expect((await portal.environment(ready.id)).status).toBe('failed');
  });

  it('asks for everything again where the engine was never called, whatever it failed of', async () => {
    const { environment, runId } = await portal.create(
      next('never-begun', { size: 'prod' }),
    );
    await portal.runIs(runId, 'waiting');
    await portal.confirm(runId);
    const approval = await portal.until('it awaits approval', async () => {
      const { items } = (await portal.as(ADA).get('/approvals')).body;
      return items.find((each: { runId: string }) => each.runId === runId);
    });
    await knex.schema.alterTable(TABLES.approvals, table =>
      table.renameColumn('used_at', 'not_there'),
    );
    await portal.as(ADA).post(`/runs/${runId}/approval`, {
      planHash: approval.planHash,
      decision: 'approve',
    });
    const failed = await portal.runIs(runId, 'failed', 'needs-attention');
    await knex.schema.alterTable(TABLES.approvals, table =>
      table.renameColumn('not_there', 'used_at'),
    );
    expect(failed.steps.find(({ id }) => id === 'apply')?.state).toBe('failed');
    expect(await portal.environment(environment.id)).toMatchObject({
      statusReason: expect.stringContaining('before anything was changed'),
    });
    await knex(TABLES.approvals).where('run_id', runId).update({
      state: 'revoked',
      revoked_by: ADA,
      revoked_at: new Date(),
    });
    const applies = world.applies;
    await retry(runId).expect(200);
    const again = await portal.runIs(runId, 'failed');
    expect(again.problem?.code).toBe('approval.revoked');
    expect(world.applies).toBe(applies);
  });
});
