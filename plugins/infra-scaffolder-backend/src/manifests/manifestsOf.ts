import { ConflictError } from '@backstage/errors';
import {
  completeParameters,
  type Environment,
  type EnvironmentManifests,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';

/** What is applied to an environment's cluster, by its blueprint, its parameters and its outputs. */
export function manifestsOf(
  environment: Environment,
  blueprints: BlueprintRegistry,
): EnvironmentManifests {
  const { blueprint, size, outputs } = environment;
  if (outputs.length === 0) {
    return {
      files: [],
      reason: 'They are made from its outputs, which come once it is ready.',
    };
  }
  const registration = blueprints.find(blueprint.id, blueprint.version);
  if (!registration?.manifests) {
    return {
      files: [],
      reason: `Blueprint ${blueprint.id} ${blueprint.version} has none.`,
    };
  }
  try {
    const files = registration.manifests({
      environment,
      parameters: completeParameters(
        registration.blueprint,
        size,
        environment.parameters,
      ),
      outputs: Object.fromEntries(
        outputs.map(({ key, value }) => [key, value]),
      ),
    });
    return { files };
  } catch (error) {
    if (error instanceof ConflictError) {
      return { files: [], reason: error.message };
    }
    throw error;
  }
}
