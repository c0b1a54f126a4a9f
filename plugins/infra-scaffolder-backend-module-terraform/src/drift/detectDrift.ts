import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { makePlan } from '../plan/runPlan';
import { fetchCode } from '../workspace/appliedCode';
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
  const { stateKey, codeSha256: sha256 } = environment.engineState;
  if (!stateKey) {
    return [];
  }
  if (typeof sha256 !== 'string') {
    throw new StepFailedError({
      code: 'terraform.code-unknown',
      message: `This portal does not know by which code ${environment.name} was made: an earlier version of it did not keep that.`,
      mend: 'Plan an update of the environment and apply it; its drift can be checked from then on.',
    });
  }
  const key = store.codeKey(environment.id);
  return world.inWorkspace(
    { signal },
    async workspace => {
      const { document } = await makePlan(workspace, signal, {
        destroy: false,
      });
      return driftedResources(document);
    },
    () => fetchCode(store, { key, sha256 }, signal),
  );
}
