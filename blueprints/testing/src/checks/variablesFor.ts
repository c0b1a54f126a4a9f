import type { JsonObject } from '@backstage/types';
import { inputFor, type Subject } from '../subject';
import { variableName } from '../terraform/variablesFile';

/** What the engine hands to the root module of a blueprint. @public */
export function variablesFor(
  subject: Subject,
  size: string,
  parameters: JsonObject = {},
): JsonObject {
  const input = inputFor(subject, size, parameters);
  return {
    ...Object.fromEntries(
      Object.entries(input.parameters).map(([name, value]) => [
        variableName(name),
        value,
      ]),
    ),
    name: input.stackName,
    region: input.region,
    account_id: input.accountId,
    cidr: input.cidr,
    availability_zones: input.availabilityZones,
    tags: input.tags,
  };
}
