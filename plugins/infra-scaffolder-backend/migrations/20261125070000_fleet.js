// @ts-check

/**
 * Indexes for lists of thousands of environments. The rows are wide (parameters, outputs, engine state); what the fleet
 * page filters by and counts lies together in one narrow index, which is read in place of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    CREATE INDEX environments_fleet ON environments
      (status, owner, system, size, account_id, region, engine, blueprint_id, blueprint_version)
    INCLUDE (name, id, monthly_estimate_usd, expires_at, active_run_id, last_run_id, drift_state, drift_run_id)
  `);
  await knex.schema.alterTable('environments', table => {
    table.index(['blueprint_id', 'blueprint_version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropIndex(['blueprint_id', 'blueprint_version']);
  });
  await knex.raw('DROP INDEX environments_fleet');
};
