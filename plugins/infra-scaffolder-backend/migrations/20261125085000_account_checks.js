// @ts-check

/**
 * What was found the last time somebody, or the schedule, looked whether an account is ready for environments. In the
 * database so that all back ends tell the same, and a restart forgets nothing.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('account_checks', table => {
    table.text('account_id').notNullable();
    table.text('region').notNullable();
    table.timestamp('checked_at').notNullable();
    table.jsonb('body').notNullable().comment('{ checks }');
    table.primary(['account_id', 'region']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('account_checks');
};
