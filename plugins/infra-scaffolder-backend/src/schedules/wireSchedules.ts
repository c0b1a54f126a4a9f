import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { ApprovalPolicy } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import type {
  ActivityStore,
  EnvironmentStore,
  PlanStore,
} from '../database/types';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { AwsSleepers } from './AwsSleepers';
import { DatabaseScheduleStore } from './DatabaseScheduleStore';
import { DefaultScheduleService } from './DefaultScheduleService';
import { ScheduleKeeper } from './ScheduleKeeper';
import { sleepKinds } from './sleepKinds';
import { sleepSteps } from './sleepSteps';

/** Puts together what lets environments sleep, and makes the run engine know how; starts nothing. */
export function wireSchedules(surroundings: {
  knex: Knex;
  auditor: AuditorService;
  logger: LoggerService;
  aws: AwsAccess;
  runs: RunEngine;
  environments: EnvironmentStore;
  activity: ActivityStore;
  plans: PlanStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  freezes: FreezeGuard;
  approvalPolicy: ApprovalPolicy;
}) {
  const options = {
    ...surroundings,
    schedules: DatabaseScheduleStore.create(surroundings.knex),
    sleepers: AwsSleepers.create(surroundings.aws),
  };
  sleepKinds(options).forEach(kind => options.runs.registerKind(kind));
  sleepSteps(options).forEach(step => options.runs.registerStep(step));
  return {
    schedules: DefaultScheduleService.create(options),
    scheduleKeeper: ScheduleKeeper.create(options),
  };
}
