// @ts-check

/**
 * An approval can be taken back until the apply begins. That is the database's own promise: taking back and beginning are
 * changes of the same row, and one of them comes first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('approvals', table => {
    table.text('revoked_by');
    table.timestamp('revoked_at');
    table.timestamp('used_at');
  });
  await knex.schema.raw(`
    ALTER TABLE approvals ADD CONSTRAINT approvals_used_or_revoked
    CHECK (used_at IS NULL OR revoked_at IS NULL)
  `);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw(
    'ALTER TABLE approvals DROP CONSTRAINT approvals_used_or_revoked',
  );
  await knex.schema.alterTable('approvals', table => {
    table.dropColumn('revoked_by');
    table.dropColumn('revoked_at');
    table.dropColumn('used_at');
  });
};
