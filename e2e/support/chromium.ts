import { existsSync } from 'node:fs';
import path from 'node:path';

/** The browser that CHROMIUM_PATH names, or the first that is on the PATH. */
export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return [
    process.env.CHROMIUM_PATH,
    ...folders.flatMap(folder => names.map(name => path.join(folder, name))),
  ].find(candidate => candidate && existsSync(candidate));
}

/** How tests use it. */
export const inBrowser = {
  actionTimeout: 20_000,
  locale: 'en-GB',
  timezoneId: 'UTC',
  viewport: { width: 1280, height: 900 },
  screenshot: 'only-on-failure' as const,
  trace: 'retain-on-failure' as const,
  launchOptions: {
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
