import type { ActionRun, Experiment } from './model';

/** What is to be done next with one action. */
export type Step =
  | { kind: 'begin'; action: string }
  | { kind: 'end'; action: string; as: 'completed' | 'stopped' }
  | { kind: 'cancel'; action: string };

const STOPPED_BY_USER = 'Experiment stopped by user.';
export const STOPPED_BY_ALARM = 'Experiment halted by stop condition.';

function isOver({ status }: ActionRun): boolean {
  return status !== 'pending' && status !== 'running';
}

function isHalted(experiment: Experiment): boolean {
  return (
    experiment.stopReason !== undefined ||
    Object.values(experiment.actions).some(({ status }) => status === 'failed')
  );
}

/** Whether nothing will happen with it any more. */
export function hasEnded({ status }: Experiment): boolean {
  return ['completed', 'stopped', 'failed'].includes(status);
}

/**
 * What an experiment does now: an action begins when those it starts after are over, ends when its time is; when the
 * experiment is stopped or an action fails, running ones are stopped and the others cancelled.
 * https://docs.aws.amazon.com/fis/latest/userguide/experiments.html
 */
export function nextSteps(experiment: Experiment, nowMs: number): Step[] {
  if (hasEnded(experiment) || experiment.resolved === undefined) {
    return [];
  }
  const halted = isHalted(experiment);
  return Object.entries(experiment.actions).flatMap(([action, run]): Step[] => {
    if (run.status === 'running') {
      if (halted) {
        return [{ kind: 'end', action, as: 'stopped' }];
      }
      const isDone = run.endsMs === undefined || run.endsMs <= nowMs;
      return isDone ? [{ kind: 'end', action, as: 'completed' }] : [];
    }
    if (run.status !== 'pending') {
      return [];
    }
    if (halted) {
      return [{ kind: 'cancel', action }];
    }
    const after = experiment.template.actions[action].startAfter ?? [];
    return after.every(name => isOver(experiment.actions[name]))
      ? [{ kind: 'begin', action }]
      : [];
  });
}

/** The experiment's state from those of its actions. */
export function settled(experiment: Experiment, nowMs: number): Experiment {
  if (hasEnded(experiment) || experiment.resolved === undefined) {
    return experiment;
  }
  const runs = Object.values(experiment.actions);
  const failed = runs.find(({ status }) => status === 'failed');
  if (runs.every(isOver)) {
    const ended = { ...experiment, endedMs: nowMs };
    if (failed) {
      return { ...ended, status: 'failed', reason: failed.reason };
    }
    return experiment.stopReason === undefined
      ? { ...ended, status: 'completed', reason: 'Experiment completed.' }
      : { ...ended, status: 'stopped', reason: experiment.stopReason };
  }
  return isHalted(experiment)
    ? { ...experiment, status: 'stopping', reason: experiment.stopReason }
    : { ...experiment, status: 'running', reason: 'Experiment is running.' };
}

/** The experiment after it was asked to stop; one that has ended stays as it is. */
export function asStopping(
  experiment: Experiment,
  reason = STOPPED_BY_USER,
): Experiment {
  return hasEnded(experiment)
    ? experiment
    : {
        ...experiment,
        stopReason: experiment.stopReason ?? reason,
        status: 'stopping',
        reason: experiment.stopReason ?? reason,
        // Nothing has begun before the targets are known, so nothing needs them any more.
        resolved: experiment.resolved ?? {},
      };
}
