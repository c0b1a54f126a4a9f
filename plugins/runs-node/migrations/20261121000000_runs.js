// @ts-check

/**
 * Everything a run needs to go on after the process that drove it is gone: its graph, the journal of its calls, its
 * history, and the signals sent to it.
 *
 * Opaque values are `json`, not `jsonb`: they are never searched, and `jsonb` refuses some strings that people can
 * type (U+0000). Whoever may write to a run is decided by its row alone, which is why every count that must have no
 * gaps lives there.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('title').notNullable();
    table.text('subject').notNullable().comment('What the run works on');
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('started_at');
    table.timestamp('settled_at');
    table.json('inputs').notNullable();
    table.text('state').notNullable();
    table
      .text('phase')
      .notNullable()
      .comment('forward, pausing, stopping or undoing');
    table.json('problem');
    table
      .integer('last_sequence')
      .notNullable()
      .comment('Of the newest event; raised in the transaction that writes it');
    table
      .integer('fence')
      .notNullable()
      .comment('Raised by each take-up; a write with an older one is refused');
    table.text('driver').comment('The back end that holds the lease');
    table
      .timestamp('claimable_at')
      .comment(
        'From when on a back end may take it up: the end of the lease, a timer, or now; null means never',
      );
    table.index(['subject', 'created_at'], 'runs_subject_idx');
    table.index(['created_at', 'id'], 'runs_created_idx');
  });
  await knex.raw(
    'create index runs_claimable_idx on runs (claimable_at) where claimable_at is not null',
  );

  await knex.schema.createTable('run_steps', table => {
    table
      .text('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.text('id').notNullable();
    table.integer('position').notNullable();
    table.text('type').notNullable();
    table.text('title').notNullable();
    table.json('depends_on').notNullable();
    table.json('input').notNullable();
    table.boolean('skippable').notNullable();
    table.double('timeout_seconds');
    table.json('retry');
    table.double('expected_seconds');
    table.text('state').notNullable();
    table.integer('attempt').notNullable();
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.json('waiting_for');
    table.json('progress');
    table.json('problem');
    table.text('skipped_reason');
    table.json('output');
    table.json('checkpoint');
    table
      .timestamp('working_since')
      .comment('Start of the current stretch of work, for the time-out');
    table
      .integer('worked_ms')
      .notNullable()
      .comment('Work of this attempt before the current stretch');
    table.integer('auto_retries').notNullable();
    table.text('undo').comment('cancel or compensate');
    table.boolean('undone').notNullable();
    table.integer('undo_attempt').notNullable();
    table.primary(['run_id', 'id']);
  });

  await knex.schema.createTable('run_calls', table => {
    table
      .text('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.text('step_id').notNullable();
    table.text('work').notNullable().comment('execute, cancel or compensate');
    table.integer('attempt').notNullable();
    table.text('name').notNullable();
    table.text('guard').notNullable();
    table.text('token').notNullable();
    table.json('facts').notNullable();
    table.text('state').notNullable().comment('intended, succeeded or failed');
    table.json('result');
    table.json('problem');
    table.timestamp('intended_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('ended_at');
    table.primary(['run_id', 'step_id', 'work', 'name', 'attempt']);
  });

  await knex.schema.createTable('run_events', table => {
    table
      .text('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.text('code').notNullable();
    table.text('level').notNullable();
    table.text('step_id');
    table.text('actor');
    table.text('message').notNullable();
    table.json('data').notNullable();
    table.primary(['run_id', 'sequence']);
  });

  await knex.schema.createTable('run_signals', table => {
    table.bigIncrements('id');
    table
      .text('run_id')
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.text('name').notNullable();
    table.json('payload').notNullable();
    table.text('actor').notNullable();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table
      .text('used_by')
      .comment('The attempt of a step that it was given to; null until then');
    table.index(['run_id', 'name'], 'run_signals_run_idx');
  });
};

/**
 * @param { import("knex").Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('run_signals');
  await knex.schema.dropTable('run_events');
  await knex.schema.dropTable('run_calls');
  await knex.schema.dropTable('run_steps');
  await knex.schema.dropTable('runs');
};
