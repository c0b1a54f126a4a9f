import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { FoundDependent } from './types';

/** Said of an environment that the reader may not know of. */
export const HIDDEN_DEPENDENT = "Another group's environment depends on it.";

/** Who needs an environment, as everybody may read it who owns it: other groups' environments are counted, not named. */
export function othersNeed(
  { name, owner }: Pick<Environment, 'name' | 'owner'>,
  found: FoundDependent[],
): string {
  const isHidden = ({ environment }: FoundDependent) =>
    environment !== undefined && environment.owner !== owner;
  const hidden = found.filter(isHidden).length;
  const reasons = [
    ...found.filter(each => !isHidden(each)).map(({ reason }) => reason),
    ...(hidden === 1 ? [HIDDEN_DEPENDENT] : []),
    ...(hidden > 1
      ? [`${hidden} environments of other groups depend on it.`]
      : []),
  ];
  return `Others need ${name}: ${reasons.join(' ')}`;
}
