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
    table.text('granted_by').notNullable();
    table.timestamp('granted_at').notNullable();
    table.timestamp('expires_at').notNullable();
    table.text('revoked_by');
    table.timestamp('revoked_at');
    table.index(['environment_id', 'expires_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('exemptions');
};
