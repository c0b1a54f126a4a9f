// @ts-check

/**
 * Exemptions from policies: who answers for it, why, and until when. A row is never deleted: what was let through must
 * stay explained.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('exemptions', table => {
    table.uuid('id').primary();
    table.text('rule').notNullable();
    table
      .uuid('environment_id')
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE')
      .comment('Null: every environment');
    table.text('resource_pattern').notNullable();
    table.text('owner').notNullable().comment('Who answers for it');
    table.text('reason').notNullable();
    table.timestamp('expires_at').notNullable();
    table.text('asked_by').notNullable();
    table.timestamp('asked_at').notNullable();
    table.text('granted_by');
    table.timestamp('granted_at').comment('Null: nobody has let it through');
    table.text('ended_by');
    table.timestamp('ended_at').comment('When it was declined or taken back');
    table
      .timestamp('warned_at')
      .comment('When its owner was told that it is about to expire');
    table.index(['environment_id', 'expires_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('exemptions');
};
