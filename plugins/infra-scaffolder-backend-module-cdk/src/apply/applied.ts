import type {
  AppliedEnvironment,
  PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Stack } from '../aws/types';

/** What the portal keeps of an environment after an apply. */
export function applied(
  stack: Stack,
  { meta }: PlannedArtifact,
): AppliedEnvironment {
  return {
    outputs: stack.outputs,
    engineState: {
      stackName: stack.name,
      stackId: stack.id,
      ...(meta.availabilityZones !== undefined && {
        availabilityZones: meta.availabilityZones,
      }),
    },
  };
}
