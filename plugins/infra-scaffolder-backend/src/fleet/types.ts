import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  FleetGroupBy,
  FleetPage,
  FleetPageQuery,
  FleetQuery,
  FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { As } from '../services/types';

/** Narrows a list to what a person may see, in SQL. */
export type FleetFilter = PermissionCriteria<EnvironmentPermissionQuery>;

/** Which versions count as old, and what time it is. */
export interface FleetSurroundings {
  now: Date;
  /** Newest installed version by blueprint. */
  newest: ReadonlyMap<string, string>;
}

/** The registry of environments, read as lists that may be thousands long. */
export interface FleetStore {
  page(
    query: FleetPageQuery,
    surroundings: FleetSurroundings,
    filter?: FleetFilter,
  ): Promise<FleetPage>;
  summary(
    query: FleetQuery & { groupBy?: FleetGroupBy },
    surroundings: FleetSurroundings,
    filter?: FleetFilter,
  ): Promise<FleetSummary>;
}

/** Lists of the environments that a person may see. */
export interface FleetService {
  list(query: FleetPageQuery, as: As): Promise<FleetPage>;
  summarise(
    query: FleetQuery & { groupBy?: FleetGroupBy },
    as: As,
  ): Promise<FleetSummary>;
}
