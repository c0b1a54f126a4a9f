import { StepFailedError, type StepContext } from '@slipway/plugin-runs-node';
import { inputsOf } from '../services/environmentRun';
import type { StepServices } from './context';

/** Has the engine take away what the run planned and nobody will apply. Asks nothing of what is not installed. */
export async function discardPlan(
  ctx: StepContext,
  services: StepServices,
): Promise<void> {
  const { environmentId, operation } = inputsOf(ctx.run);
  const environment = await services.environments.find(environmentId);
  if (environment) {
    const engine = services.engines.find(environment.engine);
    await engine?.discard?.(ctx, { environment, operation });
  }
}

/**
 * Does what needs the plan; where it fails in a way after which the plan is of no use, the plan is discarded. Why it
 * failed matters more than what was left behind: a failure to discard is not told.
 */
export async function orDiscard<T>(
  ctx: StepContext,
  services: StepServices,
  work: () => Promise<T>,
  isOver: (error: StepFailedError) => boolean = () => true,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailedError && isOver(error)) {
      await discardPlan(ctx, services).catch(() => {});
    }
    throw error;
  }
}
