import type { RunState, SettledRunState } from './types';

/** Whether a run has come to an end. A failed one can still be reopened. @public */
export function isSettledRunState(state: RunState): state is SettledRunState {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}
