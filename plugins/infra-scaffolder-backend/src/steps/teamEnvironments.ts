import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import type { Holder } from '../database/types';

/**
 * The other living environments of a team with what each comes to. One that is only being planned comes to nothing yet.
 */
export function teamEnvironments(
  { id, owner }: Pick<Environment, 'id' | 'owner'>,
  holders: Holder[],
): NonNullable<PlanToReview['teamEnvironments']> {
  return holders
    .filter(
      other => other.owner === owner && other.id !== id && !other.isOnlyPlanned,
    )
    .map(({ name, monthlyUsd }) => ({
      name,
      ...(monthlyUsd && { monthlyUsd }),
    }));
}
