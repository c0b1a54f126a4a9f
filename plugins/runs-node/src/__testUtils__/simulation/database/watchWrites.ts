import type { Knex } from 'knex';

/**
 * Lets the database itself say who wrote what: each write of a driver must be by the process that took the run up
 * last, and nothing of a run may change in a transaction that did not change the run's row as well.
 */
export async function watchWrites(knex: Knex): Promise<void> {
  await knex.raw(`
    create table violations (what text not null);
    create table claims (run_id text, fence int, writer text, primary key (run_id, fence));
    create table ends (run_id text, state text);

    create function watch_run() returns trigger language plpgsql as $$
    declare
      writer text := current_setting('sim.writer');
      holder text;
    begin
      if new.fence <> old.fence then
        if new.fence <> old.fence + 1 then
          insert into violations values (format('the fence went from %s to %s', old.fence, new.fence));
        end if;
        insert into claims values (new.id, new.fence, writer);
      elsif writer not like 'person%' then
        select claims.writer into holder from claims where run_id = old.id and fence = old.fence;
        if holder is distinct from writer then
          insert into violations values
            (format('%s wrote to a run that %s drives (fence %s)', writer, holder, old.fence));
        end if;
      end if;
      if new.last_sequence < old.last_sequence then
        insert into violations values ('a sequence went back');
      end if;
      if new.state in ('waiting', 'paused', 'needs-attention', 'succeeded', 'failed', 'cancelled')
         and new.driver is not null and old.state <> new.state then
        insert into violations values (format('%s holds a lease', new.state));
      end if;
      return null;
    end $$;
    create trigger watch_run after update on runs for each row execute function watch_run();

    create function watch_part() returns trigger language plpgsql as $$
    begin
      if not (select xmin = pg_current_xact_id()::xid from runs where id = new.run_id) then
        insert into violations values
          (format('%s changed %s without its run', current_setting('sim.writer'), tg_table_name));
      end if;
      return null;
    end $$;
  `);
  for (const table of ['run_steps', 'run_calls', 'run_events']) {
    await knex.raw(
      `create trigger watch_part after insert or update on ${table} for each row execute function watch_part()`,
    );
  }
  const times = {
    runs: 'created_at',
    run_events: 'at',
    run_calls: 'intended_at',
    run_signals: 'at',
  };
  for (const [table, column] of Object.entries(times)) {
    await knex.raw(`alter table ${table} alter ${column} set default now()`);
  }
  for (const table of [...Object.keys(times), 'run_steps']) {
    // Nothing that happens in the background may change how a statement is carried out.
    await knex.raw(`alter table ${table} set (autovacuum_enabled = false)`);
  }
}
