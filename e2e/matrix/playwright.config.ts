import { defineConfig } from '@playwright/test';
import { inBrowser } from '../support/chromium';

/** Takes most of an hour; `script/verify browser-matrix` runs it, `script/test` does not. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../.local/e2e/results',
  workers: 1,
  retries: 0,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  // Two cores make a portal, a browser and an apply slow.
  use: { ...inBrowser, actionTimeout: 60_000 },
});
