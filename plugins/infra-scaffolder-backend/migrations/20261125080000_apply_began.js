// @ts-check

/**
 * In which attempt of its run's apply the engine was last called with a plan. Of what was applied before this was kept, only
 * that it was is known: by environments that are being worked on, or that failed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('plans', table => {
    table.integer('apply_attempt');
  });
  await knex.raw(`
    UPDATE plans SET apply_attempt = 1
    FROM environments
    WHERE plans.run_id = environments.last_run_id
      AND environments.status IN ('creating', 'updating', 'destroying', 'failed')
  `);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('plans', table => {
    table.dropColumn('apply_attempt');
  });
};
