// @ts-check

/**
 * The registry of environments, what was planned for them, and who did what when.
 *
 * Two promises are the database's own, so that no race between back ends can break them: a name is unique among living
 * environments, and no two living environments overlap in address space, wherever they are, because any two may be peered.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('environments', table => {
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('owner').notNullable().index();
    table.text('system').notNullable().index();
    table.text('account_id').notNullable();
    table.text('region').notNullable();
    table.text('size').notNullable();
    table.specificType('cidr', 'cidr').notNullable();
    table.text('engine').notNullable();
    table.text('blueprint_id').notNullable();
    table.text('blueprint_version').notNullable();
    table.jsonb('parameters').notNullable();
    table.text('status').notNullable();
    table.text('status_reason');
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('ready_at');
    table.timestamp('destroyed_at');
    table.jsonb('outputs').notNullable();
    table.jsonb('engine_state').notNullable();
    table.text('active_run_id').comment('The run at work; at most one');
    table.text('active_operation');
    table.text('active_started_by');
    table.timestamp('active_since');
    table.text('last_run_id');
    table.text('freeze_by');
    table.text('freeze_reason');
    table.timestamp('freeze_since');
    table.uuid('lease_id').comment('Held by another plugin while it works');
    table.text('lease_by');
    table.text('lease_reason');
    table.timestamp('lease_since');
    table.timestamp('lease_until');
    table
      .jsonb('undo')
      .comment('What a cancelled run left: { runId, leftInAws, sentence }');
    table.index(['created_at', 'id']);
  });
  await knex.raw(`
    CREATE UNIQUE INDEX environments_living_name_unique ON environments (name)
    WHERE status NOT IN ('destroyed', 'cancelled')
  `);
  await knex.raw(`
    ALTER TABLE environments ADD CONSTRAINT environments_living_cidr_excluded
    EXCLUDE USING gist (cidr inet_ops WITH &&)
    WHERE (status NOT IN ('destroyed', 'cancelled'))
  `);

  await knex.schema.createTable('plans', table => {
    table.text('run_id').notNullable();
    table.text('hash').notNullable();
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE')
      .index();
    table.text('operation').notNullable();
    table.timestamp('created_at').notNullable();
    table
      .binary('body')
      .notNullable()
      .comment('Changes, warnings, artifact and basis as gzipped JSON');
    table.primary(['run_id', 'hash']);
  });

  await knex.schema.createTable('activity', table => {
    table.bigIncrements('id');
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.timestamp('at').notNullable();
    table.text('actor').notNullable();
    table.text('action').notNullable();
    table.text('message').notNullable();
    table.text('run_id');
    table.index(['environment_id', 'id']);
  });

  await knex.schema.createTable('idempotency_keys', table => {
    table.text('actor').notNullable();
    table.text('key').notNullable();
    table
      .text('fingerprint')
      .notNullable()
      .comment('SHA-256 of the request that first carried the key');
    table.uuid('environment_id').notNullable();
    table.text('run_id').notNullable();
    table.timestamp('created_at').notNullable();
    table.primary(['actor', 'key']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('idempotency_keys');
  await knex.schema.dropTable('activity');
  await knex.schema.dropTable('plans');
  await knex.schema.dropTable('environments');
};
