import type { JsonObject } from '@backstage/types';
import type { RunProblem } from '@slipway/plugin-runs-common';
import { nextAttempt } from './command';
import type { StepPatch, StepRecord, StepWait, StepWork } from './types';

/** How one stretch of work on a step ended. */
export type StepOutcome =
  | { type: 'done'; output?: JsonObject }
  | { type: 'failed'; problem: RunProblem; retryable: boolean }
  | { type: 'needs-attention'; problem: RunProblem }
  | { type: 'waits'; waitingFor: StepWait }
  /** Left at a safe point, to be worked on again from the handler's start. */
  | { type: 'interrupted' };

/** What a step becomes by it. */
export function afterWork(
  step: StepRecord,
  work: StepWork,
  outcome: StepOutcome,
  now: Date,
): StepPatch {
  const stretch: StepPatch = {
    workingSince: undefined,
    workedMs: workedMs(step, now),
  };
  switch (outcome.type) {
    case 'done':
      return work === 'execute'
        ? {
            ...stretch,
            state: 'succeeded',
            output: outcome.output ?? {},
            endedAt: now,
          }
        : { ...stretch, state: 'cancelled', undone: true, endedAt: now };
    case 'waits':
      return { ...stretch, state: 'waiting', waitingFor: outcome.waitingFor };
    case 'interrupted':
      return { ...stretch, state: 'pending' };
    case 'needs-attention':
      return { ...stretch, state: 'needs-attention', problem: outcome.problem };
    default:
      return work === 'execute'
        ? afterFailure(step, outcome, stretch, now)
        : { ...stretch, state: 'needs-attention', problem: outcome.problem };
  }
}

function afterFailure(
  step: StepRecord,
  outcome: { problem: RunProblem; retryable: boolean },
  stretch: StepPatch,
  now: Date,
): StepPatch {
  const retry = step.retry;
  if (outcome.retryable && retry && step.autoRetries < retry.attempts) {
    const until = new Date(now.getTime() + retry.delaySeconds * 1000);
    return {
      ...nextAttempt(step),
      state: 'waiting',
      autoRetries: step.autoRetries + 1,
      waitingFor: {
        title: `the next try, after: ${outcome.problem.message}`,
        until: until.toISOString(),
      },
    };
  }
  return {
    ...stretch,
    state: 'failed',
    problem: outcome.problem,
    endedAt: now,
  };
}

/** Of the current attempt, the stretch under way included; waiting does not count. */
export function workedMs(step: StepRecord, now: Date): number {
  const stretch = step.workingSince
    ? now.getTime() - step.workingSince.getTime()
    : 0;
  return step.workedMs + Math.max(0, Math.round(stretch));
}

/** What a step becomes when work on it begins, or is taken up again after a crash. */
export function beginWork(step: StepRecord, now: Date): StepPatch {
  const isTakenUp = step.state === 'running' && step.workingSince;
  return {
    state: 'running',
    startedAt: step.startedAt ?? now,
    waitingFor: undefined,
    ...(!isTakenUp && { workingSince: now }),
  };
}
