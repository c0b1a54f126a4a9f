import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { LifetimeRules } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { AccountChecker } from '../accounts/AccountChecker';
import type { AccountService } from '../accounts/types';
import type { ApprovalService } from '../approvals/types';
import type { EnvironmentStore } from '../database/types';
import type { FleetService } from '../fleet/types';
import type { ExemptionService } from '../exemptions/types';
import type { StandingFindings } from '../exemptions/StandingFindings';
import type { ExpiryWarner } from '../exemptions/ExpiryWarner';
import type { FreezeService } from '../freezes/types';
import type { DriftChecker } from '../drift/DriftChecker';
import type { DriftService } from '../drift/types';
import type { LifetimeKeeper } from '../lifetime/LifetimeKeeper';
import type { LifetimeService } from '../lifetime/types';
import type { ReceiptService } from '../receipt/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { ScheduleKeeper } from '../schedules/ScheduleKeeper';
import type { ScheduleService } from '../schedules/types';
import type { UpgradeService } from '../upgrades/types';
import type { AddressPlan } from '../services/AddressPlan';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { RequestChecker } from '../services/RequestChecker';
import type {
  EnvironmentRunService,
  EnvironmentService,
} from '../services/types';

/** What the routes are thin over. */
export interface RouteServices {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  accounts: AccountService;
  accountChecker: AccountChecker;
  environments: EnvironmentService;
  environmentRuns: EnvironmentRunService;
  approvals: ApprovalService;
  fleet: FleetService;
  freezes: FreezeService;
  exemptions: ExemptionService;
  expiryWarner: ExpiryWarner;
  standingFindings: StandingFindings;
  environmentStore: EnvironmentStore;
  authorizer: EnvironmentAuthorizer;
  checker: RequestChecker;
  addressPlan: AddressPlan;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
  aws: AwsAccess;
  runEngine: RunEngine;
  drift: DriftService;
  driftChecker: DriftChecker;
  upgrades: UpgradeService;
  lifetimes: LifetimeService;
  lifetimeRules: LifetimeRules;
  lifetimeKeeper: LifetimeKeeper;
  receipts: ReceiptService;
  schedules: ScheduleService;
  scheduleKeeper: ScheduleKeeper;
}
