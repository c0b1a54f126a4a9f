// @ts-check

/**
 * When environments end, who was warned, and what is kept of those that are destroyed.
 *
 * A warning's row is written before it is sent: its key is what keeps two replicas from sending it twice.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.timestamp('expires_at').index();
    table.timestamp('expiry_set_at');
    table.jsonb('expiry_consent').comment('{ by, at, words }');
    table.timestamp('expiry_retry_at').index();
    table.integer('expiry_failures').notNullable().defaultTo(0);
    table.text('expiry_paused_because');
  });

  await knex.schema.createTable('lifetime_warnings', table => {
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('expires_at').notNullable();
    table.integer('lead_hours').notNullable();
    table.timestamp('at').notNullable();
    table.boolean('sent').notNullable();
    table.primary(['environment_id', 'expires_at', 'lead_hours']);
  });

  await knex.schema.createTable('destroy_receipts', table => {
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments');
    table.timestamp('destroyed_at').notNullable();
    table.jsonb('body').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('destroy_receipts');
  await knex.schema.dropTable('lifetime_warnings');
  await knex.schema.alterTable('environments', table => {
    table.dropColumns(
      'expires_at',
      'expiry_set_at',
      'expiry_consent',
      'expiry_retry_at',
      'expiry_failures',
      'expiry_paused_because',
    );
  });
};
