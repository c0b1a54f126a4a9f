import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { FleetSort } from '@slipway/plugin-infra-scaffolder-common';
import { useMemo } from 'react';
import { EnvironmentsSection } from '../environments/EnvironmentsSection';

const COLUMNS: FleetSort[] = [
  'name',
  'status',
  'region',
  'expiry',
  'drift',
  'version',
  'cost',
];

/** The environments of a system, or of the system that a component is part of. */
export function EnvironmentsEntityContent() {
  const { entity } = useEntity();
  const system = systemOf(entity);
  const where = useMemo(() => ({ system: [system] }), [system]);
  return (
    <EnvironmentsSection
      title="Environments"
      where={where}
      columns={COLUMNS}
      whyEmpty={`None that you may see belongs to ${
        parseEntityRef(system).name
      }.`}
    />
  );
}

function systemOf(entity: Entity): string {
  const named = entity.spec?.system;
  return typeof named === 'string' && entity.kind !== 'System'
    ? stringifyEntityRef(
        parseEntityRef(named, {
          defaultKind: 'system',
          defaultNamespace: entity.metadata.namespace ?? 'default',
        }),
      )
    : stringifyEntityRef(entity);
}
