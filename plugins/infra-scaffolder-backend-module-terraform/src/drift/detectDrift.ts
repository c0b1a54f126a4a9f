import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import { makePlan } from '../plan/runPlan';
import type { EngineWorld } from '../world';
import { driftedResources } from './driftedResources';

/**
 * Plans what was applied last once more: what Terraform would put back has drifted. It reads AWS and changes nothing. An
 * environment that was never applied whole has nothing to be held against.
 */
export async function detectDrift(
  world: EngineWorld,
  signal: AbortSignal,
): Promise<DriftedResource[]> {
  const { store, environment } = world;
  const packed = await store.get(store.codeKey(environment.id), signal);
  if (!packed) {
    return [];
  }
  return world.inWorkspace(
    signal,
    async workspace => {
      const { document } = await makePlan(workspace, signal, {
        destroy: false,
      });
      return driftedResources(document);
    },
    packed,
  );
}
