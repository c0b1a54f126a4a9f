import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import { infraPermissions } from '@slipway/plugin-infra-scaffolder-common';
import {
  environmentPermissionResourceRef,
  environmentPermissionRules,
} from '@slipway/plugin-infra-scaffolder-node';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import { wireAccounts } from './accounts/wireAccounts';
import { readApprovalConfig } from './approvals/config';
import { DatabaseApprovalStore } from './approvals/DatabaseApprovalStore';
import { DefaultApprovalService } from './approvals/DefaultApprovalService';
import { readInfraConfig } from './config';
import { DatabaseActivityStore } from './database/DatabaseActivityStore';
import { DatabaseEnvironmentStore } from './database/DatabaseEnvironmentStore';
import { DatabaseHeldAmountStore } from './database/DatabaseHeldAmountStore';
import { DatabaseIdempotencyKeyStore } from './database/DatabaseIdempotencyKeyStore';
import { DatabasePlanStore } from './database/DatabasePlanStore';
import type { EnvironmentStore } from './database/types';
import { AuthorizedFleetService } from './fleet/AuthorizedFleetService';
import { DatabaseFleetStore } from './fleet/DatabaseFleetStore';
import { DatabaseExemptionStore } from './exemptions/DatabaseExemptionStore';
import { DefaultExemptionService } from './exemptions/DefaultExemptionService';
import { ExpiryWarner } from './exemptions/ExpiryWarner';
import { PolicyGuard } from './exemptions/PolicyGuard';
import { StandingFindings } from './exemptions/StandingFindings';
import { readConfiguredFreezes } from './freezes/config';
import { DatabaseFreezeStore } from './freezes/DatabaseFreezeStore';
import { DefaultFreezeService } from './freezes/DefaultFreezeService';
import { FreezeGuard } from './freezes/FreezeGuard';
import { wireDrift } from './drift/wireDrift';
import { readLifetimeRules } from './lifetime/readLifetimeRules';
import { wireLifetime } from './lifetime/wireLifetime';
import type { BlueprintRegistry } from './registry/BlueprintRegistry';
import type { EngineRegistry } from './registry/EngineRegistry';
import type { ReviewRegistry } from './registry/ReviewRegistry';
import type { RouteServices } from './routes/deps';
import { scheduledDeviations } from './schedules/scheduledDeviations';
import { wireSchedules } from './schedules/wireSchedules';
import { AddressPlan } from './services/AddressPlan';
import { Announcer } from './services/Announcer';
import { AuthorizedEnvironmentRunService } from './services/AuthorizedEnvironmentRunService';
import { AuthorizedEnvironmentService } from './services/AuthorizedEnvironmentService';
import { DefaultEnvironmentRunService } from './services/DefaultEnvironmentRunService';
import { DefaultEnvironmentService } from './services/DefaultEnvironmentService';
import { EnvironmentAuthorizer } from './services/EnvironmentAuthorizer';
import { EnvironmentCreator } from './services/EnvironmentCreator';
import { EnvironmentHolds } from './services/EnvironmentHolds';
import { RequestChecker } from './services/RequestChecker';
import { registerSteps } from './steps/registerSteps';
import { DefaultUpgradeService } from './upgrades/DefaultUpgradeService';

export interface Surroundings {
  knex: Knex;
  runs: RunEngine;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
  reviews: ReviewRegistry;
  auditor: AuditorService;
  auth: AuthService;
  aws: AwsAccess;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  signals: SignalsService;
}

function authorizerOf(
  surroundings: Surroundings,
  environments: EnvironmentStore,
): EnvironmentAuthorizer {
  surroundings.permissionsRegistry.addResourceType({
    resourceRef: environmentPermissionResourceRef,
    permissions: infraPermissions,
    rules: Object.values(environmentPermissionRules),
    async getResources(ids) {
      const found = await environments.findMany(ids);
      return ids.map(id => found.find(environment => environment.id === id));
    },
  });
  return EnvironmentAuthorizer.create(surroundings);
}

