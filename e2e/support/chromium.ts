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
