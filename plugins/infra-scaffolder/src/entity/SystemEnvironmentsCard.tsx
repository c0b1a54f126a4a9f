import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { FleetSort } from '@slipway/plugin-infra-scaffolder-common';
import { SystemEnvironments } from './SystemEnvironments';

const COLUMNS: FleetSort[] = ['name', 'status', 'size', 'region', 'cost'];

/** The environments of a system, on its overview. */
export function SystemEnvironmentsCard() {
  const { entity } = useEntity();
  return (
    <SystemEnvironments
      system={stringifyEntityRef(entity)}
      name={entity.metadata.name}
      columns={COLUMNS}
    />
  );
}
