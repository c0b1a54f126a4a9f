import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  Blueprint,
  EngineAvailability,
  LifetimeRules,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import { useLoad } from '@slipway/ui';
import { infraApiRef, lifetimeApiRef } from '../api';
import { nameOfRef } from '../shared/words';

/** An entity to choose from. */
export interface EntityChoice {
  ref: string;
  title: string;
  /** A team of the person's own. */
  own: boolean;
  /** Of a system: the group that owns it. */
  owner?: string;
}

/** All that the form offers. */
export interface Choices {
  blueprint: Blueprint;
  targets: Target[];
  engines: EngineAvailability[];
  owners: EntityChoice[];
  systems: EntityChoice[];
  lifetimes: LifetimeRules;
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.owner',
  'spec.profile.displayName',
];

/** Reads what the form offers. */
export function useChoices(blueprintId: string) {
  const infra = useApi(infraApiRef);
  const lifetime = useApi(lifetimeApiRef);
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  return useLoad<Choices>(async () => {
    const [blueprints, targets, engines, lifetimes, me, groups, systems] =
      await Promise.all([
        infra.listBlueprints(),
        infra.listTargets(),
        infra.listEngines(),
        lifetime.getLifetimes(),
        identity.getBackstageIdentity(),
        catalog.getEntities({ filter: { kind: 'Group' }, fields: FIELDS }),
        catalog.getEntities({ filter: { kind: 'System' }, fields: FIELDS }),
      ]);
    const blueprint = newest(blueprints, blueprintId);
    if (!blueprint) {
      throw new Error(
        `There is no blueprint “${blueprintId}”. The template names one that no module of the back end brings.`,
      );
    }
    const own = new Set(me.ownershipEntityRefs);
    return {
      blueprint,
      targets,
      engines,
      lifetimes,
      owners: groups.items.map(entity => choiceOf(entity, own)).sort(ownFirst),
      systems: systems.items
        .map(entity => choiceOf(entity, own))
        .sort(ownFirst),
    };
  }, [infra, lifetime, catalog, identity, blueprintId]);
}

function newest(blueprints: Blueprint[], id: string): Blueprint | undefined {
  return blueprints
    .filter(blueprint => blueprint.id === id)
    .sort((a, b) =>
      b.version.localeCompare(a.version, 'en', { numeric: true }),
    )[0];
}

function choiceOf(entity: Entity, own: Set<string>): EntityChoice {
  const ref = stringifyEntityRef(entity);
  const profile = entity.spec?.profile;
  const displayName =
    profile && typeof profile === 'object' && !Array.isArray(profile)
      ? profile.displayName
      : undefined;
  const owner =
    typeof entity.spec?.owner === 'string'
      ? `group:default/${nameOfRef(entity.spec.owner)}`
      : undefined;
  return {
    ref,
    title: String(displayName ?? entity.metadata.title ?? nameOfRef(ref)),
    own: own.has(ref) || Boolean(owner && own.has(owner)),
    owner,
  };
}

function ownFirst(a: EntityChoice, b: EntityChoice): number {
  return Number(b.own) - Number(a.own) || a.title.localeCompare(b.title);
}
