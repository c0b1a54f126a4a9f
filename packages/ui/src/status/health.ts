import type { RunState, StepState } from '@slipway/plugin-runs-common';

/** The five words that say how something is, everywhere in the portal. @public */
export type Health =
  | 'healthy'
  | 'attention'
  | 'failing'
  | 'working'
  | 'unknown';

/** @public */
export const HEALTH_WORDS: Record<Health, string> = {
  healthy: 'Healthy',
  attention: 'Attention',
  failing: 'Failing',
  working: 'Working',
  unknown: 'Unknown',
};

const RUN: Record<RunState, { health: Health; word: string }> = {
  queued: { health: 'working', word: 'Queued' },
  running: { health: 'working', word: 'Running' },
  waiting: { health: 'attention', word: 'Waiting' },
  paused: { health: 'attention', word: 'Paused' },
  'needs-attention': { health: 'attention', word: 'Needs attention' },
  cancelling: { health: 'working', word: 'Cancelling' },
  succeeded: { health: 'healthy', word: 'Succeeded' },
  failed: { health: 'failing', word: 'Failed' },
  cancelled: { health: 'unknown', word: 'Cancelled' },
};

const STEP: Record<
  StepState,
  { health: Health; word: string; idle?: boolean }
> = {
  pending: { health: 'unknown', word: 'Pending', idle: true },
  running: { health: 'working', word: 'Working' },
  waiting: { health: 'attention', word: 'Waiting' },
  'needs-attention': { health: 'attention', word: 'Needs attention' },
  succeeded: { health: 'healthy', word: 'Done' },
  failed: { health: 'failing', word: 'Failed' },
  skipped: { health: 'unknown', word: 'Skipped', idle: true },
  cancelled: { health: 'unknown', word: 'Cancelled', idle: true },
};

const UNSEEN: { health: Health; word: string } = {
  health: 'unknown',
  word: 'Unknown',
};

/** How a run is, and the word for it; a state that this portal does not know is Unknown. @public */
export function healthOfRun(state: RunState): { health: Health; word: string } {
  return RUN[state] ?? UNSEEN;
}

/** How a step is, and the word for it; a state that this portal does not know is Unknown. @public */
export function healthOfStep(state: StepState): {
  health: Health;
  word: string;
  /** Nothing is to be known yet, or any more. */
  idle?: boolean;
} {
  return STEP[state] ?? UNSEEN;
}
