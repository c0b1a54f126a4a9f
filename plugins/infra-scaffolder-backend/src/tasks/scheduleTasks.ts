import type {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { DriftChecker } from '../drift/DriftChecker';
import { readDriftSettings } from '../drift/readDriftSettings';
import type { ExpiryWarner } from '../exemptions/ExpiryWarner';
import { scheduleDriftChecks } from './driftTask';
import { scheduleExpiryWarnings } from './exemptionTask';

/** Everything that is done on schedule, by one back end at a time. */
export async function scheduleTasks(
  scheduler: SchedulerService,
  config: RootConfigService,
  services: { driftChecker: DriftChecker; expiryWarner: ExpiryWarner },
): Promise<void> {
  await scheduleExpiryWarnings(scheduler, services.expiryWarner);
  if (readDriftSettings(config).isScheduled) {
    await scheduleDriftChecks(scheduler, services.driftChecker);
  }
}
