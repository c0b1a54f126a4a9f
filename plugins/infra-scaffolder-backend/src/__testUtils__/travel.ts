import type { Knex } from 'knex';
import { TABLES } from '../database/tables';

/**
 * Lets hours pass for an environment: everything that is known of its end moves into the past. The keeper of ends asks
 * the clock of nothing else.
 */
export async function travel(
  knex: Knex,
  environmentId: string,
  hours: number,
): Promise<void> {
  const earlier = (column: string) =>
    knex.raw(`${column} - ? * interval '1 hour'`, [hours]);
  await knex(TABLES.environments)
    .where('id', environmentId)
    .update(
      Object.fromEntries(
        ['expires_at', 'expiry_set_at', 'expiry_retry_at'].map(column => [
          column,
          earlier(column),
        ]),
      ),
    );
  await knex(TABLES.lifetimeWarnings)
    .where('environment_id', environmentId)
    .update({ expires_at: earlier('expires_at'), at: earlier('at') });
}
