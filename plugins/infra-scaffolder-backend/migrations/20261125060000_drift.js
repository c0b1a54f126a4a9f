// @ts-check

/**
 * What is known of the drift of environments, and the checks that found it out.
 *
 * The summary stands in the environment's own row, so that a list needs no join. It holds for the run that was the last
 * one then (`drift_run_id`): a later run makes it old by being the last, without writing here.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.text('drift_state');
    table.timestamp('drift_at');
    table.integer('drift_resources');
    table.text('drift_run_id').comment('The last run when it was checked');
  });

  await knex.schema.createTable('drift_reports', table => {
    table
      .uuid('environment_id')
      .primary()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.text('state').notNullable();
    table.text('reason');
    table.timestamp('checked_at').comment('When the last check began');
    table.timestamp('in_sync_at').comment('When it was last all in sync');
    table.timestamp('next_at').notNullable().index();
    table
      .timestamp('claimed_until')
      .comment('A check is at work until then at the latest');
    table.uuid('claim_id');
    table
      .jsonb('body')
      .notNullable()
      .comment('{ findings, explained, unchecked }');
  });

  await knex.schema.createTable('drift_detections', table => {
    table.uuid('id').primary();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('started_at').notNullable();
    table.timestamp('ended_at').notNullable();
    table.text('actor').comment('Who asked; nobody where the schedule did');
    table.text('state').notNullable();
    table.text('reason');
    table.jsonb('findings').notNullable().comment('{ items }');
    table.index(['environment_id', 'started_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drift_detections');
  await knex.schema.dropTable('drift_reports');
  await knex.schema.alterTable('environments', table => {
    table.dropColumns(
      'drift_state',
      'drift_at',
      'drift_resources',
      'drift_run_id',
    );
  });
};
