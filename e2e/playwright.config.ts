import { defineConfig } from '@playwright/test';
import { inBrowser } from './support/chromium';

/**
 * `browser`: the whole portal in a browser, started as a person starts it, by script/server.
 * `faults`: back ends, PostgreSQL and AWS that are killed, restarted and darkened under a run; no browser.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../.local/e2e/results',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: [
    {
      name: 'browser',
      testMatch: '*.spec.ts',
      testIgnore: ['faults/**', 'matrix/**'],
      use: inBrowser,
    },
    { name: 'faults', testMatch: 'faults/*.spec.ts' },
  ],
});
