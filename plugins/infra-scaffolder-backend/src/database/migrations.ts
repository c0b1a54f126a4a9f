import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const DIRECTORY = resolvePackagePath(
  '@slipway/plugin-infra-scaffolder-backend',
  'migrations',
);

export async function migrate(
  knex: Knex,
  options: DatabaseService['migrations'],
): Promise<void> {
  if (!options?.skip) {
    await knex.migrate.latest({ directory: DIRECTORY });
  }
}
