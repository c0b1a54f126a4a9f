import { test as base } from '@playwright/test';
import { FaultsWorld } from './FaultsWorld';

/** Tests on one world, which every test finds without faults. */
export const test = base.extend<{ lit: void }, { world: FaultsWorld }>({
  world: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, { workerIndex }) => {
      const world = await FaultsWorld.start(workerIndex);
      await use(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  lit: [
    async ({ world }, use) => {
      await use();
      await world.light();
    },
    { auto: true },
  ],
});
