// @ts-check

/**
 * When environments are up, and what of them is asleep.
 *
 * All of it stands in the environment's own row, so that whoever locks the environment has locked its sleep too. `slept`
 * is written before the first call that stops something: it has the sizes to go back to.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('environments', table => {
    table.jsonb('schedule').comment('{ hours, consent }');
    table.jsonb('schedule_override').comment('{ up, until, by }');
    table.text('sleep_held_up_by');
    table.timestamp('sleep_retry_at');
    table.integer('sleep_failures').notNullable().defaultTo(0);
    table.text('sleep_state').comment('Nothing: it is awake');
    table.timestamp('sleep_since');
    table.text('sleep_run_id');
    table
      .timestamp('sleep_looked_at')
      .comment('When it was last seen that what sleeps still does');
    table.jsonb('slept').comment('{ items }, with the sizes before');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumns(
      'schedule',
      'schedule_override',
      'sleep_held_up_by',
      'sleep_retry_at',
      'sleep_failures',
      'sleep_state',
      'sleep_since',
      'sleep_run_id',
      'sleep_looked_at',
      'slept',
    );
  });
};
