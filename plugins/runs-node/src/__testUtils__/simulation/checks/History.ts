import type { RunEvent } from '@slipway/plugin-runs-common';
import type { CallRow } from '../../../store/CallStore';
import {
  toEvent,
  toRunRecord,
  toStepRecord,
  type EventRow,
  type RunRow,
  type StepRow,
} from '../../../store/rows';
import type { RunRecord, StepRecord } from '../../../state/types';
import type { PostgresServer } from '../database/PostgresServer';

/** What is left of a run. */
export interface History {
  run: RunRecord;
  claimableAt: Date | null;
  steps: StepRecord[];
  calls: CallRow[];
  events: RunEvent[];
  unusedSignals: string[];
  /** What its kind wrote when it was settled. */
  ends: string[];
}

export async function readHistories(
  server: PostgresServer,
): Promise<History[]> {
  const all = <T>(table: string, order: string) =>
    server.look<T>(`select * from ${table} order by ${order}`);
  const runs = await all<RunRow>('runs', 'id');
  const steps = await all<StepRow>('run_steps', 'run_id, position');
  const calls = await all<CallRow>('run_calls', 'run_id, step_id, attempt');
  const events = await all<EventRow>('run_events', 'run_id, sequence');
  const ends = await all<{ run_id: string; state: string }>('ends', 'run_id');
  const signals = await all<{
    run_id: string;
    name: string;
    used_by: string | null;
  }>('run_signals', 'id');
  return runs.map(row => {
    const ofRun = (part: { run_id: string }) => part.run_id === row.id;
    return {
      run: toRunRecord(row),
      claimableAt: row.claimable_at,
      steps: steps.filter(ofRun).map(toStepRecord),
      calls: calls.filter(ofRun),
      events: events.filter(ofRun).map(toEvent),
      ends: ends.filter(ofRun).map(({ state }) => state),
      unusedSignals: signals
        .filter(signal => ofRun(signal) && signal.used_by === null)
        .map(({ name }) => name),
    };
  });
}
