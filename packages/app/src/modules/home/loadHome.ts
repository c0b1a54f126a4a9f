import {
  stringifyEntityRef,
  type Entity,
  type SystemEntity,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import type {
  FleetApi,
  FleetEnvironment,
  FleetGroup,
  FleetQuery,
  FleetTotals,
  InfraApi,
  ListedApproval,
} from '@slipway/plugin-infra-scaffolder-common';
import type { SignedInPerson } from './usePerson';

/** The most of each kind that is shown as needing the person. */
const MOST = 10;

/** A template that makes something. */
export interface Maker {
  title: string;
  description?: string;
  to: string;
}

/** What the home page shows. */
export interface Home {
  /** Whether the systems and environments are those that the person owns, or all there are. */
  scope: 'own' | 'all';
  systems: SystemEntity[];
  /** Which environments are theirs. */
  where: NonNullable<FleetQuery['where']>;
  totals: FleetTotals;
  /** What the environments of each system come to. */
  bySystem: FleetGroup[];
  failed: FleetEnvironment[];
  /** Ending within a week, or past their end; the soonest first. */
  ending: FleetEnvironment[];
  drifted: FleetEnvironment[];
  atWork: FleetEnvironment[];
  /** Plans that await the person's decision. */
  approvals: ListedApproval[];
  makers: Maker[];
}

/** Systems and environments of the person's groups, or all where they own no system, and what of them awaits the person. */
export async function loadHome(
  person: SignedInPerson,
  apis: {
    catalogApi: Pick<CatalogApi, 'getEntities'>;
    fleetApi: FleetApi;
    infraApi: Pick<InfraApi, 'listApprovals'>;
  },
): Promise<Home> {
  const { catalogApi, fleetApi, infraApi } = apis;
  const catalog = await catalogApi.getEntities({
    filter: [{ kind: 'System' }, { kind: 'Template' }],
    order: { field: 'metadata.title', order: 'asc' },
  });
  const all = catalog.items.filter(isSystem);
  const own = all.filter(system =>
    system.relations?.some(
      ({ type, targetRef }) =>
        type === 'ownedBy' && person.ownershipEntityRefs.includes(targetRef),
    ),
  );
  const scope = own.length > 0 ? 'own' : 'all';
  const where: Home['where'] =
    scope === 'own' ? { owner: person.ownershipEntityRefs } : {};
  const some = async (
    part: FleetQuery['where'],
    sort?: 'expiry',
  ): Promise<FleetEnvironment[]> =>
    (
      await fleetApi.listFleet({
        where: { ...where, ...part },
        sort,
        limit: MOST,
      })
    ).items;
  const [summary, failed, ending, drifted, atWork, approvals] =
    await Promise.all([
      fleetApi.summariseFleet({ where, groupBy: 'system' }),
      some({ status: ['failed'] }),
      some({ expiry: ['expired', 'day', 'week'] }, 'expiry'),
      some({ drift: ['drifted'] }),
      some({ status: ['planning', 'creating', 'updating', 'destroying'] }),
      infraApi.listApprovals('waiting'),
    ]);
  return {
    scope,
    systems: scope === 'own' ? own : all,
    where,
    totals: summary.totals,
    bySystem: summary.groups ?? [],
    failed,
    ending,
    drifted,
    atWork,
    approvals: approvals.filter(({ mayDecide }) => mayDecide),
    makers: catalog.items.filter(isTemplate).map(makerOf),
  };
}

/** What the environments of a system come to; nothing where it has none. */
export function groupOf(
  home: Pick<Home, 'bySystem'>,
  system: SystemEntity,
): FleetGroup | undefined {
  const ref = stringifyEntityRef(system);
  return home.bySystem.find(({ value }) => value.toLowerCase() === ref);
}

function makerOf(template: Entity): Maker {
  const { name, namespace = 'default', title, description } = template.metadata;
  return {
    title: title ?? name,
    description,
    to: `/create/templates/${namespace}/${name}`,
  };
}

function isSystem(entity: { kind: string }): entity is SystemEntity {
  return entity.kind === 'System';
}

function isTemplate(entity: Entity): boolean {
  return entity.kind === 'Template' && entity.spec?.type === 'environment';
}
