import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ENVIRONMENT_ID,
  completeParameters,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { Dependents, FoundDependent } from './types';

interface Options {
  auth: AuthService;
  catalog: CatalogService;
  environments: EnvironmentStore;
  blueprints: BlueprintRegistry;
}

/** The entity of an environment in the catalog. */
function entityRefOf({ name }: Pick<Environment, 'name'>): string {
  return stringifyEntityRef({ kind: 'resource', namespace: 'default', name });
}

/**
 * {@link Dependents}: what the catalog says depends on the environment's entity, and standbys that follow it. A primary
 * that copies to a standby does not need it: without it, it goes on alone.
 */
export class CatalogDependents implements Dependents {
  readonly #options: Options;

  static create(options: Options): CatalogDependents {
    return new CatalogDependents(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async of(environment: Environment): Promise<FoundDependent[]> {
    const [inCatalog, standbys] = await Promise.all([
      this.#inCatalog(environment),
      this.#standbys(environment),
    ]);
    const told = new Set(standbys.map(({ entityRef }) => entityRef));
    return [
      ...inCatalog.filter(({ entityRef }) => !told.has(entityRef)),
      ...standbys,
    ];
  }

  async #inCatalog(environment: Environment): Promise<FoundDependent[]> {
    const { auth, catalog, environments } = this.#options;
    const { items } = await catalog
      .getEntities(
        {
          filter: { 'relations.dependsOn': entityRefOf(environment) },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      )
      .catch(cause => {
        throw new ServiceUnavailableError(
          `The catalog does not answer, so it is not known what depends on ${
            environment.name
          }: ${isError(cause) ? cause.message : cause}`,
        );
      });
    const ids = items.flatMap(
      ({ metadata }) => metadata.annotations?.[ANNOTATION_ENVIRONMENT_ID] ?? [],
    );
    const known = ids.length > 0 ? await environments.findMany(ids) : [];
    return items.map(entity => {
      const entityRef = stringifyEntityRef(entity);
      const id = entity.metadata.annotations?.[ANNOTATION_ENVIRONMENT_ID];
      const itself = id && known.find(each => each.id === id);
      return {
        entityRef,
        reason: `${entityRef} depends on it, as the catalog says.`,
        ...(itself && { environment: { owner: itself.owner } }),
      };
    });
  }

  async #standbys(environment: Environment): Promise<FoundDependent[]> {
    const followers = await this.#options.environments.partnersOf(environment);
    return followers
      .filter(each => this.#isStandby(each))
      .map(({ name, owner }) => ({
        entityRef: entityRefOf({ name }),
        reason: `${name} is its standby and follows it. Destroy that first.`,
        environment: { owner },
      }));
  }

  /** One whose blueprint nobody brings any more is taken for a standby: it names this stack. */
  #isStandby({ blueprint, size, parameters }: Environment): boolean {
    const registration = this.#options.blueprints.find(
      blueprint.id,
      blueprint.version,
    );
    return (
      !registration ||
      completeParameters(registration.blueprint, size, parameters).role !==
        'primary'
    );
  }
}
