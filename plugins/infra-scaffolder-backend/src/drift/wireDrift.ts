import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { EnvironmentService } from '../services/types';
import { AuthorizedDriftService } from './AuthorizedDriftService';
import { CloudTrailCauses } from './CloudTrailCauses';
import { DatabaseDriftStore } from './DatabaseDriftStore';
import { DefaultDriftService } from './DefaultDriftService';
import { DriftAnnouncer } from './DriftAnnouncer';
import { DriftChecker } from './DriftChecker';
import { readDriftSettings } from './readDriftSettings';
import type { DeviationSource, DriftService } from './types';

/** Puts together what knows of drift; starts nothing. */
export function wireDrift(options: {
  knex: Knex;
  config: RootConfigService;
  logger: LoggerService;
  aws: AwsAccess;
  runs: RunEngine;
  engines: EngineRegistry;
  blueprints: BlueprintRegistry;
  environments: EnvironmentStore;
  activity: ActivityStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  environmentService: EnvironmentService;
  deviations: DeviationSource[];
}): { drift: DriftService; driftChecker: DriftChecker } {
  const { environments, authorizer } = options;
  const drift = DatabaseDriftStore.create(options.knex);
  const checker = DriftChecker.create({
    ...options,
    drift,
    causes: CloudTrailCauses.create(options.aws),
    announcer: DriftAnnouncer.create(options),
    settings: readDriftSettings(options.config),
  });
  return {
    drift: AuthorizedDriftService.create({
      inner: DefaultDriftService.create({ ...options, drift, checker }),
      environments,
      authorizer,
    }),
    driftChecker: checker,
  };
}
