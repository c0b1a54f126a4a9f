import {
  newestVersion,
  type Blueprint,
  type FleetGroupBy,
  type FleetPage,
  type FleetPageQuery,
  type FleetQuery,
  type FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';
import { FLEET_FACETS } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import type { FleetService, FleetStore, FleetSurroundings } from './types';

const NOTHING: FleetSummary = {
  totals: {
    environments: 0,
    monthlyUsd: '0.00',
    unpriced: 0,
    failed: 0,
    working: 0,
    drifted: 0,
    outdated: 0,
    expiring: 0,
  },
  facets: Object.fromEntries(
    FLEET_FACETS.map(facet => [facet, []]),
  ) as unknown as FleetSummary['facets'],
};

/** What of the fleet the permission policy lets a person see; counts and sums are over the same. */
export class AuthorizedFleetService implements FleetService {
  readonly #fleet: FleetStore;
  readonly #authorizer: EnvironmentAuthorizer;
  readonly #blueprints: BlueprintRegistry;

  static create(options: {
    fleet: FleetStore;
    authorizer: EnvironmentAuthorizer;
    blueprints: BlueprintRegistry;
  }): AuthorizedFleetService {
    return new AuthorizedFleetService(options);
  }

  private constructor(options: {
    fleet: FleetStore;
    authorizer: EnvironmentAuthorizer;
    blueprints: BlueprintRegistry;
  }) {
    this.#fleet = options.fleet;
    this.#authorizer = options.authorizer;
    this.#blueprints = options.blueprints;
  }

  async list(query: FleetPageQuery, as: As): Promise<FleetPage> {
    const filter = await this.#authorizer.readFilter(as.credentials);
    return filter.kind === 'none'
      ? { items: [] }
      : this.#fleet.page(
          query,
          this.#surroundings(),
          filter.kind === 'some' ? filter.criteria : undefined,
        );
  }

  async summarise(
    query: FleetQuery & { groupBy?: FleetGroupBy },
    as: As,
  ): Promise<FleetSummary> {
    const filter = await this.#authorizer.readFilter(as.credentials);
    return filter.kind === 'none'
      ? { ...NOTHING, ...(query.groupBy && { groups: [] }) }
      : this.#fleet.summary(
          query,
          this.#surroundings(),
          filter.kind === 'some' ? filter.criteria : undefined,
        );
  }

  #surroundings(): FleetSurroundings {
    const blueprints: Blueprint[] = this.#blueprints.list();
    return {
      now: new Date(),
      newest: new Map(
        blueprints.map(({ id }) => [
          id,
          newestVersion(blueprints, id)!.version,
        ]),
      ),
    };
  }
}
