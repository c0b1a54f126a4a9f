import type { RunEngine } from '@slipway/plugin-runs-node';
import { applyStep } from './applyStep';
import { approveStep } from './approveStep';
import { confirmStep } from './confirmStep';
import type { StepServices } from './context';
import { leftoversStep } from './leftoversStep';
import { planStep } from './planStep';
import { recordStep } from './recordStep';
import { runKinds } from './runKinds';

/** Makes the run engine know how to work on environments. */
export function registerSteps(runs: RunEngine, services: StepServices): void {
  for (const kind of runKinds(services)) {
    runs.registerKind(kind);
  }
  runs.registerStep(planStep(services));
  runs.registerStep(confirmStep(services));
  runs.registerStep(approveStep(services));
  runs.registerStep(applyStep(services));
  runs.registerStep(recordStep(services, runs));
  runs.registerStep(leftoversStep(services));
}
