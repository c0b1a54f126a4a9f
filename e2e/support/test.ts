import { test as base } from '@playwright/test';
import { startPortal } from './startPortal';

/** Tests in a browser on a running portal. */
export const test = base.extend<object, { runningPortal: void }>({
  runningPortal: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stop = await startPortal();
      await use();
      await stop();
    },
    { scope: 'worker', auto: true, timeout: 320_000 },
  ],
});
