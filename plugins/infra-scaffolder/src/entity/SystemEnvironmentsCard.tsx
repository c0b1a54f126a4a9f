import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { FleetSort } from '@slipway/plugin-infra-scaffolder-common';
import { useMemo } from 'react';
import { EnvironmentsSection } from '../environments/EnvironmentsSection';

const COLUMNS: FleetSort[] = ['name', 'status', 'region', 'cost'];

/** The environments of a system, on its overview. */
export function SystemEnvironmentsCard() {
  const { entity } = useEntity();
  const system = stringifyEntityRef(entity);
  const where = useMemo(() => ({ system: [system] }), [system]);
  return (
    <EnvironmentsSection
      title="Environments"
      where={where}
      columns={COLUMNS}
      whyEmpty={`None that you may see belongs to ${entity.metadata.name}.`}
    />
  );
}
