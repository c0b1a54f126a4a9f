import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * Makes or updates the tables of runs in a plugin's own database, beside that plugin's tables. Its own record of
 * what was migrated is `runs_knex_migrations`.
 *
 * @public
 */
export async function migrateRuns(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    directory: resolvePackagePath('@slipway/plugin-runs-node', 'migrations'),
    tableName: 'runs_knex_migrations',
  });
}
