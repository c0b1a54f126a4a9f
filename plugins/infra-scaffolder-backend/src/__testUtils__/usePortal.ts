import { TestDatabases } from '@backstage/backend-test-utils';
import { FakeWorld } from './FakeEngine';
import { startPortal, type Portal, type Reviewers } from './portal';

/** A portal for the tests of a file, each with names of its own. */
export function usePortal(
  config?: object,
  reviewers?: Reviewers,
): {
  readonly portal: Portal;
  readonly world: FakeWorld;
} {
  const world = new FakeWorld();
  let portal: Portal | undefined;
  // Before the test databases add theirs, because the first to be added is the first to run.
  afterAll(async () => {
    world.open();
    await portal?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    portal = await startPortal({ knex, world, config, reviewers });
  }, 60_000);

  return {
    world,
    get portal() {
      return portal!;
    },
  };
}
