import { ConflictError } from '@backstage/errors';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { refusalOfOwnFreeze, refuseRequest } from '../freezes/refusal';

/**
 * A freeze forbids to put to sleep, and never to wake: to wake is to go back to what was applied.
 *
 * @throws ConflictError where the environment is frozen, by itself or by the calendar.
 */
export async function assertUnfrozen(
  freezes: FreezeGuard,
  environment: Environment,
  now: Date,
): Promise<void> {
  refuseRequest(refusalOfOwnFreeze(environment));
  const [freeze] = (await freezes.outlook(environment, now)).now;
  if (freeze) {
    throw new ConflictError(
      `The change freeze “${freeze.title}” covers ${environment.name} until ${freeze.until}.`,
    );
  }
}
