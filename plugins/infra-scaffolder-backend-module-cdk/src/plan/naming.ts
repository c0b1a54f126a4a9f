import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

export function stackNameOf(environment: Pick<Environment, 'name'>): string {
  return `slipway-${environment.name}`;
}
