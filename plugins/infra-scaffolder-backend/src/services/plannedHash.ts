import type { Run } from '@slipway/plugin-runs-common';
import { STEPS } from './environmentRun';

/** Hash of the plan that the run's journal says was made; undefined before. */
export function plannedHash(run: Run): string | undefined {
  const output = run.steps.find(step => step.id === STEPS.plan.id)?.output;
  return typeof output?.planHash === 'string' ? output.planHash : undefined;
}
