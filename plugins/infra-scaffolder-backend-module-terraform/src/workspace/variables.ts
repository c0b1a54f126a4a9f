import type { JsonObject, JsonValue } from '@backstage/types';
import {
  environmentTags,
  type EngineRequest,
} from '@slipway/plugin-infra-scaffolder-node';

/** `nodeInstanceTypes` → `node_instance_types`. */
export function variableName(parameter: string): string {
  return parameter.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** What a root module is given. Holds no secret: secrets are made in AWS or by resources. */
export function variablesOf(
  {
    environment,
    parameters = {},
  }: Pick<EngineRequest, 'environment'> & Partial<EngineRequest>,
  availabilityZones: string[],
): JsonObject {
  const own = Object.entries(parameters).filter(
    (entry): entry is [string, JsonValue] =>
      entry[1] !== undefined && entry[1] !== null,
  );
  return {
    ...Object.fromEntries(
      own.map(([name, value]) => [variableName(name), value]),
    ),
    name: `slipway-${environment.name}`,
    region: environment.region,
    account_id: environment.accountId,
    cidr: environment.cidr,
    availability_zones: availabilityZones,
    tags: environmentTags(environment),
  };
}
