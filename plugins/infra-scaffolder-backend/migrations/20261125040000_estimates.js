// @ts-check

/**
 * What each environment costs a month as it stands, told by the plan that was applied last, so that lists need not read
 * plans and what was spent can be held against it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.decimal('monthly_estimate_usd', 14, 2);
    table.text('estimate_prices_of').comment('Day of the prices, YYYY-MM-DD');
    table.text('estimate_plan_id');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumns(
      'monthly_estimate_usd',
      'estimate_prices_of',
      'estimate_plan_id',
    );
  });
};
