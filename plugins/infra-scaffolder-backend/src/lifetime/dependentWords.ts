import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { FoundDependent } from './types';

/** Said of an environment that the reader may not know of. */
export const HIDDEN_DEPENDENT = "Another group's environment depends on it.";

/** Who needs an environment, as everybody may read it who owns it: without the names of other groups' environments. */
export function othersNeed(
  { name, owner }: Pick<Environment, 'name' | 'owner'>,
  found: FoundDependent[],
): string {
  const reasons = found.map(({ environment, reason }) =>
    environment && environment.owner !== owner ? HIDDEN_DEPENDENT : reason,
  );
  return `Others need ${name}: ${reasons.join(' ')}`;
}
