import {
  environmentTags,
  type BlueprintInput,
  type EngineRequest,
} from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { stackNameOf } from './naming';

/**
 * What the blueprint is built from. An environment that exists keeps the zones it was made in, whatever AWS offers now.
 *
 * @throws StepFailedError `aws.too-few-zones`
 */
export function blueprintInput(
  { environment, parameters }: EngineRequest,
  zones: string[],
): BlueprintInput {
  const kept = environment.engineState.availabilityZones;
  const [first, second, third] = Array.isArray(kept) ? kept.map(String) : zones;
  if (!third) {
    throw new StepFailedError({
      code: 'aws.too-few-zones',
      message: `Account ${environment.accountId} has ${zones.length} availability zones in ${environment.region}; a blueprint takes three.`,
      mend: 'Choose another region.',
    });
  }
  return {
    stackName: stackNameOf(environment),
    accountId: environment.accountId,
    region: environment.region,
    availabilityZones: [first, second, third],
    environment: {
      id: environment.id,
      name: environment.name,
      owner: environment.owner,
      system: environment.system,
      size: environment.size,
    },
    cidr: environment.cidr,
    parameters,
    tags: environmentTags(environment),
  };
}
