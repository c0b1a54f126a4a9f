import { TestDatabases } from '@backstage/backend-test-utils';
import { TABLES } from '../database/tables';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { ADA, MAYA, startPortal } from '../__testUtils__/portal';

jest.setTimeout(90_000);

describe('a back end that goes away in the middle of a run', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it('is followed by one that finds the same picture and finishes', async () => {
    const knex = await databases.init('POSTGRES_18');
    // The test back end destroys no connection that was handed to it, so a second one can go on with it.
    const world = new FakeWorld();
    const first = await startPortal({ knex, world });
    const { environment, runId } = await first.create({ name: 'surviving' });
    await first.runIs(runId, 'waiting');
    const before = (await first.as(MAYA).get(`/runs/${runId}/plan`)).body;
    await first.stop();

    world.close();
    const second = await startPortal({ knex, world });
    const after = (await second.as(MAYA).get(`/runs/${runId}/plan`)).body;
    expect(after).toEqual(before);
    await second.confirm(runId);
    await second.until('the stack is there', async () =>
      world.stacks.has('surviving'),
    );
    await second.stop();
    expect(world.applies).toBe(1);

    world.open();
    const third = await startPortal({ knex, world });
    await third.runIs(runId, 'succeeded');
    expect(world.applies).toBe(1);
    expect(world.stacks.get('surviving')!.tokens).toHaveLength(1);
    expect(await third.environment(environment.id)).toMatchObject({
      status: 'ready',
    });
    const events = (await third.as(MAYA).get(`/runs/${runId}/events`)).body
      .items;
    expect(
      events.map(({ sequence }: { sequence: number }) => sequence),
    ).toEqual(events.map((_: unknown, index: number) => index + 1));
    await third.stop();
  });

  it('is followed by one in which somebody approves what was asked of the first', async () => {
    const knex = await databases.init('POSTGRES_18');
    const world = new FakeWorld();
    const config = { approvals: {} };
    const first = await startPortal({ knex, world, config });
    const { runId } = await first.create({ name: 'patient', size: 'prod' });
    await first.confirm(runId);
    const asked = await first.until('it awaits approval', async () => {
      const { body } = await first.as(ADA).get('/approvals?state=waiting');
      return body.items[0];
    });
    await first.stop();

    const second = await startPortal({ knex, world, config });
    expect(
      (await second.as(ADA).get('/approvals?state=waiting')).body.items,
    ).toEqual([asked]);
    await second
      .as(ADA)
      .post(`/runs/${runId}/approval`, {
        decision: 'approve',
        planHash: asked.planHash,
      })
      .expect(200);
    await second.runIs(runId, 'succeeded');
    expect(world.applies).toBe(1);
    await second.stop();
  });

  it('is followed by one that finds a decision of which the run was not told', async () => {
    const knex = await databases.init('POSTGRES_18');
    const world = new FakeWorld();
    const config = { approvals: { lapsesAfterDays: 6 / (24 * 60 * 60) } };
    const portal = await startPortal({ knex, world, config });
    const { runId } = await portal.create({ name: 'untold', size: 'prod' });
    await portal.confirm(runId);
    await portal.until('it awaits approval', async () => {
      const { body } = await portal.as(ADA).get('/approvals?state=waiting');
      return body.items.length > 0;
    });
    await knex(TABLES.approvals).update({
      state: 'rejected',
      decided_by: ADA,
      decided_at: new Date(),
      comment: 'No',
    });
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem).toMatchObject({
      code: 'approval.rejected',
      message: expect.stringContaining('rejected plan'),
    });
    expect(world.applies).toBe(0);
    await expect(
      knex(TABLES.approvals).update({ decided_by: MAYA }),
    ).rejects.toThrow('approvals_decided_by_another');
    await portal.stop();
  });
});
