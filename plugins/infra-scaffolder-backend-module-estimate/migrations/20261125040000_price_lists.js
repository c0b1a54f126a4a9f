// @ts-check

/**
 * Price lists as AWS was asked for them, so that an estimate of today and one of a year ago can both be explained.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('price_lists', table => {
    table.bigIncrements('id');
    table.timestamp('asked_at').notNullable();
    table.jsonb('prices').notNullable();
    table
      .jsonb('refused')
      .notNullable()
      .comment('Answers that were not taken over, with why');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('price_lists');
};
