// @ts-check

/**
 * What the plan that was confirmed comes to in USD a month, until it is applied or given up: two that are asked for at
 * once must not both take the last of an account's amount.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.decimal('confirmed_estimate_usd', 14, 2);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('confirmed_estimate_usd');
  });
};
