import type { RunCommand, RunState } from '@slipway/plugin-runs-common';
import type { RunChange, RunSnapshot, StepPatch, StepRecord } from './types';

export type CommandOutcome =
  | { refused: string }
  | {
      change: RunChange;
      /** A settled run comes back to life: its kind may refuse. */
      reopens: boolean;
      /** A back end should take the run up now, if none drives it. */
      wakes: boolean;
    };

/** What a command does to a run, or why it may not. */
export function applyCommand(
  snapshot: RunSnapshot,
  command: RunCommand,
): CommandOutcome {
  switch (command.type) {
    case 'pause':
      return pause(snapshot);
    case 'resume':
      return resume(snapshot);
    case 'cancel':
      return cancel(snapshot);
    case 'retry':
      return retry(snapshot, command.stepId);
    case 'skip':
      return skip(snapshot, command.stepId, command.reason);
    default:
      return signal(snapshot, command.signal);
  }
}

function pause({ run, steps }: RunSnapshot): CommandOutcome {
  if (run.phase === 'pausing') {
    return refuse('It is being paused already');
  }
  if (!isOneOf(run.state, ['queued', 'running', 'waiting'])) {
    return refuse(`A run that is ${run.state} cannot be paused`);
  }
  return run.driver
    ? { change: { run: { phase: 'pausing' } }, reopens: false, wakes: false }
    : {
        change: { run: { state: 'paused' }, steps: leaveInterrupted(steps) },
        reopens: false,
        wakes: false,
      };
}

/** Steps that a driver left in the middle go back to where they are worked on again. */
export function leaveInterrupted(
  steps: StepRecord[],
): Record<string, StepPatch> {
  return Object.fromEntries(
    steps
      .filter(step => step.state === 'running')
      .map(step => [step.id, { state: 'pending' as const }]),
  );
}

function resume({ run }: RunSnapshot): CommandOutcome {
  if (run.phase === 'pausing') {
    return {
      change: { run: { phase: 'forward' } },
      reopens: false,
      wakes: true,
    };
  }
  if (run.state !== 'paused') {
    return refuse(`Only a paused run can be resumed; this one is ${run.state}`);
  }
  return { change: { run: { state: 'queued' } }, reopens: false, wakes: true };
}

function cancel({ run, steps }: RunSnapshot): CommandOutcome {
  if (run.phase === 'undoing' && run.state === 'needs-attention') {
    const stuck = steps.filter(step => step.state === 'needs-attention');
    return {
      change: {
        run: { state: 'cancelling', problem: undefined },
        steps: Object.fromEntries(
          stuck.map(step => [step.id, undoAgain(step)] as const),
        ),
      },
      reopens: false,
      wakes: true,
    };
  }
  if (run.state === 'cancelling') {
    return refuse('It is being cancelled already');
  }
  if (run.state === 'succeeded' || run.state === 'cancelled') {
    return refuse(`A run that has ${words(run.state)} cannot be cancelled`);
  }
  return {
    change: {
      run: {
        state: 'cancelling',
        phase: 'stopping',
        problem: undefined,
        settledAt: undefined,
      },
    },
    reopens: run.state === 'failed',
    wakes: true,
  };
}

function retry(snapshot: RunSnapshot, stepId: string): CommandOutcome {
  const step = snapshot.steps.find(candidate => candidate.id === stepId);
  if (!step) {
    return refuse(`It has no step '${stepId}'`);
  }
  if (step.state !== 'failed' && step.state !== 'needs-attention') {
    return refuse(
      `Step '${step.title}' is ${step.state}; only a step that failed or needs attention can be retried`,
    );
  }
  return mendStep(
    snapshot,
    step,
    snapshot.run.phase === 'undoing'
      ? undoAgain(step)
      : { ...nextAttempt(step), autoRetries: 0 },
  );
}

function skip(
  snapshot: RunSnapshot,
  stepId: string,
  reason: string,
): CommandOutcome {
  const step = snapshot.steps.find(candidate => candidate.id === stepId);
  if (!step) {
    return refuse(`It has no step '${stepId}'`);
  }
  if (step.state !== 'failed' && step.state !== 'needs-attention') {
    return refuse(
      `Step '${step.title}' is ${step.state}; only a step that failed or needs attention can be skipped`,
    );
  }
  if (reason.trim() === '') {
    return refuse('A step is skipped with a reason; say why');
  }
  const undoing = snapshot.run.phase === 'undoing';
  if (!step.skippable && !undoing) {
    return refuse(`Step '${step.title}' may not be skipped; retry it`);
  }
  return mendStep(snapshot, step, {
    state: 'skipped',
    skippedReason: reason,
    endedAt: snapshot.now,
    ...(undoing && { undone: true }),
  });
}

function mendStep(
  { run }: RunSnapshot,
  step: StepRecord,
  patch: StepPatch,
): CommandOutcome {
  if (run.state === 'cancelling' || run.phase === 'stopping') {
    return refuse('It is being cancelled');
  }
  const atRest = isOneOf(run.state, ['failed', 'needs-attention', 'waiting']);
  return {
    change: {
      run: atRest
        ? {
            state: run.phase === 'undoing' ? 'cancelling' : 'queued',
            problem: undefined,
            settledAt: undefined,
          }
        : {},
      steps: { [step.id]: patch },
    },
    reopens: run.state === 'failed',
    wakes: run.state !== 'paused',
  };
}

function signal({ run, steps }: RunSnapshot, name: string): CommandOutcome {
  if (
    run.phase === 'stopping' ||
    isOneOf(run.state, ['succeeded', 'failed', 'cancelled'])
  ) {
    return refuse(
      `It is ${words(run.state)}, so nothing waits for '${name}' any more`,
    );
  }
  const waiting = steps.filter(
    step => step.state === 'waiting' && step.waitingFor?.signal === name,
  );
  return {
    change: {
      steps: Object.fromEntries(
        waiting.map(step => [
          step.id,
          { state: 'pending' as const, waitingFor: undefined },
        ]),
      ),
    },
    reopens: false,
    wakes: waiting.length > 0 && run.state !== 'paused',
  };
}

/** A fresh try: new journal, new tokens, nothing kept from the one before. */
export function nextAttempt(step: StepRecord): StepPatch {
  return {
    state: 'pending',
    attempt: step.attempt + 1,
    problem: undefined,
    waitingFor: undefined,
    progress: undefined,
    checkpoint: undefined,
    endedAt: undefined,
    workedMs: 0,
    workingSince: undefined,
  };
}

function undoAgain(step: StepRecord): StepPatch {
  return {
    state: 'pending',
    problem: undefined,
    undoAttempt: step.undoAttempt + 1,
    workedMs: 0,
    workingSince: undefined,
  };
}

function refuse(refused: string): CommandOutcome {
  return { refused };
}

function isOneOf(state: RunState, states: RunState[]): boolean {
  return states.includes(state);
}

function words(state: RunState): string {
  const said: Partial<Record<RunState, string>> = {
    cancelled: 'been cancelled',
  };
  return said[state] ?? state;
}
