import type {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { LifetimeRules } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { DatabaseReceiptStore } from '../receipt/DatabaseReceiptStore';
import { DefaultReceiptService } from '../receipt/DefaultReceiptService';
import { TagScanner } from '../receipt/TagScanner';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { CatalogDependents } from './CatalogDependents';
import { DatabaseLifetimeStore } from './DatabaseLifetimeStore';
import { DefaultLifetimeService } from './DefaultLifetimeService';
import { LifetimeKeeper } from './LifetimeKeeper';

/** Puts together what knows of the ends of environments, and of what is left after them; starts nothing. */
export function wireLifetime(options: {
  knex: Knex;
  auth: AuthService;
  auditor: AuditorService;
  logger: LoggerService;
  aws: AwsAccess;
  catalog: CatalogService;
  runs: RunEngine;
  blueprints: BlueprintRegistry;
  environments: EnvironmentStore;
  activity: ActivityStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  freezes: FreezeGuard;
  lifetimeRules: LifetimeRules;
}) {
  const dependents = CatalogDependents.create(options);
  const lifetimeStore = DatabaseLifetimeStore.create(options.knex);
  const receiptStore = DatabaseReceiptStore.create(options.knex);
  const scanner = TagScanner.create(options.aws);
  const lifetimes = DefaultLifetimeService.create({ ...options, dependents });
  return {
    lifetimes,
    receipts: DefaultReceiptService.create({
      ...options,
      receipts: receiptStore,
      scanner,
    }),
    lifetimeKeeper: LifetimeKeeper.create({
      ...options,
      lifetimes: lifetimeStore,
      dependents,
    }),
    ofSteps: {
      lifetimeRules: options.lifetimeRules,
      lifetimes: lifetimeStore,
      dependents,
      receipts: receiptStore,
      scanner,
    },
  };
}
