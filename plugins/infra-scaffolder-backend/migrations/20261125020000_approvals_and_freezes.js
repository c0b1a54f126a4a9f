// @ts-check

/**
 * What awaits somebody else's approval, and when nothing is applied.
 *
 * Two promises are the database's own: a plan is decided on once, because a decision is a change of the one row that is
 * still waiting, and nobody among the authors of a plan is ever the one who decided on it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('approvals', table => {
    table.text('run_id').notNullable();
    table.text('plan_hash').notNullable();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE')
      .index();
    table.text('run_title').notNullable();
    table.text('operation').notNullable();
    table.jsonb('authors').notNullable();
    table.jsonb('reasons').notNullable();
    table.timestamp('requested_at').notNullable();
    table.timestamp('expires_at').notNullable();
    table.text('state').notNullable();
    table.text('decided_by');
    table.timestamp('decided_at');
    table.text('comment');
    table.primary(['run_id', 'plan_hash']);
    table.index(['state', 'requested_at']);
  });
  await knex.schema.raw(`
    ALTER TABLE approvals ADD CONSTRAINT approvals_decided_by_another
    CHECK (decided_by IS NULL OR NOT jsonb_exists(authors, decided_by))
  `);

  await knex.schema.createTable('freeze_periods', table => {
    table.uuid('id').primary();
    table.text('title').notNullable();
    table.timestamp('starts_at').notNullable();
    table.timestamp('ends_at').notNullable().index();
    table.jsonb('scope').notNullable();
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable();
  });
  await knex.schema.raw(`
    ALTER TABLE freeze_periods ADD CONSTRAINT freeze_periods_end_after_they_begin
    CHECK (ends_at > starts_at)
  `);

  await knex.schema.createTable('freeze_overrides', table => {
    table.text('run_id').notNullable();
    table.text('plan_hash').notNullable();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE')
      .index();
    table.text('by').notNullable();
    table.text('reason').notNullable();
    table.timestamp('at').notNullable();
    table.primary(['run_id', 'plan_hash']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('freeze_overrides');
  await knex.schema.dropTable('freeze_periods');
  await knex.schema.dropTable('approvals');
};
