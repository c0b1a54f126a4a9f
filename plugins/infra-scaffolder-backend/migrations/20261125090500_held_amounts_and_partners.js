// @ts-check

/**
 * What the plan that was confirmed of each run comes to, apart from other runs: what a failed run may have made stays
 * counted whatever comes after it. And which environment was meant by the name of a partner's stack, because names are
 * free again once an environment is gone. Of what was there before it is the one that the old rule took for it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('held_amounts', table => {
    table
      .uuid('environment_id')
      .notNullable()
      .references('id')
      .inTable('environments')
      .onDelete('CASCADE');
    table.text('run_id').notNullable();
    table
      .decimal('monthly_usd', 14, 2)
      .comment('Null where nobody estimated the plan');
    table.primary(['environment_id', 'run_id']);
  });
  await knex.raw(
    `INSERT INTO held_amounts (environment_id, run_id, monthly_usd)
    SELECT id, coalesce(active_run_id, last_run_id), confirmed_estimate_usd
    FROM environments
    WHERE confirmed_estimate_usd IS NOT NULL AND coalesce(active_run_id, last_run_id) IS NOT NULL`,
  );
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('confirmed_estimate_usd');
    table
      .uuid('partner_id')
      .comment('The environment that was meant by parameters.partnerStack');
  });
  await knex.raw(
    `UPDATE environments follower SET partner_id = partner.id
    FROM environments partner
    WHERE partner.id <> follower.id
      AND partner.account_id = follower.account_id
      AND partner.status NOT IN ('destroyed', 'cancelled')
      AND follower.status NOT IN ('destroyed', 'cancelled')
      AND follower.parameters->>'partnerStack' = coalesce(partner.engine_state->>'stackName', 'slipway-' || partner.name)
      AND (follower.owner = partner.owner OR follower.created_at > partner.created_at)`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('environments', table => {
    table.dropColumn('partner_id');
    table.decimal('confirmed_estimate_usd', 14, 2);
  });
  await knex.raw(
    `UPDATE environments SET confirmed_estimate_usd = (
      SELECT max(monthly_usd) FROM held_amounts WHERE environment_id = environments.id
    )`,
  );
  await knex.schema.dropTable('held_amounts');
};