/** Puts the services together and registers what drives runs; starts nothing. */
export function wire(surroundings: Surroundings): RouteServices {
  const { knex, aws, runs, blueprints, engines, catalog } = surroundings;
  const environments = DatabaseEnvironmentStore.create(knex);
  const activity = DatabaseActivityStore.create(knex);
  const plans = DatabasePlanStore.create(knex);
  const keys = DatabaseIdempotencyKeyStore.create(knex);
  const announcer = Announcer.create(surroundings);
  const authorizer = authorizerOf(surroundings, environments);
  const addressPlan = AddressPlan.create(readInfraConfig(surroundings.config));
  const approvalConfig = readApprovalConfig(surroundings.config);
  const lifetimeRules = readLifetimeRules(
    surroundings.config,
    approvalConfig.policy,
  );
  const checker = RequestChecker.create({
    environments,
    blueprints,
    engines,
    addressPlan,
    authorizer,
    catalog,
    aws,
    lifetimeRules,
  });
  const heldAmounts = DatabaseHeldAmountStore.create();
  const stores = { environments, activity, plans, keys, heldAmounts };
  const approvals = DatabaseApprovalStore.create(knex);
  const freezeStore = DatabaseFreezeStore.create(knex);
  const freezes = FreezeGuard.create({
    freezes: freezeStore,
    configured: readConfiguredFreezes(surroundings.config),
  });
  const exemptions = DatabaseExemptionStore.create(knex);
  const policies = PolicyGuard.create({ exemptions, runs });
  const { ofSteps, ...lifetime } = wireLifetime({
    ...surroundings,
    ...stores,
    announcer,
    authorizer,
    freezes,
    lifetimeRules,
  });
  registerSteps(runs, {
    ...ofSteps,
    ...stores,
    blueprints,
    engines,
    reviews: surroundings.reviews,
    announcer,
    approvals,
    approvalPolicy: approvalConfig.policy,
    approvers: approvalConfig.notify,
    freezes,
    policies,
  });
  const environmentRuns = AuthorizedEnvironmentRunService.create({
    inner: DefaultEnvironmentRunService.create({
      ...stores,
      aws,
      runs,
      announcer,
      freezes,
      policies,
      reviews: surroundings.reviews,
    }),
    authorizer,
  });

  const environmentService = DefaultEnvironmentService.create({
    ...stores,
    runs,
    blueprints,
    engines,
    checker,
    announcer,
    dependents: lifetime.lifetimes,
    creator: EnvironmentCreator.create({
      ...stores,
      runs,
      checker,
      authorizer,
      announcer,
      blueprints,
      lifetimeRules,
    }),
    holds: EnvironmentHolds.create({ ...stores, announcer }),
  });

  const authorized = AuthorizedEnvironmentService.create({
    inner: environmentService,
    authorizer,
  });

  const fleet = AuthorizedFleetService.create({
    fleet: DatabaseFleetStore.create(knex),
    authorizer,
    blueprints,
  });

  return {
    environments: authorized,
    ...wireAccounts({ ...surroundings, environments, authorizer }),
    upgrades: DefaultUpgradeService.create({
      ...surroundings,
      environments,
      environmentService: authorized,
      fleet,
      authorizer,
    }),
    ...wireDrift({
      ...surroundings,
      ...stores,
      announcer,
      authorizer,
      environmentService,
      deviations: [scheduledDeviations],
    }),
    ...lifetime,
    ...wireSchedules({
      ...surroundings,
      ...stores,
      announcer,
      authorizer,
      freezes,
      approvalPolicy: approvalConfig.policy,
    }),
    lifetimeRules,
    environmentRuns,
    approvals: DefaultApprovalService.create({
      ...stores,
      approvals,
      announcer,
      authorizer,
      environmentRuns,
      freezes,
      runs,
    }),
    freezes: DefaultFreezeService.create({
      activity,
      announcer,
      authorizer,
      environmentRuns,
      freezes: freezeStore,
      guard: freezes,
    }),
    fleet,
    exemptions: DefaultExemptionService.create({
      ...surroundings,
      ...stores,
      exemptions,
      announcer,
      authorizer,
      approvers: approvalConfig.notify,
    }),
    expiryWarner: ExpiryWarner.create({ exemptions, announcer }),
    standingFindings: StandingFindings.create({
      ...stores,
      authorizer,
      policies,
      runs,
    }),
    environmentStore: environments,
    httpAuth: surroundings.httpAuth,
    auditor: surroundings.auditor,
    authorizer,
    checker,
    addressPlan,
    blueprints,
    engines,
    aws,
    runEngine: runs,
  };
}
