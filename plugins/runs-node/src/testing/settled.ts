import { isSettledRunState } from '@slipway/plugin-runs-common';
import type { Run, RunState } from '@slipway/plugin-runs-common';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunEngine } from '../types';

const LOOK_EVERY_MS = 20;

/** @public */
export interface SettledOptions {
  /** Default 20. */
  timeoutSeconds?: number;
  /** States to stop at beside the settled ones. */
  or?: RunState[];
  /** Called at each look, e.g. to answer a step that waits. */
  each?: (run: Run) => Promise<void>;
}

/**
 * Waits until a run has come to its end.
 *
 * @throws Error that says where the run stands when the time is over.
 * @public
 */
export async function settled(
  engine: RunEngine,
  runId: string,
  options: SettledOptions = {},
): Promise<Run> {
  const timeoutMs = (options.timeoutSeconds ?? 20) * 1000;
  const began = performance.now();
  for (;;) {
    const run = await engine.get(runId);
    if (isSettledRunState(run.state) || options.or?.includes(run.state)) {
      return run;
    }
    if (performance.now() - began > timeoutMs) {
      const steps = run.steps.map(step => `${step.id} ${step.state}`);
      throw new Error(
        `Run ${runId} is still ${run.state} after ${timeoutMs} ms: ${steps}`,
      );
    }
    await options.each?.(run);
    await delay(LOOK_EVERY_MS);
  }
}
