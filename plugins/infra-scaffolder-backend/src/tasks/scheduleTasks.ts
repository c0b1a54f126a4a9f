import type {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { AccountChecker } from '../accounts/AccountChecker';
import type { DriftChecker } from '../drift/DriftChecker';
import { readDriftSettings } from '../drift/readDriftSettings';
import type { ExpiryWarner } from '../exemptions/ExpiryWarner';
import type { LifetimeKeeper } from '../lifetime/LifetimeKeeper';
import { scheduleAccountChecks } from './accountTask';
import { scheduleDriftChecks } from './driftTask';
import { scheduleExpiryWarnings } from './exemptionTask';
import type { ScheduleKeeper } from '../schedules/ScheduleKeeper';
import { scheduleLifetimes } from './lifetimeTask';
import { scheduleSleep } from './scheduleTask';

/** Everything that is done on schedule, by one back end at a time. */
export async function scheduleTasks(
  scheduler: SchedulerService,
  config: RootConfigService,
  services: {
    accountChecker: AccountChecker;
    driftChecker: DriftChecker;
    expiryWarner: ExpiryWarner;
    lifetimeKeeper: LifetimeKeeper;
    scheduleKeeper: ScheduleKeeper;
  },
): Promise<void> {
  await scheduleLifetimes(scheduler, services.lifetimeKeeper);
  await scheduleSleep(scheduler, services.scheduleKeeper);
  await scheduleAccountChecks(scheduler, services.accountChecker);
  await scheduleExpiryWarnings(scheduler, services.expiryWarner);
  if (readDriftSettings(config).isScheduled) {
    await scheduleDriftChecks(scheduler, services.driftChecker);
  }
}
