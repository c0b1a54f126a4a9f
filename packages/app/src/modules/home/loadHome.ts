import type { SystemEntity } from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import type {
  Environment,
  InfraApi,
} from '@slipway/plugin-infra-scaffolder-common';
import type { SignedInPerson } from './usePerson';

const ENVIRONMENTS_SHOWN = 200;

/** What the home page shows. */
export interface Home {
  /** Whether the systems are those that the person owns, or all there are. */
  scope: 'own' | 'all';
  systems: SystemEntity[];
  /** Of these systems, and not ended. */
  environments: Environment[];
}

/** Systems that the person owns, or all where they own none, with the environments that they may see. */
export async function loadHome(
  person: SignedInPerson,
  apis: {
    catalogApi: Pick<CatalogApi, 'getEntities'>;
    infraApi: Pick<InfraApi, 'listEnvironments'>;
  },
): Promise<Home> {
  const [catalog, registry] = await Promise.all([
    apis.catalogApi.getEntities({
      filter: { kind: 'System' },
      order: { field: 'metadata.title', order: 'asc' },
    }),
    apis.infraApi.listEnvironments({ limit: ENVIRONMENTS_SHOWN }),
  ]);
  const all = catalog.items.filter(isSystem);
  const own = all.filter(system =>
    system.relations?.some(
      ({ type, targetRef }) =>
        type === 'ownedBy' && person.ownershipEntityRefs.includes(targetRef),
    ),
  );
  return own.length > 0
    ? {
        scope: 'own',
        systems: own,
        environments: registry.items.filter(environment =>
          own.some(system => isOf(environment, system)),
        ),
      }
    : { scope: 'all', systems: all, environments: registry.items };
}

/** Whether the environment belongs to the system. */
export function isOf(environment: Environment, system: SystemEntity): boolean {
  const namespace = system.metadata.namespace ?? 'default';
  return (
    environment.system.toLocaleLowerCase('en-US') ===
    `system:${namespace}/${system.metadata.name}`.toLocaleLowerCase('en-US')
  );
}

function isSystem(entity: { kind: string }): entity is SystemEntity {
  return entity.kind === 'System';
}
