import { TestDatabases } from '@backstage/backend-test-utils';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, startPortal } from '../__testUtils__/portal';

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
});
