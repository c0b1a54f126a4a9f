import { topologicalOrder } from './graph';
import type { RunChange, StepPatch, StepRecord, StepWork } from './types';

/** Steps that are still to be undone come to be undone in this order: cancelled first, then compensated, latest first. */
export function nextUndo(steps: StepRecord[]): StepRecord | undefined {
  const depth = new Map(
    topologicalOrder(steps).map((id, index) => [id, index] as const),
  );
  const time = (step: StepRecord) =>
    (step.undo === 'cancel' ? step.startedAt : step.endedAt)?.getTime() ?? 0;
  return steps
    .filter(step => step.undo && !step.undone)
    .sort(
      (a, b) =>
        a.undo!.localeCompare(b.undo!) ||
        time(b) - time(a) ||
        depth.get(b.id)! - depth.get(a.id)!,
    )[0];
}

/**
 * Says of each step how it is to be undone. A step that never started is cancelled at once, as is one that started
 * and has no `cancel`; one that succeeded and has no `compensate` stays as it is.
 *
 * @param can - whether the handler of a type offers a way; a type that nobody knows here must answer true, so that
 *   the step stops for a person and is not passed over.
 */
export function planUndo(
  steps: StepRecord[],
  can: (type: string, work: StepWork) => boolean,
  now: Date,
): RunChange {
  const patches: Record<string, StepPatch> = {};
  for (const step of steps) {
    if (step.state === 'succeeded') {
      if (can(step.type, 'compensate')) {
        patches[step.id] = { undo: 'compensate' };
      }
    } else if (step.startedAt && can(step.type, 'cancel')) {
      patches[step.id] = {
        undo: 'cancel',
        state: 'pending',
        waitingFor: undefined,
        problem: undefined,
      };
    } else if (step.state !== 'skipped') {
      patches[step.id] = {
        state: 'cancelled',
        endedAt: now,
        waitingFor: undefined,
      };
    }
  }
  return { run: { phase: 'undoing' }, steps: patches };
}
